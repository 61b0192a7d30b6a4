"""Tables that stand in a text: their cells are columns, and blank in the text; all around them stays text, in its place."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from scanner.model.location import CellLocation
from scanner.model.segment import ColumnSegment, ReaderItem, TextSegment
from scanner.readers.docx_tables import Cell, Table, holds_data
from scanner.readers.label_cells import label_headings
from scanner.readers.locators import LineLocator
from scanner.readers.paragraphs import Paragraph
from scanner.readers.text import Place
from scanner.readers.xlsx_sheet import letters_of

LONGEST_HELD: Final = 8 * 1024 * 1024
"""Characters of a table that are held until it ends; a longer one is settled by the rows that are there."""
Span = tuple[int, int]
_JUDGED_ROWS: Final = 200
"""Rows by which it is judged whether a table holds data."""
_LABELLED_WIDTH: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What a piece of text holds.

    :param columns: of its tables
    :param blanks: where the cells of those stand
    :param keep: from here on the text belongs to a table that goes on; it is to be given again, with what follows
    """

    columns: Sequence[ColumnSegment]
    blanks: Sequence[Span]
    keep: int


class TableFinder(Protocol):
    """Finds tables in pieces of one text."""

    def find(self, text: str, *, last: bool) -> Found:
        """The tables in `text`, which begins where the one before was to be kept from.

        :param last: nothing follows
        """


class CellSyntax(Protocol):
    """How cells are written."""

    def value(self, text: str, start: int, end: int) -> str:
        """What the cell in `text[start:end]` reads."""

    def spans(self, text: str, start: int, end: int) -> Sequence[Span]:
        """Which of its characters those are, in ascending order."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of a table.

    :param number: of the table in its document, from 1
    :param text: in which it stands
    :param rows: where the cells of each row stand
    :param marked: the first row is set apart as one of headings
    :param head: the headings where they were given before; then all rows are data
    :param passed: rows between the headings and the others that were given before
    """

    number: int
    text: str
    rows: Sequence[Sequence[Span]]
    syntax: CellSyntax
    marked: bool = False
    head: tuple[str, ...] = ()
    passed: int = 0

    @property
    def holds_data(self) -> bool:
        """Whether the first row names what stands below it; not where the left cells name those beside them."""
        width = len(self.head) or len(self.rows[0]) if self.rows else 0
        if width < 2 or any(len(row) != width for row in self.rows):
            return False
        if self.head:
            return True
        sample = [[self.syntax.value(self.text, *span) for span in row] for row in self.rows[:_JUDGED_ROWS]]
        unnamed = int(
            self.marked and width > _LABELLED_WIDTH and not sample[0][0]
        )  # that of row names has no heading, as programs write it
        cells = tuple(tuple(Cell((Paragraph(value, 0),)) for value in row[unnamed:]) for row in sample)
        if not holds_data(Table(self.number, cells, marked=self.marked)):
            return False
        return width > _LABELLED_WIDTH or label_headings(sample) is None

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands over the columns."""
        return self.head or tuple(self.syntax.value(self.text, *span) for span in self.rows[0])

    @property
    def spans(self) -> Iterator[Span]:
        """Where the characters of the cells below the headings stand."""
        return (span for row in self._data for cell in row for span in self.syntax.spans(self.text, *cell))

    @property
    def _data(self) -> Sequence[Sequence[Span]]:
        return self.rows if self.head else self.rows[1:]

    def columns(self) -> Iterator[ColumnSegment]:
        """The columns below the headings."""
        import pyarrow as pa

        value, text = self.syntax.value, self.text
        for index, name in enumerate(self.headings):
            values = pa.array([value(text, *row[index]) or None for row in self._data], pa.string())
            locator = TextTableLocator(self.number, self.passed + 2, index + 1, name)
            yield ColumnSegment(values, f"table {self.number}!{index + 1}", (name,) if name else (), locator)


@dataclass(frozen=True, slots=True)
class TextTableLocator:
    """Cells of one column of a table in a text.

    :param table: its number, from 1
    :param first_row: of the first value, from 1, the headings included
    :param column: from 1
    """

    table: int
    first_row: int
    column: int
    name: str

    def at(self, index: int, start: int, end: int) -> CellLocation:
        """The cell at `index`."""
        row = self.first_row + index
        return CellLocation(row, self.column, self.name, f"table {self.table}!{letters_of(self.column)}{row}", start, end)


def with_tables(items: Iterator[ReaderItem], finder: TableFinder) -> Iterator[ReaderItem]:
    """`items`, whose texts have line locators, with the tables in them as columns."""
    held: TextSegment | None = None
    for item in items:
        if not isinstance(item, TextSegment):
            yield item
            continue
        joined = item if held is None else replace(held, text=held.text + item.text)
        held = yield from _settled(joined, finder, last=False)
    if held is not None:
        yield from _settled(held, finder, last=True)


def _settled(segment: TextSegment, finder: TableFinder, *, last: bool) -> Generator[ReaderItem, None, TextSegment | None]:
    """Gives what is settled of `segment`; returns what is to be given again."""
    found = finder.find(segment.text, last=last)
    yield from found.columns
    text = blanked(segment.text, found.blanks)
    if found.keep >= len(text):
        yield replace(segment, text=text)
        return None
    given, rest = text[: found.keep], text[found.keep :]
    if given:
        yield replace(segment, text=given)
    return replace(segment, text=rest, locator=_behind(segment.locator, given), continues=segment.continues or bool(given))


def _behind(locator: object, text: str) -> LineLocator:
    assert isinstance(locator, LineLocator)
    feeds = text.count("\n")
    ended = feeds + text.count("\r") - text.count("\r\n") if "\r" in text else feeds
    place = Place(locator.first_line, locator.first_column).behind(text, ended)
    return LineLocator(place.line, place.column)


def blanked(text: str, spans: Sequence[Span]) -> str:
    """`text` with spaces where the spans are, which ascend; line ends stay."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], _spaces(text[start:end]))
        at = end
    return "".join((*pieces, text[at:])) if pieces else text


def _spaces(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return " " * len(text)
    return "".join(character if character in "\r\n" else " " for character in text)
