"""Which columns of which datasets hold what: the column inventory of the HTML report and of the data-catalogue outputs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from identifiers.model import Identifier, Severity
from scanner.model.location import CellLocation, Location, RecordLocation
from scanner.model.occurrence import Confidence
from scanner.model.result import ColumnCount, Detection, ObjectResult
from scanner.reports.datasets import Dataset, dataset_of
from scanner.reports.field_paths import field_names
from scanner.reports.severity import SCORES, Counted

# An entry costs about half a kilobyte.
_MOST: Final = 100_000


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """A column of a dataset.

    :param names: the header alone, or the names in a path from the outermost in; empty where a table has no header
    :param position: number in the table, from 1; 0 for a path
    """

    dataset: Dataset
    names: tuple[str, ...]
    position: int

    @property
    def name(self) -> str:
        """`ssn`, `person.ssn`; without a header `column 3`."""
        return ".".join(self.names) or f"column {self.position}"


@dataclass(slots=True)
class Held:
    """How much of a column is of one identifier.

    :param severity: the worst of the findings that it is part of
    :param confidence: the highest
    :param count: occurrences
    :param values: of the column, in the objects in which it was found; 0 if nobody knows
    :param objects: in which it was found
    """

    identifier: Identifier
    severity: Severity = Severity.LOW
    confidence: Confidence = Confidence.LOW
    count: int = 0
    values: int = 0
    objects: int = 0

    @property
    def share(self) -> float | None:
        """Occurrences by values, at most 1: a value may hold several. None if nobody knows."""
        return min(1.0, self.count / self.values) if self.values else None


class Inventory:
    """The columns of all objects of a run, by dataset.

    :param most: entries kept, None for all; objects whose columns find no room are counted in `left_out`
    :param documents: whether tables in documents count, which no program takes for datasets
    """

    def __init__(self, most: int | None = _MOST, *, documents: bool = True) -> None:
        self._documents = documents
        self._most = most
        self._held: dict[tuple[Column, str], Held] = {}
        self.left_out = 0

    def add(self, result: ObjectResult, counted: Sequence[Counted]) -> None:
        """Takes in the columns of an object with findings."""
        left_out = False
        for one in counted:
            for column in _columns(one.detection):
                if not self._documents and _is_in_document(column):
                    continue
                left_out |= not self._add(self._column(result, column), one, column)
        self.left_out += left_out

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[tuple[Column, list[Held]]]:
        """Each column with what it holds, the worst first; by dataset, then by number and name."""
        by_column: dict[Column, list[Held]] = {}
        for (column, _), held in self._held.items():
            by_column.setdefault(column, []).append(held)
        for column in sorted(by_column, key=lambda one: (one.dataset, one.position, one.names)):
            yield column, sorted(by_column[column], key=_worst_first)

    def _add(self, column: Column, one: Counted, found: ColumnCount) -> bool:
        """Whether there was room."""
        key = (column, one.identifier.id)
        if self._most is not None and key not in self._held and len(self._held) >= self._most:
            return False
        held = self._held.setdefault(key, Held(one.identifier))
        held.severity = max(held.severity, one.severity, key=SCORES.__getitem__)
        held.confidence = max(held.confidence, found.confidence)
        held.count += found.count
        held.values += found.values
        held.objects += 1
        return True

    @staticmethod
    def _column(result: ObjectResult, found: ColumnCount) -> Column:
        names = field_names(found.name) if not found.position and found.name.startswith("$") else tuple(filter(None, (found.name,)))
        return Column(dataset_of(result.object.ref, found.member), names, found.position)


def _is_in_document(column: ColumnCount) -> bool:
    """Whether it is neither a numbered column of a table nor a path in records."""
    return not column.position and not column.name.startswith("$")


def _worst_first(held: Held) -> tuple[object, ...]:
    return (-SCORES[held.severity], -held.count, held.identifier.id)


def _columns(detection: Detection) -> Sequence[ColumnCount]:
    """The columns as detection counted them; of a record that has none, those of the occurrences that are listed."""
    if detection.columns:
        return detection.columns
    found: dict[tuple[tuple[str, ...], str, int], tuple[int, Confidence]] = {}
    for occurrence in detection.occurrences:
        named = _named(occurrence.location)
        if named:
            count, best = found.get((occurrence.member, *named), (0, Confidence.LOW))
            found[occurrence.member, *named] = (count + 1, max(best, occurrence.confidence))
    return [ColumnCount(name, position, count, 0, best, member) for (member, name, position), (count, best) in found.items()]


def _named(location: Location) -> tuple[str, int] | None:
    """Name and number of the column of a location; None if it is in none."""
    match location:
        case CellLocation():
            return location.column_name, location.column
        case RecordLocation():
            return location.json_path, 0
        case _:
            return None
