"""Writes what was found into a tally: exact counts, and the first occurrences with all that may be known of them."""

from collections.abc import Iterable, Mapping
from functools import partial

from scanner.detection.allowed import allowed_values
from scanner.detection.column_counts import column_name
from scanner.detection.columns import ColumnFound
from scanner.detection.judged import PROSE
from scanner.detection.masking import fingerprint, mask
from scanner.detection.match import Match, Support
from scanner.detection.prose_cells import Cell
from scanner.detection.redact import Redactor
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Group, GroupKey, JudgedKey, Tally
from scanner.detection.text import Placed
from scanner.model.location import Location
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.segment import ColumnSegment

Member = tuple[str, ...]
Mark = tuple[int, Support, Confidence]


class Recorder:
    """Fills one tally.

    :param redactor: masks values in the names of locations
    """

    def __init__(self, settings: DetectionSettings, redactor: Redactor) -> None:
        self.tally = Tally()
        self._settings = settings
        self._redactor = redactor
        self._allowed = allowed_values(settings.allow)

    def add_text_shapes(self, member: Member, shapes: Mapping[tuple[int, Support], int]) -> None:
        """Counts the values of a text that had a shape, passed or not."""
        for (rule, support), count in shapes.items():
            self.tally.group(GroupKey(member, "", rule, support)).shapes += count

    def add_text(self, member: Member, placed: list[Placed]) -> None:
        """Counts and lists matches in prose."""
        for found in placed:
            if found.match.rule.identifier.judged:
                self._add_judged((member, ""), found)
                continue
            group = self.tally.group(GroupKey(member, "", found.match.rule.index, found.match.support))
            if found.allowed:
                group.allow(found.match.confidence, 1)
                continue
            group.add(found.match.confidence, times=1, passed=1)
            if self._has_room(group, found.match):
                self._keep(group, found.match, found.value, found.locate(), member)

    def count_values(self, member: Member, segments: tuple[ColumnSegment, ...]) -> None:
        """Counts the values of columns, whatever will be found in them."""
        for segment in segments:
            self.tally.count_values((member, segment.key), len(segment.values))

    def add_cells(self, member: Member, segment: ColumnSegment, cells: Iterable[Cell]) -> None:
        """Counts and lists names and addresses in single cells."""
        for cell in cells:
            for match in cell.matches:
                value = cell.text[match.start : match.end]
                locate = partial(segment.locator.at, cell.row, match.start, match.end)
                allowed = self._allowed is not None and value in self._allowed
                self._add_judged((member, segment.key), Placed(match, value, locate, allowed))

    def _add_judged(self, place: tuple[Member, str], found: Placed) -> None:
        """Counts and lists a name or an address.

        :param place: the member, and the key of the column or nothing
        """
        match = found.match
        rests_on = next(basis for basis, confidence in PROSE.items() if confidence is match.confidence)
        group = self.tally.judged_group(JudgedKey(*place, match.rule.identifier.id, rests_on))
        if found.allowed:
            group.allow(match.confidence, 1)
            return
        group.add(match.confidence, times=1)
        if group.has_room(match.confidence, self._settings.most_names):
            self._keep(group, match, found.value, found.locate(), place[0])

    def add_column(self, member: Member, segment: ColumnSegment, found: ColumnFound | None) -> None:
        """Counts and lists what was found in a column segment."""
        if found is None:
            return
        for (rule, support), shapes in found.shapes.items():
            self.tally.group(GroupKey(member, segment.key, rule, support)).shapes += shapes
        if found.matches or found.whole or found.allowed:
            self.tally.name_column((member, segment.key), self._redactor.text(column_name(segment)))
        self._count_column(member, segment, found)
        self._list_column(member, segment, found)

    def _count_column(self, member: Member, segment: ColumnSegment, found: ColumnFound) -> None:
        if not (found.matches or found.whole or found.allowed):
            return
        counts = found.values.counts()
        for whole in found.whole:
            group = self._column_group(member, segment, whole.match(1))
            group.add(whole.confidence, times=int(counts[whole.places].sum()), passed=len(whole.places), whole=len(whole.places))
        for whole in found.allowed:
            self._column_group(member, segment, whole.match(1)).allow(whole.confidence, int(counts[whole.places].sum()))
        for place, matches in found.matches.items():
            size = len(found.values.texts[place].as_py().strip())
            times = int(counts[place])
            for match in matches:
                group = self._column_group(member, segment, match)
                group.add(match.confidence, times=times, passed=1, whole=match.end - match.start >= size)

    def _list_column(self, member: Member, segment: ColumnSegment, found: ColumnFound) -> None:
        """Lists occurrences row by row until every group has enough."""
        rows = self._rows(member, segment, found)
        groups = {_mark(match): self._column_group(member, segment, match) for _, matches in rows for match in matches}
        for (row, matches), text in zip(rows, found.values.texts_at([row for row, _ in rows]), strict=True):
            for match in matches:
                group = groups[_mark(match)]
                if self._has_room(group, match):
                    end = match.end or len(text)
                    self._keep(group, match, text[match.start : end], segment.locator.at(row, match.start, end), member)

    def _rows(self, member: Member, segment: ColumnSegment, found: ColumnFound) -> list[tuple[int, list[Match]]]:
        """Rows of the segment with matches that may still be listed, by row. Whole values have matches that end at 0."""
        import numpy as np

        limit = self._settings.max_occurrences
        rows: dict[int, list[Match]] = {}
        for whole in found.whole:
            match = whole.match(0)
            if self._has_room(self._column_group(member, segment, match), match):
                for row in found.values.rows_of(whole.places)[:limit].tolist():
                    rows.setdefault(row, []).append(match)
        unfilled = {_mark(m): m for matches in found.matches.values() for m in matches}
        wanted = {mark for mark, m in unfilled.items() if self._has_room(self._column_group(member, segment, m), m)}
        places = [place for place, matches in found.matches.items() if any(_mark(match) in wanted for match in matches)]
        for row in found.values.rows_of(np.array(places, dtype=np.int64)).tolist() if places else ():
            rows.setdefault(row, []).extend(found.matches[found.values.code_at(row)])
        return sorted(rows.items())

    def _column_group(self, member: Member, segment: ColumnSegment, match: Match) -> Group:
        return self.tally.group(GroupKey(member, segment.key, match.rule.index, match.support))

    def _has_room(self, group: Group, match: Match) -> bool:
        return group.has_room(match.confidence, self._settings.max_occurrences)

    def _keep(self, group: Group, match: Match, value: str, location: Location, member: Member) -> None:
        category = match.rule.identifier.category
        occurrence = Occurrence(
            location if self._settings.reveal else self._redactor.location(location),
            match.confidence,
            match.evidence,
            mask(value, category),
            fingerprint(value, category, self._settings.key),
            member,
            value if self._settings.reveal else None,
        )
        judged = match.rule.identifier.judged
        group.keep(occurrence, self._settings.most_names if judged else self._settings.max_occurrences)


def _mark(match: Match) -> Mark:
    return (match.rule.index, match.support, match.confidence)
