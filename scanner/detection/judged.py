"""Names and addresses in columns: written into the tally, and judged when all of an object is known."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from identifiers.model import Category
from scanner.detection.allowed import allowed_values
from scanner.detection.column_counts import ColumnCounts, column_name
from scanner.detection.masking import fingerprint, mask
from scanner.detection.name_columns import Held, Member, NameColumns, NamedTable
from scanner.detection.redact import Redactor
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Group, JudgedKey, Tally
from scanner.model.names_mode import NamesMode
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.result import Detection
from scanner.model.segment import ColumnSegment
from scanner.names.table import ColumnGroup, Kind
from scanner.names.valid import which_hold_one
from scanner.names.verdict import FEWEST, NEEDED, Trust

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Flags = npt.NDArray[np.bool_]
    Places = npt.NDArray[np.int64]

# Before it is judged; `conclude_judged` says how sure it is.
_SO_FAR: Final = Confidence.MEDIUM
# With so many values known a name or address is sure.
_SURE: Final = {Trust.HEADER: 0.5, Trust.BOTH: 0.75, Trust.VALUES: 0.95}
PROSE: Final = {"prose": Confidence.MEDIUM, "prose, twice": Confidence.HIGH}
"""What names and addresses in texts rest on, one judgement or two that agree, and how sure that is."""
_BETWEEN: Final = {Kind.NAME: " ", Kind.ADDRESS: ", "}


class JudgedRecorder:
    """Writes names and addresses into a tally.

    :param redactor: masks values in the names of locations and columns
    :param wanted: ids of the identifiers that are looked for
    """

    def __init__(self, tally: Tally, settings: DetectionSettings, redactor: Redactor, wanted: frozenset[str]) -> None:
        self._tally = tally
        self._settings = settings
        self._redactor = redactor
        self._wanted = wanted
        self._allowed = allowed_values(settings.allow)

    def add(self, table: NamedTable | None) -> None:
        """Count and list what is in the columns of a table."""
        for group, columns, aligned in table.groups if table else ():
            if group.kind in self._wanted:
                self._add_group(table.member if table else (), _Rows(group, columns, aligned=aligned))

    def _add_group(self, member: Member, rows: "_Rows") -> None:
        trust = min((one.judged.verdict.trust for one in rows.leading), key=list(Trust).index)
        group = self._tally.judged_group(JudgedKey(member, rows.columns[0].segment.key, rows.group.kind.value, trust.value))
        # Where the first column does not say enough by itself, those beside it spoke for it.
        speaking = rows.leading if rows.columns[0].judged.verdict.leads else rows.columns
        group.shapes += sum(one.judged.verdict.seen for one in speaking)
        group.passed += sum(one.judged.verdict.known for one in speaking)
        self._tally.name_column((member, rows.columns[0].segment.key), self._redactor.text(column_name(rows.columns[0].segment)))
        places = rows.counted()
        if self._allowed:
            is_allowed = [rows.text(place) in self._allowed for place in places.tolist()]
            group.allow(_SO_FAR, sum(is_allowed))
            places = places[[not one for one in is_allowed]]
        group.add(_SO_FAR, times=len(places))
        for place in places.tolist():
            if not group.has_room(_SO_FAR, self._settings.most_names):
                return
            group.keep(self._occurrence(member, rows, place), self._settings.most_names)

    def _occurrence(self, member: Member, rows: "_Rows", place: int) -> Occurrence:
        column = rows.column_at(place)
        cell = column.texts[place].as_py()
        start = len(cell) - len(cell.lstrip())
        location = column.locate(place, start, start + len(cell.strip()))
        value, settings = rows.text(place), self._settings
        return Occurrence(
            location if settings.reveal else self._redactor.location(location),
            _SO_FAR,
            self._evidence(rows, column),
            mask(value, Category.PERSONAL),
            fingerprint(value, Category.PERSONAL, settings.key),
            member,
            value if settings.reveal else None,
        )

    def _evidence(self, rows: "_Rows", column: Held) -> tuple[str, ...]:
        word = column.judged.verdict.header.word
        others = [self._redactor.text(_called(one)) for one in rows.columns if one is not column]
        said = (f"name:{word}" if word else "", f"with:{','.join(others)}" if others else "")
        return tuple(filter(None, said))


def _called(column: Held) -> str:
    return column.segment.names[-1] if column.segment.names else column.segment.key


class TableNames:
    """Finds names and addresses in columns that come one by one; does nothing where neither is looked for."""

    def __init__(self, tally: Tally, settings: DetectionSettings, redactor: Redactor, wanted: frozenset[str]) -> None:
        self._columns = NameColumns() if wanted and settings.names is not NamesMode.OFF else None
        self._recorder = JudgedRecorder(tally, settings, redactor, wanted)

    def add(self, member: Member, segment: ColumnSegment) -> None:
        """Take the next column; a table is written down when the next one begins."""
        if self._columns is not None:
            self._recorder.add(self._columns.add(member, segment))

    def finish(self) -> None:
        """Write down the last table."""
        if self._columns is not None:
            self._recorder.add(self._columns.finish())


class _Rows:
    """The rows of a group's columns.

    :ivar columns: all of them
    :ivar leading: those that speak for it: all parts of a name, the street of an address
    """

    def __init__(self, group: ColumnGroup, columns: tuple[Held, ...], *, aligned: bool) -> None:
        self.group = group
        self.columns = columns
        self.leading = columns if group.kind is Kind.NAME else columns[:1]
        self._aligned = aligned
        self._holds = [which_hold_one(one.texts, one.judged.verdict.header.role) for one in (self.leading if aligned else columns[:1])]

    def counted(self) -> "Places":
        """The rows that hold a name or an address, ascending: in any of the leading columns, where they have the same rows."""
        import numpy as np

        return np.flatnonzero(np.logical_or.reduce(self._holds))

    def column_at(self, place: int) -> Held:
        """The column in which what is in row `place` begins."""
        return next(one for one, holds in zip(self.leading, self._holds, strict=False) if holds[place])

    def text(self, place: int) -> str:
        """All that is in row `place`, in the order of the columns."""
        if not self._aligned:
            return str(self.columns[0].texts[place].as_py()).strip()
        cells = (one.texts[place].as_py() for one in self.columns)
        return _BETWEEN[self.group.kind].join(text for cell in cells if cell and (text := cell.strip()))


def conclude_judged(tally: Tally, settings: DetectionSettings) -> tuple[Detection, ...]:
    """The detections of names and addresses in a whole object, by identifier id."""
    found: dict[str, list[Detection]] = {}
    columns: dict[str, ColumnCounts] = {}
    for key, group, confidence in _believed(tally, settings):
        times = sum(group.counts.values())
        columns.setdefault(key.identifier, ColumnCounts(tally)).add((key.member, key.column), times, confidence)
        told = tuple(_told(occurrence, group, confidence) for kept in group.kept.values() for occurrence in kept)
        if times:
            found.setdefault(key.identifier, []).append(Detection(key.identifier, times, confidence, told))
    joined = (
        replace(_joined(detections, settings.most_names), columns=columns[identifier].listed())
        for identifier, detections in sorted(found.items())
    )
    return tuple(replace(one, capped=True) if one.identifier in tally.capped else one for one in joined)


def count_judged_allowed(tally: Tally, settings: DetectionSettings) -> dict[str, int]:
    """Identifier id -> names or addresses that would be reported if they were not allowed."""
    counts: dict[str, int] = {}
    for key, group, _ in _believed(tally, settings):
        if times := sum(group.allowed.values()):
            counts[key.identifier] = counts.get(key.identifier, 0) + times
    return counts


def _believed(tally: Tally, settings: DetectionSettings) -> Iterator[tuple[JudgedKey, Group, Confidence]]:
    """The groups of which enough is known, each with how sure it is."""
    for key, group in tally.judged.items():
        if key.rests_on in PROSE:
            if PROSE[key.rests_on] >= settings.min_confidence:
                yield key, group, PROSE[key.rests_on]
            continue
        trust = Trust(key.rests_on)
        share = group.passed / max(group.shapes, 1)
        if share < NEEDED[trust] or (trust is Trust.VALUES and group.shapes < FEWEST):
            continue
        confidence = Confidence.HIGH if share >= _SURE[trust] else Confidence.MEDIUM
        if confidence >= settings.min_confidence:
            yield key, group, confidence


def _told(occurrence: Occurrence, group: Group, confidence: Confidence) -> Occurrence:
    """`occurrence` with what its columns say as a whole."""
    said = (f"values:{group.passed} of {group.shapes} known",) if group.passed else ()
    return replace(occurrence, confidence=confidence, evidence=(*occurrence.evidence, *said))


def _joined(detections: list[Detection], most: int) -> Detection:
    occurrences = [occurrence for detection in detections for occurrence in detection.occurrences]
    occurrences.sort(key=lambda one: (one.member, type(one.location).__name__, one.location, one.fingerprint))
    count = sum(detection.count for detection in detections)
    return Detection(detections[0].identifier, count, max(one.confidence for one in detections), tuple(occurrences[:most]))
