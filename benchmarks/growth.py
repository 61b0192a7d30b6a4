"""How cost grows: `python -m benchmarks.growth [--quick] [--only CURVE ...]`; writes results/growth.* and a plot for each curve.

Curves: file size, number of files, number of identifiers, density of hits, workers. Every point is one run; CPU seconds of all processes,
but wall time for workers.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from benchmarks import columns
from benchmarks.machine import machine
from benchmarks.make_data import write_kind
from benchmarks.planted import sprinkle
from benchmarks.plot import draw_curves
from benchmarks.run import RESULTS, bytes_of
from benchmarks.stand_ins import write_stand_ins
from benchmarks.timing import Place, scan_command, spend
from identifiers import load_catalogue

Points: TypeAlias = list[tuple[float, float]]

_MB: Final = 1_000_000
_SIZED: Final = ("wide.csv", "service.log")


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the curves go.

    :param sizes: of one file, in MB
    :param files: numbers of small files
    :param fixed: bytes of the files of the other curves
    """

    sizes: tuple[int, ...]
    files: tuple[int, ...]
    identifiers: tuple[int, ...]
    densities: tuple[float, ...]
    fixed: int


FULL: Final = Extent(
    (1, 4, 16, 64, 256, 1024, 4096), (10, 100, 1000, 10_000, 100_000), (10, 50, 100, 200, 300, 400), (0, 0.01, 0.1, 0.5, 1), 100 * _MB
)
QUICK: Final = Extent((1, 4, 16, 64), (10, 100, 1000), (10, 100, 400), (0, 0.1, 1), 8 * _MB)


@dataclass(frozen=True, slots=True)
class Curve:
    """What a curve shows: its axes, and where its points (line, x, y) come from."""

    x: str
    y: str
    logarithmic: bool
    measure: Callable[[Extent, Place], Iterator[tuple[str, float, float]]]


def _cpu(path: str, place: Place, select: Sequence[str] = ("all",)) -> float:
    return spend(scan_command(path, place, select=select), place).cpu_seconds


def by_size(extent: Extent, place: Place) -> Iterator[tuple[str, float, float]]:
    """One file of every size."""
    for kind in _SIZED:
        path = os.path.join(place.state, kind)
        for size in extent.sizes:
            write_kind(place.state, kind, size * _MB, 0)
            yield kind, bytes_of(path) / _MB, _cpu(path, place)
        os.unlink(path)


def by_files(extent: Extent, place: Place) -> Iterator[tuple[str, float, float]]:
    """Folders of ever more small files."""
    for count in extent.files:
        with tempfile.TemporaryDirectory(dir=place.state) as folder:
            write_kind(folder, "small_files", 0, count)
            yield "small files", count, _cpu(folder, place)


