"""The measured figures as Markdown and as a value for JSON. Of the locked part no case is told, and single identifiers only in JSON."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from benchmarks.accuracy.build import HERE, documents
from benchmarks.accuracy.peers import Beside
from benchmarks.accuracy.quiet import BulkResult
from benchmarks.accuracy.score import Score, Verdict, summed, wilson
from benchmarks.accuracy.trees import TreeResult

_HEAD: Final = "| | items | reported | precision (95 %) | recall (95 %) | F1 |\n|---|---|---|---|---|---|"


def section(part: str, words: str, verdict: Verdict) -> list[str]:
    """One part under one selection."""
    lines = ["", f"## {part}, `--select {words}`", "", _HEAD, _row("**total**", verdict.total)]
    lines += [_row(name, score) for name, score in sorted(verdict.by_family.items())]
    if part == "locked":
        return lines
    lines += ["", _HEAD, *(_row(name, score) for name, score in sorted(verdict.by_identifier.items()))]
    told = _Contexts(part)
    missed = sorted(summed(verdict.missed).items())
    alarms = sorted(Counter((report.file, report.label) for report in verdict.false_alarms).items())
    lines += ["", "Missed:", "", *(f"- {name}, {count}: {told.of(file)}" for (file, name), count in missed)]
    return [*lines, "", "False alarms:", "", *(f"- {label}, {count}: {told.of(file)}" for (file, label), count in alarms)]


class _Contexts:
    """Where a case stands: its file and, of a short document, what its source says; never a value."""

    def __init__(self, part: str) -> None:
        self._sources = dict(documents(os.path.join(HERE, "corpus", part)))

    def of(self, file: str) -> str:
        """One line of Markdown."""
        source = self._sources.get(file, "")
        return f"`{source.strip().replace(chr(10), ' ⏎ ').replace('`', chr(39))}`" if file.startswith("line-") else file


def beside(part: str, rows: Sequence[Beside], versions: Mapping[str, str], wanted: Iterable[str]) -> list[str]:
    """Peers beside Dowse."""
    missing = [peer for peer in wanted if peer not in versions]
    lines = ["", f"## Other tools, {part}", ""]
    lines += [f"Not measured, for it is not installed (`make accuracy-peers`): {', '.join(missing)}.", ""] if missing else []
    if not rows:
        return lines
    told = ", ".join(f"{name} {version}" for name, version in versions.items())
    return [
        *lines,
        f"{told}. Each row counts the items that the peer has a label for (peers.toml), and Dowse's findings, `--select all`, on the same.",
        "",
        "| peer | family | items | precision | recall | F1 | Dowse precision | recall | F1 | |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_beside_row(row) for row in rows),
    ]


def _beside_row(row: Beside) -> str:
    figures = [_figure(value) for each in (row.theirs, row.ours) for value in (each.precision, each.recall, each.f1)]
    mark = "ahead" if (row.ours.f1 or 0) > (row.theirs.f1 or 0) else "level" if row.ours.f1 == row.theirs.f1 else "**behind**"
    return f"| {row.peer} | {row.family} | {row.ours.wanted} | {' | '.join(figures)} | {mark} |"


def bulk_lines(bulk: Sequence[BulkResult]) -> list[str]:
    """Files of random numbers and cards."""
    if not bulk:
        return ["", "Bulk files: not measured in this run."]
    rows = (f"| {each.name} | {each.rows} | {_counts(each.found)} |" for each in bulk)
    return ["", "## Bulk files", "", "| file | values | found |", "|---|---|---|", *rows]


def tree_lines(trees: Sequence[TreeResult]) -> list[str]:
    """Source code and documentation."""
    if not trees:
        return ["", "Source code and documentation: not measured in this run."]
    lines = ["", "## Source code and documentation, `--select recommended`", ""]
    lines += [
        "| sample of | files | MB | not wholly read | found | per 10 MB | without e-mail addresses |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.name}{'' if each.in_time else ', ended by the clock'} | {each.files} | {each.bytes_read / 1e6:.1f} | "
        f"{_counts(each.unread)} | {_counts(each.found)} | {each.per_10_mb():.2f} | {each.per_10_mb('EMAIL_ADDRESS'):.2f} |"
        for each in trees
    ]
    lines += ["", "| identifier | sample of | found | per 10 MB | files |", "|---|---|---|---|---|"]
    found = sorted((label, each.name, each) for each in trees for label in each.found)
    lines += [
        f"| {label} | {name} | {each.found[label]} | {each.per_10_mb_of(label):.2f} | {_first(each.places[label])} |"
        for label, name, each in found
    ]
    return lines


_SHOWN: Final = 3


def _first(places: Sequence[str]) -> str:
    """Some of them in a cell of a table."""
    told = "; ".join(places[:_SHOWN]).replace("|", "\\|")
    return f"{told}; ..." if len(places) > _SHOWN else told


def record(score: Score) -> dict[str, float | int | None]:
    """A score for JSON."""
    return {
        "items": score.wanted,
        "hits": score.hits,
        "reported": score.reported,
        "wrong": score.wrong,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def scores(verdict: Verdict) -> dict[str, Any]:
    """A verdict for JSON."""
    return {
        "total": record(verdict.total),
        "families": {name: record(score) for name, score in sorted(verdict.by_family.items())},
        "identifiers": {name: record(score) for name, score in sorted(verdict.by_identifier.items())},
    }


def _row(name: str, score: Score) -> str:
    precision = _share(score.reported - score.wrong, score.reported)
    return f"| {name} | {score.wanted} | {score.reported} | {precision} | {_share(score.hits, score.wanted)} | {_figure(score.f1)} |"


def _share(right: int, count: int) -> str:
    if not count:
        return "-"
    low, high = wilson(right, count)
    return f"{right / count:.3f} ({low:.3f}-{high:.3f})"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _counts(found: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.items()) or "none"
