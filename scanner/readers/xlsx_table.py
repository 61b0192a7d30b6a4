"""The rows of a sheet as the columns of a table, under the same headings as the same rows in a delimited file.

Rows without a value count for the numbers of rows, and are no rows of the table. What stands above the data comes as text too.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment, TextSegment
from scanner.readers.dialect import SNIFFED_ROWS
from scanner.readers.layout import Head, read_head
from scanner.readers.xlsx_sheet import Row, letters_of

_BATCH_ROWS: Final = 32 * 1024
_BATCH_PLACES: Final = 1024 * 1024
"""Rows times columns of a batch: what bounds a sheet with a cell here and there."""
_MANY_COLUMNS: Final = 256
_SPARSE: Final = 16
"""Of so many places at most one is filled where cells are strewn over a sheet; with many columns that is no table."""
_BATCH_CHARACTERS: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetLocator:
    """Cells of one column of a sheet.

    :param rows: for each value its row
    :param column: from 1
    """

    sheet: str
    rows: Sequence[int]
    column: int
    name: str = ""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        """The cell at `index`."""
        return place(self.sheet, self.rows[index], self.column, self.name, start, end)


@dataclass(frozen=True, slots=True)
class CellsLocator:
    """Cells that were joined to a text; one character stands between two of them.

    :param starts: where each begins, ascending from 0
    :param cells: row and column of each
    """

    sheet: str
    starts: tuple[int, ...]
    cells: tuple[tuple[int, int], ...]

    def at(self, text: str, start: int, end: int) -> CellLocation:
        """The cell in which `text[start:end]` begins, and the characters there."""
        index = bisect_right(self.starts, start) - 1
        behind = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(text)
        begin = self.starts[index]
        return place(self.sheet, *self.cells[index], "", start - begin, max(start + 1, min(end, behind)) - begin)


def place(sheet: str, row: int, column: int, name: str, start: int, end: int) -> CellLocation:  # noqa: PLR0917 - a place has them
    """The location of characters of a cell."""
    return CellLocation(row, column, name, reference(sheet, row, column), start, end)


def reference(sheet: str, row: int, column: int) -> str:
    """How a formula names a cell: `Sheet2!C5`, `'Q1 2024'!C5`."""
    return f"{quoted(sheet)}!{letters_of(column)}{row}"


def quoted(sheet: str) -> str:
    """The name of a sheet as a formula has it."""
    return sheet if sheet.isidentifier() and sheet.isascii() else "'" + sheet.replace("'", "''") + "'"


def table(sheet: str, items: Iterator[Row | TextSegment | ColumnSegment]) -> Iterator[ColumnSegment | TextSegment]:
    """The segments of the sheet with this name; segments among its rows are handed on."""
    first: list[Row] = []
    yield from _rows_of(items, first)
    if not first:
        return
    above, head = _head(first, whole=len(first) < SNIFFED_ROWS)
    data = above + head.rows
    # Apart, so that the name of a column does not speak for what stands in a title.
    yield from _text(sheet, first[: max(data - 1, 0)])
    yield from _text(sheet, first[max(data - 1, 0) : data])
    batch = _Batch(sheet, head, first[data:])
    for item in items:
        if not isinstance(item, Row):
            yield item
            continue
        if batch.is_full:
            yield from batch.segments()
            batch = _Batch(sheet, head)
        batch.add(item)
    yield from batch.segments()


def _rows_of(items: Iterator[Row | TextSegment | ColumnSegment], rows: list[Row]) -> Iterator[TextSegment | ColumnSegment]:
    """Puts as many rows into `rows` as tell how a table is laid out; gives the segments among them."""
    for item in items:
        if not isinstance(item, Row):
            yield item
            continue
        rows.append(item)
        if len(rows) == SNIFFED_ROWS:
            return


def _head(rows: Sequence[Row], *, whole: bool) -> tuple[int, Head]:
    """How many rows of titles stand above the table, and its head. Titles fill fewer cells than most rows do."""
    filled = [len(row.cells) for row in rows]
    usual = Counter(filled).most_common(1)[0][0]
    span = max(column for row in rows for column, _ in row.cells)
    dense = [_dense(row, span if count * 2 > usual else 0) for row, count in zip(rows, filled, strict=True)]
    above = next((number for number, count in enumerate(filled) if count * 2 > usual), 0)
    below = read_head(dense[above:], whole=whole)
    if above and not below.rows:
        return 0, read_head(dense, whole=whole)
    return above, below


def _dense(row: Row, span: int) -> list[str]:
    cells = [""] * max(span, *(column for column, _ in row.cells))
    for column, text in row.cells:
        cells[column - 1] = text
    return cells


def _text(sheet: str, rows: Iterable[Row]) -> Iterator[TextSegment]:
    """The cells of `rows` as a text, if there are any."""
    pieces: list[str] = []
    starts: list[int] = []
    cells: list[tuple[int, int]] = []
    length = 0
    for row in rows:
        for column, text in row.cells:
            starts.append(length)
            cells.append((row.number, column))
            pieces += (text, "\t")
            length += len(text) + 1
        pieces[-1] = "\n"
    if pieces:
        yield TextSegment("".join(pieces), CellsLocator(sheet, tuple(starts), tuple(cells)))


class _Batch:
    """Rows of a table, turned into columns."""

    def __init__(self, sheet: str, head: Head, rows: Iterable[Row] = ()) -> None:
        self._sheet = sheet
        self._head = head
        self._rows: list[int] = []
        self._given: list[Row] = []
        self._filled = 0
        self._columns: dict[int, list[str | None]] = {number: [] for number in range(1, len(head.names) + 1) if head.name(number - 1)}
        self._characters = 0
        for row in rows:
            self.add(row)

    @property
    def is_full(self) -> bool:
        """Whether another batch is to be begun."""
        rows = len(self._rows)
        return rows >= _BATCH_ROWS or rows * len(self._columns) >= _BATCH_PLACES or self._characters >= _BATCH_CHARACTERS

    def add(self, row: Row) -> None:
        """One more row. A cell that it has twice is put into a row of its own, with the same number."""
        index = len(self._rows)
        self._rows.append(row.number)
        self._given.append(row)
        self._filled += len(row.cells)
        columns = self._columns
        for column, text in row.cells:
            values = columns.get(column)
            if values is None:
                values = columns[column] = []
            if len(values) > index:
                index += 1
                self._rows.append(row.number)
            if len(values) < index:
                values.extend([None] * (index - len(values)))
            values.append(text)
            self._characters += len(text)

    def segments(self) -> Iterator[ColumnSegment | TextSegment]:
        """Its columns; cells strewn over very many of them, which nothing names, as a text."""
        if not self._rows:
            return
        rows = _numbers(self._rows)
        if self._is_strewn(len(rows)):
            yield from self._loose()
        labels: list[str | None] = []
        for number in sorted(self._columns):
            values = self._columns[number]
            values.extend([None] * (len(rows) - len(values)))
            if labels:
                yield from self._labelled(number, values, labels, rows)
            else:
                labels = list(values) if self._head.labelled else []
                name = self._head.name(number - 1)
                yield self._segment(number, values, (name,) if name else (), rows)

    def _is_strewn(self, rows: int) -> bool:
        return len(self._columns) > _MANY_COLUMNS and self._filled * _SPARSE < rows * len(self._columns)

    def _loose(self) -> Iterator[TextSegment]:
        """The cells of columns without a name, which are columns no longer: each would cost a pass for hardly a value."""
        named = {number for number in self._columns if self._head.name(number - 1)}
        self._columns = {number: values for number, values in self._columns.items() if number in named}
        rows = (Row(row.number, [cell for cell in row.cells if cell[0] not in named]) for row in self._given)
        yield from _text(self._sheet, (row for row in rows if row.cells))

    def _labelled(
        self, number: int, values: Sequence[str | None], labels: Sequence[str | None], rows: Sequence[int]
    ) -> Iterator[ColumnSegment]:
        name = self._head.name(number - 1)
        for index, label in enumerate(labels):
            names = tuple(filter(None, (name, (label or "").strip())))
            yield self._segment(number, values[index : index + 1], names, rows[index : index + 1])

    def _segment(self, number: int, values: Sequence[str | None], names: tuple[str, ...], rows: Sequence[int]) -> ColumnSegment:
        import pyarrow as pa

        locator = SheetLocator(self._sheet, rows, number, self._head.name(number - 1))
        return ColumnSegment(pa.array(values, pa.string()), f"{self._sheet}!{number}", names, locator)


def _numbers(rows: list[int]) -> Sequence[int]:
    """The same numbers, in little space where they follow each other."""
    plain = range(rows[0], rows[0] + len(rows))
    return plain if rows[-1] == plain[-1] and list(plain) == rows else rows
