"""What must be known of a delimited table before its rows are read: dialect, names of the columns, where the data begins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scanner.readers.dialect import SNIFFED_ROWS, Dialect, sniff
from scanner.readers.encoding import Encoding
from scanner.readers.header import has_header
from scanner.readers.label_cells import label_headings
from scanner.readers.lines import line_ends

_TITLE_ROWS: Final = 20
"""Titles, dates and remarks that may stand above the header row."""
_LABELLED_WIDTH: Final = 2
"""A label and its value. Wider tables without a header have other things in their first column, mostly."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out.

    :param width: fields of most rows
    :param names: of the columns, empty without a header row
    :param data_start: byte behind the header row; 0 without one
    :param heading_rows: rows before `data_start`: the header row and what stands above it
    :param labelled: the first cell of each row names the others
    """

    dialect: Dialect
    encoding: Encoding
    width: int
    names: tuple[str, ...] = ()
    data_start: int = 0
    heading_rows: int = 0
    labelled: bool = False

    def name(self, column: int) -> str:
        """The name of a column, counted from 0; empty when it has none."""
        return self.names[column] if column < len(self.names) else ""


def lay_out(sample: bytes, encoding: Encoding, *, whole: bool) -> Layout:
    """The layout of the table that begins with `sample`.

    :param whole: `sample` is all there is, so that its last line is complete
    """
    body = sample[encoding.bom :]
    complete = body if whole else body[: line_ends(encoding).before(body, len(body), len(body), last=False)] or body
    text = encoding.decode(complete)
    sniffed = sniff(text)
    dialect, rows = sniffed.dialect, sniffed.rows
    if not rows:
        return Layout(dialect, encoding, 1)
    head = read_head(rows, whole=whole and len(rows) < SNIFFED_ROWS)
    start = _behind_rows(complete, head.rows, dialect, encoding) if head.rows else 0
    return Layout(dialect, encoding, head.width, head.names, encoding.bom + start, head.rows, head.labelled)


@dataclass(frozen=True, slots=True)
class Head:
    """What the first rows of a table say of it; see Layout.

    :param rows: the header row and what stands above it
    """

    width: int
    names: tuple[str, ...] = ()
    rows: int = 0
    labelled: bool = False

    def name(self, column: int) -> str:
        """The name of a column, counted from 0; empty when it has none."""
        return self.names[column] if column < len(self.names) else ""


def read_head(rows: Sequence[Sequence[str]], *, whole: bool) -> Head:
    """What the first rows of a table of any format say; there is at least one.

    :param whole: they are all rows
    """
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    above = label_headings(rows) if whole and width == _LABELLED_WIDTH else None
    header = _header_row(rows, width) if above is None else above - 1
    if header is None or header < 0:
        return Head(width, labelled=above is not None)
    names = tuple(cell.strip() for cell in rows[header])
    if len(names) == width - 1:
        names = ("", *names)  # R does not name the column of row names
    return Head(width, names, header + 1, above is not None)


def _header_row(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Which row is the header: the first behind `sep=;`, or the first of full width below titles; None for none."""
    first = int(_names_delimiter(rows[0]))
    if first < len(rows) and len(rows[first]) >= min(width, 2) and has_header(rows[first], rows[first + 1 :]):
        return first
    full = next((number for number, row in enumerate(rows[:_TITLE_ROWS]) if len(row) == width), 0)
    return full if full and has_header(rows[full], rows[full + 1 :]) else None


def _names_delimiter(row: Sequence[str]) -> bool:
    """Whether it is the line `sep=;` that tells Excel how to read what follows."""
    return row[0].lower() == "sep=" and not any(row[1:])


def _behind_rows(sample: bytes, count: int, dialect: Dialect, encoding: Encoding) -> int:
    """The byte behind the first `count` records; lines without any character are no records."""
    cut = dialect.cut(encoding)
    place = 0
    while count and place < len(sample):
        rest = bytearray(sample[place:])
        size = cut(rest, len(rest), 1, last=True)
        count -= bool(encoding.decode(bytes(rest[:size])).strip("\r\n"))
        place += size
    return place
