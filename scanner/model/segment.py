"""What readers yield: pieces of text and columns of values, each able to say where a character of it lies."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from scanner.model.location import Location
from scanner.model.outcome import Problem

if TYPE_CHECKING:
    import pyarrow as pa


CONTEXT_CHARACTERS: Final = 48 * 1024
"""Least of what is given of the text before and behind a part: twice the longest match that any rule may have, and its keywords."""


class TextLocator(Protocol):
    """Turns characters of a text segment into a place. Asked only when something was found."""

    def at(self, text: str, start: int, end: int) -> Location:
        """The place of `text[start:end]`, where `text` begins where the segment began."""


class ColumnLocator(Protocol):
    """Turns an index into a column segment into a place. Asked only when something was found."""

    def at(self, index: int, start: int, end: int) -> Location:
        """The place of characters `start:end` of the value at `index`."""


@dataclass(frozen=True, slots=True)
class TextSegment:
    """Consecutive characters of prose.

    A long text comes as several segments without gap or overlap: detection keeps what it needs across the edges.

    :param text: any length; readers aim at a few MiB and cut at line ends where there are any
    :param locator: knows where `text[0]` lies
    :param continues: the text goes on from the segment before, so that a match may reach across the edge
    :param names: words that stand for the whole text (a sheet, a section), used like a column name
    :param counted: False for what stands directly before or behind the part of an object that is read. It speaks for and
        against what is found in the part, but what begins in it is found by another part.
    """

    text: str
    locator: TextLocator
    continues: bool = False
    names: tuple[str, ...] = ()
    counted: bool = True


@dataclass(frozen=True, slots=True)
class ColumnSegment:
    """Values of one column, or of one JSON path, in document order.

    :param values: any Arrow array or chunked array that is not nested; nulls are no values
    :param key: the same for all segments of one column of one object, and for no other; hashable, sortable as text.
        The column number as digits for tables (`"3"`), sheet and column for spreadsheets (`"Sheet2!3"`), the path with
        `[*]` for indices for records (`$.orders[*].card`).
    :param names: what stands over the values: header, or path elements from the outermost in, then sheet
    :param locator: knows where each value lies
    """

    values: "pa.Array | pa.ChunkedArray"
    key: str
    names: tuple[str, ...]
    locator: ColumnLocator


SHORT_VALUES: Final = 256
"""A column segment with fewer values may come in a group."""


@dataclass(frozen=True, slots=True)
class ShortColumns:
    """Column segments that are too short to be worth a pass each: those of a small table, or of a document with thousands of paths.

    They mean the same as one after the other.

    :param columns: each with fewer than `SHORT_VALUES` values; a few hundred KiB of them all together
    """

    columns: tuple[ColumnSegment, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An object inside a container, to be read before the container goes on (its stream ends then).

    :param name: as the container has it; never used as a path on disk
    :param size: declared, None if unknown; never trusted
    """

    name: str
    stream: BinaryIO
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """What a reader really covered of an object that is read in parts; its last item.

    Part n+1 is right exactly when it started where part n ended.

    :param start: byte of the first record that was read
    :param end: byte behind the last record that was read
    :param units: lines (text, JSON Lines) or rows (CSV, the header row included; Parquet) between them; what the
        locations of the next part must be shifted by
    """

    start: int
    end: int
    units: int


Segment = TextSegment | ColumnSegment | ShortColumns
ReaderItem = Segment | Member | Problem | Extent
