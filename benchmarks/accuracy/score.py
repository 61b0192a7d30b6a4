"""Compares what a tool found with what a part of the corpus holds."""

import math
import os
import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from benchmarks.accuracy.build import HERE, Item

# For each generator its family and the labels that are right.
Known: TypeAlias = dict[str, tuple[str, tuple[str, ...]]]

_Z: Final = 1.959964  # two-sided 95 %
_WHOLE: Final = 0.9  # of a column's cells, from which the column counts as found


@dataclass(frozen=True, slots=True)
class Found:
    """Something a tool reports, placed as an Item is; `label` is the tool's own word for it."""

    file: str
    label: str
    start: int = 0
    end: int = 0
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Score:
    """Counts of one identifier or family. `hits` of `wanted` were found; of `reported` all but `wrong` were right."""

    wanted: int = 0
    hits: int = 0
    reported: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the reports that are right; None when there are none."""
        return (self.reported - self.wrong) / self.reported if self.reported else None

    @property
    def recall(self) -> float | None:
        """Share of the items that were found; None when there are none."""
        return self.hits / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when either is."""
        precision, recall = self.precision, self.recall
        if precision is None or recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Scores of a part, and the cases behind them.

    :param missed: items that were not found under a right label
    :param false_alarms: reports at a place where no such thing stands
    """

    by_identifier: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    by_family: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    total: Score = field(default_factory=Score)
    missed: list[Item] = field(default_factory=list)
    false_alarms: list[Found] = field(default_factory=list)


def expected() -> Known:
    """Family and right identifiers for each generator of sensitive values; the first is the one it is listed as."""
    with open(os.path.join(HERE, "expected.toml"), "rb") as file:
        told = tomllib.load(file)
    also = told["also"]
    return {name: (row["family"], (*row["ids"], *also.get(row["family"], ()))) for name, row in told["generators"].items()}


def no_reason() -> frozenset[str]:
    """Identifiers that are right where they find something, but for which alone nothing is expected to be found."""
    with open(os.path.join(HERE, "expected.toml"), "rb") as file:
        return frozenset(tomllib.load(file)["merely"])


def optional_unless(items: Iterable[Item], wanted: Callable[[str], bool]) -> list[Item]:
    """The items; those of a generator that is not wanted need not be found, and count neither for nor against when they are."""
    return [item if not item.sensitive or wanted(item.generator) else replace(item, sensitive=False, optional=True) for item in items]


def wilson(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share, after Wilson (1927); (0, 1) when nothing was counted."""
    if not count:
        return 0.0, 1.0
    share, square = right / count, _Z * _Z / count
    middle = (share + square / 2) / (1 + square)
    half = _Z * math.sqrt(share * (1 - share) / count + square / (4 * count)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)


def judge(items: Sequence[Item], found: Iterable[Found], known: Known | None = None) -> Verdict:
    """Scores reports against items. A report is right where it overlaps an item that its label fits.

    :param known: the right labels, by default our identifiers
    """
    known = known or expected()
    items, reports = _columns_as_items(items, _settled(items, found), known)
    verdict, at = Verdict(), _by_place(items)
    family_of = {label: family for family, labels in known.values() for label in labels}
    hit: set[Item] = set()
    for report in reports:
        named = [item for item in _overlapping(at, report) if _fits(report.label, item, known)]
        fitting = [item for item in named if item.sensitive]
        if named and not fitting:
            continue
        hit.update(fitting)
        _count_report(verdict, report, fitting, known, family_of)
    for item in items:
        if item.sensitive:
            _count_item(verdict, item, known[item.generator], found=item in hit)
    return verdict


def _fits(label: str, item: Item, known: Known) -> bool:
    return (item.sensitive or item.optional) and label in known[item.generator][1]


def _settled(items: Sequence[Item], found: Iterable[Found]) -> set[Found]:
    """Reports in labelled tables placed by cell, all others by characters, whichever way the tool saw the file."""
    cells: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.row:
            cells[item.file].append(item)
    starts = {file: [item.start for item in there] for file, there in cells.items()}
    return {_settle(report, cells.get(report.file, []), starts.get(report.file, [])) for report in found}


def _settle(report: Found, cells: list[Item], starts: list[int]) -> Found:
    if not cells:
        return replace(report, row=0, column=0)
    place = bisect_right(starts, report.start) - 1
    if report.row or place < 0 or report.start >= cells[place].end:
        return report
    return replace(report, row=cells[place].row, column=cells[place].column)


def _columns_as_items(
    items: Sequence[Item],
    found: Iterable[Found],
    known: Known,
) -> tuple[list[Item], set[Found]]:
    """A column as one item: its cells share header and shape, so counting each would make the intervals far too narrow.

    A right label counts when it is on nearly all cells, a wrong one as soon as it is on any.
    """
    sizes = Counter((item.file, item.column) for item in items if item.row)
    columns = {(item.file, item.column): replace(item, row=1) for item in items if item.row}
    cells = Counter((report.file, report.column, report.label) for report in {replace(each, start=0, end=0) for each in found if each.row})
    reports = {report for report in found if not report.row}
    for (file, column, label), count in cells.items():
        item = columns.get((file, column))
        fits = item is not None and _fits(label, item, known)
        if not fits or count >= _WHOLE * sizes[file, column]:
            reports.add(Found(file, label, row=1, column=column))
    return [*(item for item in items if not item.row), *columns.values()], reports


def _by_place(items: Sequence[Item]) -> dict[tuple[str, int, int], list[Item]]:
    places: dict[tuple[str, int, int], list[Item]] = defaultdict(list)
    for item in items:
        places[item.file, item.row, item.column].append(item)
    return places


def _overlapping(at: dict[tuple[str, int, int], list[Item]], report: Found) -> list[Item]:
    there = at.get((report.file, report.row, report.column), [])
    return [item for item in there if report.row or (item.start < report.end and report.start < item.end)]


def _count_report(
    verdict: Verdict,
    report: Found,
    fitting: list[Item],
    known: Known,
    family_of: dict[str, str],
) -> None:
    name = known[fitting[0].generator][1][0] if fitting else report.label
    family = family_of.get(report.label, "other")
    for score in (verdict.by_identifier[name], verdict.by_family[family], verdict.total):
        score.reported += 1
        score.wrong += not fitting
    if not fitting:
        verdict.false_alarms.append(report)


def _count_item(verdict: Verdict, item: Item, right: tuple[str, tuple[str, ...]], *, found: bool) -> None:
    family, labels = right
    for score in (verdict.by_identifier[labels[0]], verdict.by_family[family], verdict.total):
        score.wanted += 1
        score.hits += found
    if not found:
        verdict.missed.append(item)


def summed(cases: Iterable[Item]) -> Counter[tuple[str, str]]:
    """How many items of each file and generator."""
    return Counter((case.file, case.generator) for case in cases)
