"""Compares with other tools on the same files, in the same run: `python -m benchmarks.peers [--quick]`; writes results/peers.*.

The peers live in an environment of their own (`make bench-peers` makes it), ripgrep comes from the system's packages. Slow peers get
the first part of the same file, cut at a line; rates are compared, and what is found is compared on that part.
"""

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from shutil import which
from typing import Final

import regex

from benchmarks.machine import machine
from benchmarks.make_data import write_kind
from benchmarks.measure import startup_seconds
from benchmarks.run import RESULTS
from benchmarks.timing import Place, found_in, sample, scan_command, spend
from identifiers import load_catalogue
from identifiers.factor import factor
from scanner.detection.rules import make_rules

_MB: Final = 1_000_000
_PII: Final = ("EMAIL_ADDRESS", "PHONE_NUMBER", "USA_SOCIAL_SECURITY_NUMBER", "CREDIT_CARD_NUMBER", "IPV4_ADDRESS", "IPV6_ADDRESS")
_KINDS: Final = ("service.log", "prose.txt", "wide.csv", "dense.csv")
# Which of Dowse's identifiers a peer's set answers to; ripgrep gets every pattern that needs no keyword, so Dowse gets all.
_SETS: Final[dict[str, tuple[str, ...]]] = {
    "presidio-analyzer": (*_PII, "GERMANY_BANK_ACCOUNT_NUMBER"),
    "datafog": _PII,
    "detect-secrets": ("category:credentials",),
    "ferret-scan": _PII,
    "ripgrep": ("all",),
}
# Bytes of its part of each file; ripgrep gets the whole of it.
_PARTS: Final = {"presidio-analyzer": 300_000, "datafog": 3 * _MB, "detect-secrets": 1 * _MB, "ferret-scan": 2 * _MB}
_WANTED: Final = {
    "presidio-analyzer": {"text": 300.0, "csv": 100.0},
    "datafog": {"text": 30.0, "csv": 15.0},
    "detect-secrets": {"text": 100.0, "csv": 100.0},
    "ferret-scan": {"text": 100.0, "csv": 100.0},
    "ripgrep": {"text": 1.0, "csv": 1.0},
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One peer on one file.

    :param rate: of the peer, MB in a CPU second, its start-up left out
    :param ours: of Dowse on the whole file with the matching identifiers, start-up left out
    :param ours_all: the same with all identifiers
    :param found: by the peer, on its part of the file
    :param ours_found: by Dowse, on the same part with the matching identifiers
    """

    peer: str
    kind: str
    rate: float
    ours: float
    ours_all: float
    wanted: float
    found: Mapping[str, int]
    ours_found: Mapping[str, int]

    @property
    def ratio(self) -> float:
        """How many times as fast Dowse is with all its identifiers."""
        return self.ours_all / self.rate


def compare(size: int, pairs: int, core: int, python: str) -> Iterator[Compared]:
    """Every peer on every kind of file."""
    with tempfile.TemporaryDirectory() as folder:
        place = Place(core, folder)
        startup = startup_seconds(folder, place, pairs)[0].median
        for kind in _KINDS:
            path = os.path.join(folder, kind)
            write_kind(folder, kind, size, 0)
            rates = _OurRates(path, place, startup, pairs)
            for peer, chosen in _SETS.items():
                part = _part(path, _PARTS[peer]) if peer in _PARTS else path
                run = _ripgrep(part, place) if peer == "ripgrep" else _python_peer(peer, part, place, python)
                results = [next(run) for _ in range(pairs)]
                rate = os.path.getsize(part) / _MB / sample(seconds for seconds, _ in results).median
                wanted = _WANTED[peer]["csv" if kind.endswith(".csv") else "text"]
                ours_found = _found(part, place, chosen)
                compared = Compared(peer, kind, rate, rates.of(chosen), rates.of(("all",)), wanted, results[-1][1], ours_found)
                print(f"  {kind} {peer}: {rate:.2f} MB/s, Dowse {compared.ours:.1f} and {compared.ours_all:.1f} MB/s", flush=True)
                yield compared


class _OurRates:
    """Dowse's rates on one file, each measured once."""

    def __init__(self, path: str, place: Place, startup: float, pairs: int) -> None:
        self._path = path
        self._place = place
        self._startup = startup
        self._pairs = pairs
        self._known: dict[tuple[str, ...], float] = {}

    def of(self, chosen: tuple[str, ...]) -> float:
        """MB in a CPU second with the chosen identifiers, start-up left out."""
        if chosen not in self._known:
            command = scan_command(self._path, self._place, select=chosen)
            seconds = sample(spend(command, self._place).cpu_seconds for _ in range(self._pairs)).median
            self._known[chosen] = os.path.getsize(self._path) / _MB / max(seconds - self._startup, 1e-3)
        return self._known[chosen]


def _found(path: str, place: Place, chosen: tuple[str, ...]) -> dict[str, int]:
    output = os.path.join(place.state, "findings.jsonl")
    spend(scan_command(path, place, select=chosen), place, output)
    return found_in(output)


def _part(path: str, size: int) -> str:
    """The first lines of a file, about `size` bytes, under a name with the same ending."""
    stem, ending = os.path.splitext(path)
    part = f"{stem}.{size}{ending}"
    with open(path, "rb") as whole, open(part, "wb") as file:
        file.writelines(whole.readlines(size))
    return part


def _python_peer(peer: str, path: str, place: Place, python: str) -> Iterator[tuple[float, dict[str, int]]]:
    """CPU seconds and findings of each run."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer_tools.py")
    pin = [] if place.core is None else ["taskset", "-c", str(place.core)]
    while True:
        told = json.loads(
            subprocess.run([*pin, python, "-P", script, peer, path], check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1]
        )
        yield told["cpuSeconds"], told["found"]


def _ripgrep(path: str, place: Place) -> Iterator[tuple[float, dict[str, int]]]:
    """As `_python_peer`: every pattern that is reported without a keyword and that ripgrep takes."""
    patterns = os.path.join(place.state, "patterns.txt")
    count = _write_patterns(patterns)
    output = os.path.join(place.state, "matches.txt")
    while True:
        seconds = spend(["rg", "-j1", "-o", "--no-config", "--no-unicode", "-f", patterns, path], place, output).cpu_seconds
        with open(output, "rb") as file:
            yield seconds, {f"matches of {count} patterns": sum(1 for _ in file)}


def _write_patterns(path: str) -> int:
    """What the prefilter looks for, since ripgrep's own engine knows no look-around either."""
    shapes = dict.fromkeys(_shapes())
    taken = [
        shape
        for shape in shapes
        if subprocess.run(["rg", "--no-unicode", "-e", shape, os.devnull], capture_output=True, check=False).returncode < 2
    ]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{shape}\n" for shape in taken)
    return len(taken)


def _shapes() -> Iterable[str]:
    for rule in make_rules(load_catalogue()):
        shape = factor(rule.pattern.regex) if rule.alone is not None else None
        if shape and "\n" not in shape:
            yield shape


def markdown(compared: Sequence[Compared], about: Mapping[str, str], size: int, pairs: int) -> str:
    """The table, and what both sides found."""
    lines = [
        "# Peers",
        "",
        f"Written by `make bench-peers`: files of {size // _MB} MB, medians of {pairs} runs, one core, CPU seconds, start-up left out on "
        "both sides. Peers that are slow get a part of the same file: "
        + ", ".join(f"{peer} {bytes_ / _MB:g} MB" for peer, bytes_ in _PARTS.items())
        + ". Ratio: Dowse with all identifiers against the peer with its few; in brackets Dowse with the peer's set.",
        "",
        "; ".join(f"{name} {value}" for name, value in about.items()) + ".",
        "",
        "| peer | file | peer MB/s | Dowse MB/s (same set) | ratio (same set) | wanted | mark |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {one.peer} | {one.kind} | {one.rate:.2f} | {one.ours_all:.1f} ({one.ours:.1f}) | {one.ratio:.1f} "
            f"({one.ours / one.rate:.1f}) | {one.wanted:g} | {'✓' if one.ratio >= one.wanted else '✗ falls short'} |"
            for one in compared
        ),
        "",
        "What was found on the same part of the file, Dowse with the peer's set:",
        "",
        "| peer | file | peer | Dowse |",
        "|---|---|---|---|",
        *(f"| {one.peer} | {one.kind} | {_told(one.found)} | {_told(one.ours_found)} |" for one in compared),
    ]
    return "\n".join(lines) + "\n"


