"""Tables of documents: whether one holds data under headings, and its columns if so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from scanner.model.location import ParagraphLocation
from scanner.model.segment import ColumnSegment
from scanner.readers.paragraphs import Paragraph

HEADING_CHARACTERS: Final = 40
NO_HEADING: Final = regex.compile(r"\d{3}|\d\W?\d\W?\d|@|://|:\s*$")
"""What values have and headings do not; a colon at the end is that of a label in a form."""
DIGITS_OF_A_VALUE: Final = 4
RUN: Final = regex.compile(r"\d+|\p{L}+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    :param plain: it spans no other cells and holds no table
    :param bold: all of its text is bold
    """

    paragraphs: tuple[Paragraph, ...]
    plain: bool = True
    bold: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    :param number: counts from 1 within its part
    :param marked: its first row is marked as one to be repeated on every page
    """

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class TableLocator:
    """Cells of one column of a table of a document.

    :param cells: for each value its paragraphs
    """

    part: str
    cells: tuple[tuple[Paragraph, ...], ...]

    def at(self, index: int, start: int, end: int) -> ParagraphLocation:
        """The paragraph in which characters `start:end` of the value at `index` begin."""
        begin = 0
        for paragraph in self.cells[index][:-1]:
            if start <= begin + len(paragraph.text):
                return _place(self.part, paragraph, start - begin, end - begin)
            begin += len(paragraph.text) + 1
        return _place(self.part, self.cells[index][-1], start - begin, end - begin)


def _place(part: str, paragraph: Paragraph, start: int, end: int) -> ParagraphLocation:
    return ParagraphLocation(part, paragraph.number, paragraph.cell, start, min(end, len(paragraph.text)))


def holds_data(table: Table) -> bool:
    """Whether the first row names what stands below it.

    Forms with a label on the left of each value look much the same. So it takes, besides headings that look like
    headings, either a first row that is set apart (marked, or bold while the second is not), or a column of values that
    look alike: with two columns, of exactly the same shape.
    """
    rows = table.rows
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    if not all(cell.plain for row in rows for cell in row) or not _are_headings([cell.text for cell in rows[0]]):
        return False
    return table.marked or _stands_out(rows) or any(_look_alike(column, strictly=len(rows[0]) == 2) for column in _values(rows))


def _are_headings(texts: Sequence[str]) -> bool:
    folded = {text.strip().casefold() for text in texts}
    return len(folded) == len(texts) and all(
        0 < len(text.strip()) <= HEADING_CHARACTERS and not NO_HEADING.search(text) and RUN.search(text) for text in texts
    )


def _stands_out(rows: Sequence[Sequence[Cell]]) -> bool:
    return all(cell.bold for cell in rows[0]) and not any(cell.bold for cell in rows[1])


def _values(rows: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    for column in range(len(rows[0])):
        yield [text for row in rows[1:] if (text := row[column].text.strip())]


def _look_alike(values: list[str], *, strictly: bool) -> bool:
    if len(values) < 2 or not all("@" in value or sum(map(str.isdigit, value)) >= DIGITS_OF_A_VALUE for value in values):
        return False
    return not strictly or len({_shape(value) for value in values}) == 1


def _shape(value: str) -> str:
    """`219-22-9999` as `9-9-9`, `a@b.org` as `a@a.a`."""
    return RUN.sub(lambda run: "9" if run.group()[0].isdigit() else "a", value)


def columns(table: Table, part: str) -> Iterator[ColumnSegment]:
    """The columns below the headings."""
    import pyarrow as pa

    for number, heading in enumerate(table.rows[0]):
        cells = tuple(row[number] for row in table.rows[1:])
        values = pa.array([cell.text or None for cell in cells], pa.string())
        locator = TableLocator(part, tuple(cell.paragraphs for cell in cells))
        yield ColumnSegment(values, f"{part} table {table.number} column {number + 1}", (heading.text.strip(),), locator)
