"""What was found in one object, or in one part of it, before it is judged as a whole. Picklable; parts can be joined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from scanner.detection.match import Support
from scanner.model.location import CellLocation, LineLocation, Location, RecordLocation
from scanner.model.occurrence import Confidence, Occurrence


@dataclass(frozen=True, slots=True)
class GroupKey:
    """What is judged together: the same rule with the same support in the same column, or in all prose, of one member.

    :param column: key of the column; empty for prose
    """

    member: tuple[str, ...]
    column: str
    rule: int
    support: Support


@dataclass(frozen=True, slots=True)
class JudgedKey:
    """What is judged together of an identifier without patterns: the columns of one name or address, or all of a text, of one member.

    :param column: key of the first column; empty for prose
    :param rests_on: what speaks for it; says how much of the column must be known (`scanner.names.verdict.NEEDED`)
    """

    member: tuple[str, ...]
    column: str
    identifier: str
    rests_on: str


@dataclass(slots=True)
class Group:
    """Matches that stand and fall together.

    :param shapes: distinct values (prose: all values) that had the shape
    :param passed: those of them that passed the check
    :param whole: those that passed and fill their cell
    :param counts: occurrences by confidence
    :param kept: the first occurrences by confidence
    :param allowed: occurrences by confidence that the user allows; they count nowhere else
    """

    shapes: int = 0
    passed: int = 0
    whole: int = 0
    counts: dict[Confidence, int] = field(default_factory=dict)
    kept: dict[Confidence, list[Occurrence]] = field(default_factory=dict)
    allowed: dict[Confidence, int] = field(default_factory=dict)

    def add(self, confidence: Confidence, *, times: int, passed: int = 0, whole: int = 0) -> None:
        """Note `times` occurrences, of `passed` values, of which `whole` fill their cell."""
        self.passed += passed
        self.whole += whole
        self.counts[confidence] = self.counts.get(confidence, 0) + times

    def allow(self, confidence: Confidence, times: int) -> None:
        """Note `times` occurrences that are allowed."""
        self.allowed[confidence] = self.allowed.get(confidence, 0) + times

    def keep(self, occurrence: Occurrence, limit: int) -> None:
        """List an occurrence unless `limit` of its confidence are listed."""
        listed = self.kept.setdefault(occurrence.confidence, [])
        if len(listed) < limit:
            listed.append(occurrence)

    def has_room(self, confidence: Confidence, limit: int) -> bool:
        """Whether `keep` would still list one."""
        return len(self.kept.get(confidence, ())) < limit


ColumnKey = tuple[tuple[str, ...], str]
"""The member and the key of a column."""


@dataclass(slots=True)
class Tally:
    """All groups of one object or part.

    :param values: column -> values in it, whatever was found in them
    :param names: column -> its name, for those in which something was found; empty where its values have different names
    :ivar judged: those of identifiers without patterns: names and addresses
    :ivar capped: ids of identifiers of which more may stand in its texts than were looked for
    """

    groups: dict[GroupKey, Group] = field(default_factory=dict)
    values: dict[ColumnKey, int] = field(default_factory=dict)
    names: dict[ColumnKey, str] = field(default_factory=dict)
    judged: dict[JudgedKey, Group] = field(default_factory=dict)
    capped: set[str] = field(default_factory=set)

    def group(self, key: GroupKey) -> Group:
        """The group of `key`, made when it is new."""
        if key not in self.groups:
            self.groups[key] = Group()
        return self.groups[key]

    def count_values(self, column: ColumnKey, count: int) -> None:
        """Note `count` more values of a column."""
        self.values[column] = self.values.get(column, 0) + count

    def name_column(self, column: ColumnKey, name: str) -> None:
        """Note what a column is called."""
        if self.names.setdefault(column, name) != name:
            self.names[column] = ""

    def judged_group(self, key: JudgedKey) -> Group:
        """The group of names or addresses of `key`, made when it is new."""
        if key not in self.judged:
            self.judged[key] = Group()
        return self.judged[key]


def join(tallies: Sequence[tuple[Tally, int]], limit: int) -> Tally:
    """One tally of the parts of an object.

    :param tallies: the parts in order, each with the lines, rows or records before it
    :param limit: most occurrences listed by group and confidence
    """
    whole = Tally()
    for tally, units in tallies:
        whole.capped |= tally.capped
        for key, part in tally.groups.items():
            _add(whole.group(key), part, units, limit)
        for column, count in tally.values.items():
            whole.count_values(column, count)
        for column, name in tally.names.items():
            whole.name_column(column, name)
        for judged, part in tally.judged.items():
            _add(whole.judged_group(judged), part, units, limit)
    return whole


def _add(group: Group, part: Group, units: int, limit: int) -> None:
    group.shapes += part.shapes
    group.passed += part.passed
    group.whole += part.whole
    for confidence, times in part.counts.items():
        group.add(confidence, times=times)
    for confidence, times in part.allowed.items():
        group.allow(confidence, times)
    for occurrences in part.kept.values():
        for occurrence in occurrences:
            group.keep(replace(occurrence, location=shift(occurrence.location, units)), limit)


def _shift_line(location: LineLocation, units: int) -> Location:
    return replace(location, start=location.start + units, end=location.end + units)


def _shift_cell(location: CellLocation, units: int) -> Location:
    return replace(location, row=location.row + units)


def _shift_record(location: RecordLocation, units: int) -> Location:
    return replace(location, record_index=location.record_index + units)


_SHIFTS: dict[type, Callable[..., Location]] = {LineLocation: _shift_line, CellLocation: _shift_cell, RecordLocation: _shift_record}


def shift(location: Location, units: int) -> Location:
    """`location` in an object that has `units` more lines, rows or records before the part it was found in."""
    if not units:
        return location
    return _SHIFTS[type(location)](location, units)
