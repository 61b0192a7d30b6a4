"""From a window of a delimited table to columns.

Arrow reads the windows in which nearly every row has as many fields as most rows of the table have. Python's `csv` module
reads the others: a short row has nulls, and what a long row has too much stands in further columns without a name.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final

from scanner.model.segment import ColumnSegment, ReaderItem, TextSegment
from scanner.readers.encoding import UTF_8
from scanner.readers.layout import Layout
from scanner.readers.lines import line_ends
from scanner.readers.locators import CellLocator, LineLocator
from scanner.readers.ragged_rows import RaggedRows
from scanner.readers.windows import Window

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_AT_ONCE: Final = 100_000
"""Python's lists take a hundred times the memory of the shortest rows."""
WIDEST_ROW: Final = 100_000
"""Fields; a row that has more is read as text, and so are those around it."""
_WORTH_ARROW: Final = 16 * 1024
"""Bytes; fewer are sooner read by the `csv` module."""


class TableBatches:
    """Reads the windows of one table.

    :param rows: read so far
    :param text_at: byte of the first window that could only be read as text
    """

    def __init__(self, layout: Layout) -> None:
        self.rows = 0
        self.text_at: int | None = None
        self._layout = layout
        self._line_ends = line_ends(layout.encoding)

    def read(self, window: Window) -> Iterator[ReaderItem]:
        """The columns of the rows in `window`."""
        if not self._is_whole(window):
            yield self._as_text(window, self._layout.encoding.decode(bytes(window.data)))
            return
        table = self._with_arrow(window) if len(window.data) >= _WORTH_ARROW else None
        if table is not None:
            yield from self._segments(table.columns, table.rows)
            return
        yield from self._with_python(window, self._layout.encoding.decode(bytes(window.data)))

    def _with_python(self, window: Window, text: str) -> Iterator[ReaderItem]:
        rows = self._layout.dialect.rows(text)
        while batch := list(islice(rows, _ROWS_AT_ONCE)):
            if max(map(len, batch)) > WIDEST_ROW:
                yield self._as_text(window, "\n".join(map(self._layout.dialect.delimiter.join, batch)))
                self.rows += len(batch)
            else:
                yield from self._segments(_transposed(batch), len(batch))

    def _is_whole(self, window: Window) -> bool:
        """Whether it holds whole rows: not when it was cut inside of a row that is too long."""
        ending = bytes(window.data[-self._line_ends.unit :])
        return window.last or ending in (self._line_ends.feed, self._line_ends.carriage)

    def _as_text(self, window: Window, text: str) -> TextSegment:
        if self.text_at is None:
            self.text_at = window.offset
        return TextSegment(text, LineLocator(self.rows + 1, 1))

    def _segments(self, columns: "Iterable[pa.Array | pa.ChunkedArray]", rows: int) -> Iterator[ColumnSegment]:
        labels: list[str | None] = []
        for number, values in enumerate(columns, start=1):
            name = self._layout.name(number - 1)
            if labels:
                yield from self._labelled(values, labels, number)
                continue
            labels = values.to_pylist() if self._layout.labelled else []
            yield ColumnSegment(values, str(number), (name,) if name else (), CellLocator(self.rows + 1, number, name))
        self.rows += rows

    def _labelled(self, values: "pa.Array | pa.ChunkedArray", labels: list[str | None], number: int) -> Iterator[ColumnSegment]:
        """The cells of a column one by one, each under its label: such tables have few rows."""
        name = self._layout.name(number - 1)
        for row, label in enumerate(labels):
            names = tuple(filter(None, (name, (label or "").strip())))
            yield ColumnSegment(values.slice(row, 1), str(number), names, CellLocator(self.rows + 1 + row, number, name))

    def _with_arrow(self, window: Window) -> "Table | None":
        """The window as Arrow reads it; None if it refuses, or might read otherwise than the `csv` module."""
        import pyarrow as pa

        if self._layout.encoding.name == UTF_8.name and not self._layout.dialect.escape:
            table = self._parsed(pa.py_buffer(window.data))
            if table is not None:
                return table
        data = self._layout.encoding.as_utf8(bytes(window.data))
        if self._escapes_otherwise(data):
            return None
        return self._parsed(pa.py_buffer(data)) if data != window.data or self._layout.dialect.escape else None

    def _escapes_otherwise(self, data: bytes) -> bool:
        """Whether escape characters stand where Arrow and the `csv` module differ: before line ends, behind quotes, at the very end."""
        escape = self._layout.dialect.escape.encode()
        odd = (escape + b"\n", escape + b"\r", self._layout.dialect.quote.encode() + escape)
        return bool(escape) and (data.endswith(escape) or any(pair in data for pair in odd))

    def _parsed(self, data: "pa.Buffer") -> "Table | None":
        import pyarrow as pa
        from pyarrow import csv

        names = [str(number) for number in range(1, self._layout.width + 1)]
        dialect = self._layout.dialect
        ragged = RaggedRows(dialect)
        try:
            table = csv.read_csv(
                pa.BufferReader(data),
                read_options=csv.ReadOptions(use_threads=False, block_size=max(data.size, 1), column_names=names),
                parse_options=csv.ParseOptions(
                    delimiter=dialect.delimiter,
                    quote_char=dialect.quote or False,
                    escape_char=dialect.escape or False,
                    newlines_in_values=True,
                    invalid_row_handler=ragged,
                ),
                convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
            )
        except pa.ArrowInvalid:
            return None
        if not ragged.rows:
            return Table(table.columns, table.num_rows)
        if not ragged.fit(table.num_rows) or max(map(len, ragged.rows)) > WIDEST_ROW:
            return None
        return Table(ragged.merged(table.columns, table.num_rows), table.num_rows + len(ragged.rows))


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of so many rows."""

    columns: "Sequence[pa.Array | pa.ChunkedArray]"
    rows: int


def _transposed(rows: Sequence[Sequence[str]]) -> "Iterator[pa.Array]":
    import pyarrow as pa

    return (pa.array(column, pa.string()) for column in zip_longest(*rows))
