"""What the readable reports show of a whole run, gathered object by object in bounded memory."""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from identifiers.model import Category, Identifier, Severity
from scanner.model.outcome import Status
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.rows import FindingRow, finding_row, shown_name, shown_root
from scanner.reports.severity import SCORES, Counted, count_in, worst

_EXAMPLES: Final = 20


@dataclass(slots=True)
class Total:
    """How often something was found."""

    objects: int = 0
    occurrences: int = 0
    severity: Severity = Severity.LOW


@dataclass(slots=True)
class Volume:
    """How many objects, and how many bytes they have.

    :param examples: the first of them as (root, name, detail)
    """

    objects: int = 0
    size: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)


class WorstRows:
    """The most severe findings, at most `most` of them.

    :param samples: occurrences kept of each identifier in each of them
    """

    def __init__(self, most: int, samples: int = 0) -> None:
        self._most = most
        self._samples = samples
        self._heap: list[tuple[int, int, int, FindingRow]] = []
        self._met = 0

    def add(self, result: ObjectResult, counted: Sequence[Counted]) -> None:
        """Takes a finding in."""
        self._met += 1
        rank = (SCORES[worst(counted)], sum(one.detection.count for one in counted), -self._met)
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, (*rank, finding_row(result, counted, samples=self._samples)))
        elif self._heap and rank > self._heap[0][:3]:
            heapq.heapreplace(self._heap, (*rank, finding_row(result, counted, samples=self._samples)))

    def ordered(self) -> list[FindingRow]:
        """The most severe first, then the most occurrences, then in the order met."""
        return [row for *_, row in sorted(self._heap, key=lambda item: item[:3], reverse=True)]


class Overview:
    """Totals over all objects, and the most severe findings.

    :param identifiers: id -> identifier
    :param max_rows: findings kept one by one
    :param samples: occurrences kept of each identifier in each of them
    """

    def __init__(self, identifiers: Mapping[str, Identifier], *, max_rows: int, samples: int) -> None:
        self._identifiers = identifiers
        self._rows = WorstRows(max_rows, samples)
        self.findings = 0
        self.by_severity: dict[Severity, int] = dict.fromkeys((Severity.HIGH, Severity.MEDIUM, Severity.LOW), 0)
        self.by_category: dict[Category, Total] = {}
        self.by_identifier: dict[str, Total] = {}
        self.by_status: dict[Status, Volume] = {status: Volume() for status in Status}
        self.by_reason: dict[tuple[Status, str], Volume] = {}
        self.by_type: dict[str, Volume] = {}

    def add(self, result: ObjectResult) -> None:
        """Counts one object in."""
        self._add_outcome(result)
        counted = count_in(result.detections, self._identifiers)
        if counted:
            self._add_finding(result, counted)

    def rows(self) -> list[FindingRow]:
        """The findings that were kept: the most severe first, then the most occurrences, then in the order met."""
        return self._rows.ordered()

    def identifiers(self) -> list[tuple[Identifier, Total]]:
        """What was found of each identifier: the most severe first, then in most objects, then by id."""
        found = ((self._identifiers[name], total) for name, total in self.by_identifier.items())
        return sorted(found, key=lambda item: (-SCORES[item[1].severity], -item[1].objects, item[0].id))

    def unread(self) -> list[tuple[Status, str, Volume]]:
        """What was not, or not wholly, scanned, by reason: failures first, then partial ones, then what was skipped."""
        order = (Status.FAILED, Status.PARTIAL, Status.SKIPPED)
        listed = [(status, reason, volume) for (status, reason), volume in self.by_reason.items()]
        return sorted(listed, key=lambda item: (order.index(item[0]), -item[2].objects, item[1]))

    def _add_outcome(self, result: ObjectResult) -> None:
        outcome = result.outcome
        _grow(self.by_status[outcome.status], result)
        if result.media_type:
            _grow(self.by_type.setdefault(visible(result.media_type), Volume()), result)
        if outcome.reason:
            volume = self.by_reason.setdefault((outcome.status, outcome.reason.value.replace("_", " ")), Volume())
            _grow(volume, result)
            if len(volume.examples) < _EXAMPLES:
                name = "".join(shown_name(result.object.ref))
                volume.examples.append((shown_root(result.object.ref), name, visible(outcome.detail)))

    def _add_finding(self, result: ObjectResult, counted: list[Counted]) -> None:
        self.findings += 1
        self.by_severity[worst(counted)] += 1
        for one in counted:
            _count(self.by_identifier.setdefault(one.identifier.id, Total()), one)
        for category in {one.identifier.category for one in counted}:
            members = [one for one in counted if one.identifier.category is category]
            _count(self.by_category.setdefault(category, Total()), *members)
        self._rows.add(result, counted)


def _count(total: Total, *found: Counted) -> None:
    total.objects += 1
    total.occurrences += sum(one.detection.count for one in found)
    total.severity = max(total.severity, worst(found), key=SCORES.__getitem__)


def _grow(volume: Volume, result: ObjectResult) -> None:
    volume.objects += 1
    volume.size += result.object.size or result.bytes_read
