"""Measures one row: pairs of plain reading and scan, one after the other, so that both meet the same machine."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.memory import measure as measure_memory
from benchmarks.targets import Row
from benchmarks.timing import Place, Sample, Spent, found_in, not_scanned, raw_seconds, sample, scan_command, spend

_MB: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a row reads.

    :param units: of the row's unit
    :param other_units: of its second unit; 0 without
    """

    units: float
    other_units: float = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a row.

    :param scan: CPU seconds of each run, start-up included
    :param raw: CPU seconds of the plain reading in each pair; None where there is none
    :param found: occurrences by identifier, of the last run
    :param missed: identifiers of which fewer were found than were planted: (planted, found)
    """

    row: Row
    amount: Amount
    scan: Sample
    raw: Sample | None
    startup: float
    found: dict[str, int]
    missed: dict[str, tuple[int, int]]
    not_scanned: dict[str, int]

    def rate(self, *, with_startup: bool) -> float:
        """Units in a CPU second."""
        return self.amount.units / self._seconds(self.scan.median, with_startup=with_startup)

    def other_rate(self, *, with_startup: bool) -> float | None:
        """Second units in a CPU second."""
        return self.amount.other_units / self._seconds(self.scan.median, with_startup=with_startup) if self.amount.other_units else None

    def share(self, *, with_startup: bool) -> float | None:
        """Median over the pairs of plain reading's time through scan's: the share of its rate that the scan keeps."""
        if self.raw is None:
            return None
        pairs = zip(self.raw.values, self.scan.values, strict=True)
        return sample(raw / self._seconds(scan, with_startup=with_startup) for raw, scan in pairs).median

    def mark(self, *, with_startup: bool) -> str:
        """`aim`, `floor` or `short`."""
        figures = self.rate(with_startup=with_startup), self.share(with_startup=with_startup), self.other_rate(with_startup=with_startup)
        if self.row.floor.reached(*figures):
            return "aim" if self.row.aim.reached(*figures) else "floor"
        return "short"

    def _seconds(self, seconds: float, *, with_startup: bool) -> float:
        # Start-up varies, too; less than nothing is left of no run.
        return seconds if with_startup else max(seconds - self.startup, 1e-3)


def measure_row(row: Row, folder: str, place: Place, *, planted: dict[str, int], amount: Amount, startup: float, pairs: int) -> Measured:
    """The row, measured `pairs` times."""
    path, output = os.path.join(folder, row.kind), os.path.join(place.state, "findings.jsonl")
    command = scan_command(path, place)
    raws, scans = [], []
    for pair in range(pairs):
        if row.raw:
            raws.append(raw_seconds(row.raw, path, place))
        scans.append(spend(command, place, output).cpu_seconds)
        print(f"  {row.kind} {pair + 1}/{pairs}: {scans[-1]:.2f} s", flush=True)
    found = found_in(output)
    missed = {name: (count, found.get(name, 0)) for name, count in planted.items() if found.get(name, 0) < count}
    return Measured(row, amount, sample(scans), sample(raws) if raws else None, startup, found, missed, not_scanned(output))


def startup_seconds(state: str, place: Place, pairs: int) -> tuple[Sample, list[Spent]]:
    """CPU seconds of a run over an empty folder, and what runs over a folder with one small file that holds a finding take."""
    empty, small = os.path.join(state, "empty"), os.path.join(state, "small")
    os.makedirs(empty, exist_ok=True)
    os.makedirs(small, exist_ok=True)
    with open(os.path.join(small, "note.txt"), "w", encoding="utf-8") as file:
        file.write("write to jane.roe@mail.example.net\n")
    # Compiles and stores the ruleset, and the bytecode of what is imported.
    spend(scan_command(_warmer(state), place), place)
    nothing = sample(spend(scan_command(empty, place), place).cpu_seconds for _ in range(pairs))
    return nothing, [spend(scan_command(small, place), place) for _ in range(pairs)]


def _warmer(state: str) -> str:
    """A folder with a little of what makes the program import its larger parts."""
    folder = os.path.join(state, "warm")
    os.makedirs(folder, exist_ok=True)
    files = {
        "note.txt": "Ask Ingrid Solberg of 12 High Street, Leeds LS1 4AB.\n",
        "a.csv": "name,ssn\nAnn,219-22-9999\n",
        "a.jsonl": '{"ssn": "219-22-9999"}\n',
    }
    for name, content in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(content)
    return folder


def cold_start(place: Place) -> Spent:
    """What the run over one small file takes that finds nothing compiled."""
    extra = {"XDG_CACHE_HOME": os.path.join(place.state, "cold")}
    return spend(scan_command(os.path.join(place.state, "small"), place), replace(place, extra=extra))


def worker_peaks(folder: str, kinds: tuple[str, ...], place: Place) -> Iterator[tuple[str, float]]:
    """For each kind the largest resident set of any process but the main one, in MB."""
    for kind in kinds:
        cost = measure_memory(scan_command(os.path.join(folder, kind), place, workers=2), place.environment())
        print(f"  {kind}: worker {cost.worker_peak_bytes / _MB:.0f} MB", flush=True)
        yield kind, cost.worker_peak_bytes / _MB


def two_workers(folder: str, kinds: tuple[str, ...], place: Place, pairs: int) -> Iterator[tuple[str, Sample]]:
    """For each kind the wall time of one worker over that of two, on all processors."""
    free = Place(None, place.state, place.custom)
    for kind in kinds:
        path = os.path.join(folder, kind)
        ratios = []
        for _ in range(pairs):
            one, two = (spend(scan_command(path, free, workers=count), free).wall_seconds for count in (1, 2))
            ratios.append(one / two)
        print(f"  {kind}: {[f'{ratio:.2f}' for ratio in ratios]}", flush=True)
        yield kind, sample(ratios)