def by_identifiers(extent: Extent, place: Place) -> Iterator[tuple[str, float, float]]:
    """Ever more of the catalogue, then stand-ins besides all of it; the built-in ones by id."""
    built_in = [identifier.id for identifier in load_catalogue()]
    custom = os.path.join(place.state, "more.toml")
    for kind in ("wide.csv", "service.log", "prose.txt"):
        path = os.path.join(place.state, kind)
        write_kind(place.state, kind, extent.fixed, 0)
        for count in extent.identifiers:
            write_stand_ins(custom, max(0, count - len(built_in)))
            there = replace(place, custom=custom if count > len(built_in) else "")
            # Spread over the catalogue, so that each number takes from every group.
            step = max(1, len(built_in) // count)
            chosen = ("all",) if count >= len(built_in) else tuple(built_in[::step][:count])
            # The first run compiles.
            _cpu(_nothing(place), there, chosen)
            yield kind, count, _cpu(path, there, chosen) / (bytes_of(path) / _MB) * 1000


def _nothing(place: Place) -> str:
    path = os.path.join(place.state, "nothing.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write("nothing\n")
    return path


def by_density(extent: Extent, place: Place) -> Iterator[tuple[str, float, float]]:
    """Lines of prose and cells of a table, ever more of them with an e-mail address."""
    for name, ending in (("text", ".txt"), ("CSV column", ".csv")):
        for density in extent.densities:
            path = os.path.join(place.state, f"density{ending}")
            _write_density(path, density, extent.fixed, table=ending == ".csv")
            yield name, density * 100, _cpu(path, place) / (bytes_of(path) / _MB) * 1000
            os.unlink(path)


def _write_density(path: str, density: float, size: int, *, table: bool) -> None:
    rng, count = np.random.default_rng(20240512), 20_000
    with open(path, "wb") as file:
        if table:
            file.write(b"key,contact,note\n")
        while file.tell() < size:
            words = columns.sentences(rng, count, 1 if table else 8)
            mails = columns.emails(rng, count) if table else columns.join(words, " ", columns.emails(rng, count))
            lines, _ = sprinkle(rng, words, mails, density)
            file.write(
                columns.text_of(columns.join(columns.digits(rng, count, 6), ",", lines, ",", columns.words(rng, count)) if table else lines)
            )


def by_workers(extent: Extent, place: Place) -> Iterator[tuple[str, float, float]]:
    """Wall time with ever more workers, up to the processors at hand."""
    free = replace(place, core=None)
    for kind in ("wide.csv", "service.log", "small_files"):
        path = os.path.join(place.state, kind)
        write_kind(place.state, kind, 3 * extent.fixed, 1000)
        for workers in range(1, len(os.sched_getaffinity(0)) + 1):
            yield kind, workers, spend(scan_command(path, free, workers=workers), free).wall_seconds


CURVES: Final = {
    "size": Curve("MB of one file", "CPU seconds", logarithmic=True, measure=by_size),
    "files": Curve("files", "CPU seconds", logarithmic=True, measure=by_files),
    "identifiers": Curve("identifiers", "CPU ms per MB", logarithmic=False, measure=by_identifiers),
    "density": Curve("% of lines or cells with an address", "CPU ms per MB", logarithmic=False, measure=by_density),
    "workers": Curve("workers", "wall seconds", logarithmic=False, measure=by_workers),
}


def slope(points: Points) -> float:
    """The exponent of growth between the last two points: 1 is linear, 0 flat. 0 where x begins at 0."""
    (x1, y1), (x2, y2) = points[-2:]
    return float(np.log(y2 / y1) / np.log(x2 / x1)) if x1 > 0 else 0.0


def markdown(curves: Mapping[str, Mapping[str, Points]], about: Mapping[str, str]) -> str:
    """A table for each curve."""
    lines = ["# Growth", "", "Written by `make bench-growth`; one run for each point.", ""]
    lines += ["; ".join(f"{name} {value}" for name, value in about.items()) + "."]
    for name, lines_of in curves.items():
        curve = CURVES[name]
        lines += [
            "",
            f"## {name}",
            "",
            f"![{name}](growth-{name}.svg)",
            "",
            f"| {curve.x} | " + " | ".join(f"{one}, {curve.y}" for one in lines_of) + " |",
        ]
        lines += ["|" + "---|" * (len(lines_of) + 1)]
        rows = zip(*lines_of.values(), strict=True)
        lines += [f"| {row[0][0]:,.6g} | " + " | ".join(f"{y:.2f}" for _, y in row) + " |" for row in rows]
        told = ", ".join(f"{one} {slope(points):.2f}" for one, points in lines_of.items() if len(points) > 1)
        lines += ["", f"Exponent of growth at the far end (1 is linear, 0 flat): {told}." if told else "One point only."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures, draws and prints the curves."""
    parser = argparse.ArgumentParser(description="Measure how cost grows.")
    parser.add_argument("--quick", action="store_true", help="files up to 64 MB, up to 1,000 files")
    parser.add_argument("--only", nargs="+", choices=list(CURVES), default=list(CURVES))
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    asked = parser.parse_args()
    about, curves = machine(), {}
    os.makedirs(RESULTS, exist_ok=True)
    for name in asked.only:
        curves[name] = _measured(name, QUICK if asked.quick else FULL, asked.core)
        labels = CURVES[name].x, CURVES[name].y
        draw_curves(curves[name], labels, os.path.join(RESULTS, f"growth-{name}.svg"), logarithmic=CURVES[name].logarithmic)
    text = markdown(curves, about)
    with open(os.path.join(RESULTS, "growth.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(RESULTS, "growth.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": about, "curves": curves}, file, indent=1)
        file.write("\n")
    print(text)


def _measured(name: str, extent: Extent, core: int) -> dict[str, Points]:
    lines: dict[str, Points] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Place(core, folder)
        # Compiles the ruleset.
        _cpu(_nothing(place), place)
        for line, x, y in CURVES[name].measure(extent, place):
            print(f"  {name}, {line}: {x:,.6g} -> {y:.2f}", flush=True)
            lines.setdefault(line, []).append((x, y))
    return lines


if __name__ == "__main__":
    main()
