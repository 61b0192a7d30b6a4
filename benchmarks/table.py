"""The table of a run: as Markdown for people, as plain values for JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from benchmarks.measure import Measured
from benchmarks.targets import MEMORY_AIM_MB, MEMORY_FLOOR_MB, TWO_WORKERS_AIM, TWO_WORKERS_FLOOR
from benchmarks.timing import Sample, Spent, sample

_SIGNS: Final = {"aim": "✓✓ aim", "floor": "✓ floor", "short": "✗ falls short"}


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run measured.

    :param startup: CPU seconds of a run over an empty folder
    :param first_finding: runs over one small file, its ruleset compiled by an earlier run
    :param cold: such a run with nothing compiled
    :param peaks: of one worker, in MB, by kind
    :param speedups: wall time of one worker over that of two, by kind
    """

    machine: Mapping[str, str]
    size: str
    pairs: int
    identifiers: int
    stand_ins: int
    startup: Sample
    first_finding: Sequence[Spent]
    cold: Spent
    rows: Sequence[Measured]
    peaks: Mapping[str, float]
    speedups: Mapping[str, Sample]


def markdown(results: Results) -> str:
    """The whole report."""
    return "\n".join([*_head(results), *_rows(results), *_others(results), *_notes(results)]) + "\n"


def _head(results: Results) -> Iterable[str]:
    yield "# Speed"
    yield ""
    yield f"Written by `make bench` (inputs of {results.size}, {results.pairs} pairs). Compare figures of one run only."
    yield ""
    yield "; ".join(f"{name} {value}" for name, value in results.machine.items()) + "."
    yield ""
    yield (
        f"All {results.identifiers} identifiers"
        + (f" ({results.stand_ins} of them stand-ins)" if results.stand_ins else "")
        + ", one worker, it and the main process pinned to one core, complete pipeline with located findings written as JSON Lines. "
        "CPU seconds (user and system) of all processes. Raw: what Arrow, `readinto` or pypdfium2 alone takes for the same bytes, in "
        "turn with the scans; share: the median of the pairs. The mark counts start-up in; the one in brackets leaves it out."
    )
    yield ""
    cpu, wall = (sample(getattr(spent, name) for spent in results.first_finding).median for name in ("cpu_seconds", "wall_seconds"))
    yield (
        f"Start-up, a run over an empty folder: {results.startup.median:.2f} CPU s. One small file with a finding, from start to end: "
        f"{cpu:.2f} CPU s, {wall:.2f} s by the clock; {results.cold.cpu_seconds:.2f} CPU s when no compiled ruleset lies in the cache."
    )
    yield ""


def _rows(results: Results) -> Iterable[str]:
    yield "| input | amount | CPU s (spread) | rate | without start-up | raw CPU s | share of raw | without start-up | floor | aim | mark |"
    yield "|---|---|---|---|---|---|---|---|---|---|---|"
    for row in results.rows:
        yield "| " + " | ".join(_cells(row)) + " |"


def _cells(measured: Measured) -> Iterable[str]:
    row = measured.row
    yield row.title
    yield f"{measured.amount.units:,.0f} {row.unit}"
    yield f"{measured.scan.median:.2f} ({_percent(measured.scan.spread)})"
    yield _rate(measured, with_startup=True)
    yield _rate(measured, with_startup=False)
    yield f"{measured.raw.median:.2f}" if measured.raw else ""
    yield _percent(measured.share(with_startup=True))
    yield _percent(measured.share(with_startup=False))
    yield row.floor.told(row.unit, row.other_unit)
    yield row.aim.told(row.unit, row.other_unit)
    yield f"{_SIGNS[measured.mark(with_startup=True)]} ({_SIGNS[measured.mark(with_startup=False)]})"


def _rate(measured: Measured, *, with_startup: bool) -> str:
    row, other = measured.row, measured.other_rate(with_startup=with_startup)
    told = f"{measured.rate(with_startup=with_startup):,.1f} {row.unit}/s"
    return told if other is None else f"{told}, {other:.1f} {row.other_unit}/s"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}".replace("%", " %")


def _others(results: Results) -> Iterable[str]:
    yield ""
    yield "| what | measured | floor | aim | mark |"
    yield "|---|---|---|---|---|"
    for kind, peak in results.peaks.items():
        mark = _SIGNS["aim" if peak <= MEMORY_AIM_MB else "floor" if peak <= MEMORY_FLOOR_MB else "short"]
        yield f"| peak resident memory of a worker, {kind} | {peak:.0f} MB | {MEMORY_FLOOR_MB} MB | {MEMORY_AIM_MB} MB | {mark} |"
    for kind, ratio in results.speedups.items():
        mark = _SIGNS[speedup_mark(ratio)]
        told = f"{ratio.median:.2f} times (spread {_percent(ratio.spread)})"
        yield f"| two workers against one, {kind} | {told} | {TWO_WORKERS_FLOOR} times | {TWO_WORKERS_AIM} times | {mark} |"


def speedup_mark(ratio: Sample) -> str:
    """`aim`, `floor` or `short`."""
    return "aim" if ratio.median >= TWO_WORKERS_AIM else "floor" if ratio.median >= TWO_WORKERS_FLOOR else "short"


def _notes(results: Results) -> Iterable[str]:
    """What was not found, or not read: a speed that costs findings is none."""
    yield ""
    for measured in results.rows:
        for name, (planted, found) in measured.missed.items():
            yield f"- {measured.row.kind}: {found:,} of {planted:,} planted {name} were found."
        for reason, count in measured.not_scanned.items():
            yield f"- {measured.row.kind}: {count:,} objects not plainly scanned: {reason}."


def plain(results: Results) -> dict[str, object]:
    """Everything as JSON has it, every single value included."""
    return {
        "machine": dict(results.machine),
        "size": results.size,
        "pairs": results.pairs,
        "identifiers": results.identifiers,
        "standIns": results.stand_ins,
        "startupCpuSeconds": results.startup.values,
        "firstFinding": [asdict(spent) for spent in results.first_finding],
        "cold": asdict(results.cold),
        "rows": [_plain_row(row) for row in results.rows],
        "workerPeakMB": dict(results.peaks),
        "twoWorkers": {kind: ratio.values for kind, ratio in results.speedups.items()},
    }


def _plain_row(measured: Measured) -> dict[str, object]:
    return {
        "kind": measured.row.kind,
        "unit": measured.row.unit,
        "units": measured.amount.units,
        "scanCpuSeconds": measured.scan.values,
        "rawCpuSeconds": measured.raw.values if measured.raw else [],
        "rate": measured.rate(with_startup=True),
        "rateWithoutStartup": measured.rate(with_startup=False),
        "shareOfRaw": measured.share(with_startup=True),
        "shareOfRawWithoutStartup": measured.share(with_startup=False),
        "mark": measured.mark(with_startup=True),
        "markWithoutStartup": measured.mark(with_startup=False),
        "found": measured.found,
        "missed": measured.missed,
        "notScanned": measured.not_scanned,
    }
