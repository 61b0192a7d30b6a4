"""Columns of names and addresses: those of one table are held until the last is seen, then judged together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from scanner.detection.values import as_texts
from scanner.model.location import CellLocation, Location, RecordLocation
from scanner.model.segment import ColumnSegment
from scanner.model.unread import UnreadColumn, Values
from scanner.names.headers import Header, Role, read_header
from scanner.names.sample import sample
from scanner.names.table import ColumnGroup, Judged, column_groups
from scanner.names.verdict import FEWEST, Verdict, judge

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

Member = tuple[str, ...]
ColumnId = tuple[Member, str, tuple[str, ...]]

_IGNORED: Final = frozenset({Role.OTHER, Role.COUNTRY})
# Whole numbers may be postal codes and house numbers, and nothing else here.
_NUMBERS: Final = frozenset({Role.HOUSE, Role.POSTCODE})


@dataclass(frozen=True, slots=True)
class Held:
    """A column with its verdict, and its values as texts.

    :param places: for each of `texts` its index into the segment, where they were moved into the rows of other columns; else None
    """

    segment: ColumnSegment
    texts: "pa.Array"
    judged: Judged
    places: "npt.NDArray[np.int64] | None" = None

    def locate(self, place: int, start: int, end: int) -> Location:
        """Where characters of the text at `place` lie."""
        return self.segment.locator.at(place if self.places is None else int(self.places[place]), start, end)


@dataclass(frozen=True, slots=True)
class NamedTable:
    """Columns of one table in which names or addresses were found.

    :param groups: each with the columns that hold it
    :param aligned: for each group whether its columns have the same rows
    """

    member: Member
    groups: tuple[tuple[ColumnGroup, tuple[Held, ...], bool], ...]


@dataclass(slots=True)
class NameColumns:
    """Takes columns as they come and gives back tables.

    A column that was once taken for one of names stays one, so that the cutting of a table in windows does not matter much.
    """

    _member: Member = ()
    _sheet: str = ""
    _seen: set[tuple[str, tuple[str, ...]]] = field(default_factory=set)
    _held: list[Held] = field(default_factory=list)
    _known: dict[ColumnId, Verdict] = field(default_factory=dict)
    _count: int = 0

    def add(self, member: Member, segment: ColumnSegment) -> NamedTable | None:
        """The table before, if `segment` begins another."""
        mark = (segment.key, segment.names)
        sheet = "" if segment.key.startswith("$") else segment.key.rpartition("!")[0]
        done = self.finish() if member != self._member or sheet != self._sheet or mark in self._seen else None
        self._member, self._sheet = member, sheet
        self._seen.add(mark)
        self._count += 1
        held = self._judged(member, segment)
        if held is not None:
            self._held.append(held)
        return done

    def finish(self) -> NamedTable | None:
        """The table that was begun; None if it holds no names."""
        held, member = self._held, self._member
        self._held, self._seen, self._count = [], set(), 0
        if not held:
            return None
        by_place = {one.judged.place: one for one in held}
        found = [
            (group, tuple(by_place[column.place] for column in group.columns)) for group in column_groups([one.judged for one in held])
        ]
        return NamedTable(member, tuple((group, *_in_same_rows(columns)) for group, columns in found)) if found else None

    def _judged(self, member: Member, segment: ColumnSegment) -> Held | None:
        header = read_header(segment.names)
        column = (member, segment.key, segment.names)
        if header.role in _IGNORED or (header.role is Role.NONE and column not in self._known and _too_vague(segment)):
            return None
        texts = _texts(segment.values, header)
        if texts is None:
            return None
        verdict = self._verdict(column, header, texts)
        return Held(segment, texts, Judged(self._count, segment.names[:-1], verdict)) if verdict else None

    def _verdict(self, column: ColumnId, header: Header, texts: "pa.Array") -> Verdict | None:
        values = sample(texts, wanted=header.role is not Role.NONE)
        if header.role is Role.NONE and len(values) < FEWEST:
            return self._as_before(column, values)
        verdict = judge(header, values)
        if verdict is None:
            return self._as_before(column, values)
        self._known.setdefault(column, verdict)
        return verdict

    def _as_before(self, column: ColumnId, values: Sequence[str]) -> Verdict | None:
        """The verdict of an earlier window of the column, which this one says nothing for or against."""
        earlier = self._known.get(column)
        if earlier is None or not values:
            return None
        return replace(earlier, seen=0, known=0)


def may_be_address(column: UnreadColumn) -> bool:
    """Whether numbers in such a column may be house numbers or postal codes; False is certain."""
    return column.values is Values.WHOLE and read_header(column.names).role in _NUMBERS


def _too_vague(segment: ColumnSegment) -> bool:
    """Whether a column whose header says nothing has few values, or is a path of a document: there are too many to look at each."""
    return len(segment.values) < FEWEST or len(segment.names) > 2


def _texts(values: "pa.Array | pa.ChunkedArray", header: Header) -> "pa.Array | None":
    import pyarrow as pa

    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if not _is_text(array.type) and not (pa.types.is_integer(array.type) and header.role in _NUMBERS):
        return None
    texts = as_texts(array)
    return None if texts is None or len(texts) == texts.null_count else texts


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _in_same_rows(columns: tuple[Held, ...]) -> tuple[tuple[Held, ...], bool]:
    """The columns with the values of a row at the same place, and whether that could be had: records may leave out fields."""
    if _are_aligned(columns):
        return columns, True
    keys = [[_row(column.segment.locator.at(place, 0, 0)) for place in range(len(column.texts))] for column in columns]
    if any(len(set(own)) < len(own) for own in keys):
        return columns, False
    numbers = {key: number for number, key in enumerate(dict.fromkeys(chain.from_iterable(keys)))}
    return tuple(_moved(column, [numbers[key] for key in own], len(numbers)) for column, own in zip(columns, keys, strict=True)), True


def _moved(column: Held, rows: list[int], size: int) -> Held:
    """`column` with each value in its row of `rows`, and null in the others."""
    import numpy as np
    import pyarrow as pa

    places = np.full(size, -1, dtype=np.int64)
    places[rows] = np.arange(len(rows))
    return replace(column, texts=column.texts.take(pa.array(places, mask=places < 0)), places=places)


def _are_aligned(columns: Sequence[Held]) -> bool:
    """Whether values at the same index belong together: there are as many, and the first, the middle and the last are in the same row."""
    size = len(columns[0].texts)
    if any(len(column.texts) != size for column in columns):
        return False
    places = {0, size // 2, size - 1} if len(columns) > 1 else set()
    return all(len({_row(column.segment.locator.at(place, 0, 0)) for column in columns}) == 1 for place in places)


def _row(location: Location) -> object:
    """What is the same for all columns of a row."""
    if isinstance(location, CellLocation):
        return location.row
    if isinstance(location, RecordLocation):
        return (location.record_index, _parent(location.json_path))
    return location


def _parent(path: str) -> str:
    return path[: max(path.rfind("."), path.rfind("['"))]