def _told(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(found.items())) or "nothing"


def main() -> None:
    """Measures, writes and prints the table."""
    parser = argparse.ArgumentParser(description="Compare with other tools.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--python", default=".venv-peers/bin/python", help="of the peers' environment")
    asked = parser.parse_args()
    if missing := [tool for tool in ("rg", "taskset", asked.python) if which(tool) is None]:
        parser.error(f"not installed: {', '.join(missing)}; see docs/profiling.md")
    size, pairs = (10 * _MB, 1) if asked.quick else (100 * _MB, 3)
    about = machine() | _versions(asked.python)
    compared = list(compare(size, pairs, asked.core, asked.python))
    text = markdown(compared, about, size, pairs)
    os.makedirs(RESULTS, exist_ok=True)
    with open(os.path.join(RESULTS, "peers.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(RESULTS, "peers.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": about, "rows": [asdict(one) for one in compared]}, file, indent=1)
        file.write("\n")
    print(text)


def _versions(python: str) -> dict[str, str]:
    names = [peer for peer in _SETS if peer != "ripgrep"]
    program = f"import importlib.metadata as m, json; print(json.dumps({{name: m.version(name) for name in {names!r}}}))"
    told: dict[str, str] = json.loads(subprocess.run([python, "-c", program], check=True, stdout=subprocess.PIPE).stdout)
    first = subprocess.run(["rg", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = regex.search(r"\d[\d.]+", first)
    return told | {"ripgrep": found[0] if found else ""}


if __name__ == "__main__":
    main()
