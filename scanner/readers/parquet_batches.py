"""Row groups in batches that take about the same memory, whatever their rows hold and however many columns they have."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from scanner.model.unread import MayHold
from scanner.readers.budget import MIB
from scanner.readers.parquet_idle import IdleColumns
from scanner.readers.parquet_open import OpenedFile

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# A batch should be worth its overhead, and must not be much larger than this whatever the rows hold.
_BATCH_BYTES: Final = 8 * MIB
_LEAST_ROWS: Final = 32
_MOST_ROWS: Final = 131_072
_PROBED_ROWS: Final = 512
# Row groups that differ by less from one that was probed are taken to be like it.
_LIKE: Final = 1.25
_WIDEST_NUMBER: Final = 16
_INDEX_BYTES: Final = 4
# Arrow holds a page, a dictionary and buffers of about 1 MiB each for every column that it reads.
_COLUMNS_AT_ONCE: Final = 12


class ColumnBatches:
    """Some columns of one file in batches.

    :param columns: indices of plain columns
    :param may_hold: what is worth reading; None for everything
    """

    def __init__(self, opened: OpenedFile, columns: Sequence[int], may_hold: MayHold | None = None) -> None:
        self._file = opened.file
        self._columns = columns
        self._idle = IdleColumns(opened, columns, may_hold)
        of_bytes = {index for index in columns if self._column(index).physical_type == "BYTE_ARRAY"}
        self._dictionaries = {index for index in of_bytes if self._column(index).path in opened.dictionaries}
        self._texts = sorted(of_bytes - self._dictionaries)
        self._by_footer = self._by_probe = 0.0

    def of(self, group: int) -> "Iterator[pa.RecordBatch]":
        """The rows of a row group, with nulls where reading would come to nothing.

        Raises what `scanner.readers.parquet_open.broken` names.
        """
        idle = self._idle.of(group)
        kept = [index for index in self._columns if index not in idle]
        if not kept:
            yield self._idle.filled(idle, None, self._file.metadata.row_group(group).num_rows)
            return
        for batch in self._read(group, kept, self._rows(group)):
            yield self._idle.filled(idle, batch, batch.num_rows) if idle else batch

    def _column(self, index: int) -> "pq.ColumnSchema":
        return self._file.schema.column(index)

    def _read(self, group: int, columns: Sequence[int], rows: int) -> "Iterator[pa.RecordBatch]":
        paths = [self._column(index).path for index in columns]
        yield from self._file.iter_batches(batch_size=rows, row_groups=[group], columns=paths, use_threads=False)

    def _rows(self, group: int) -> int:
        """Rows that come to `_BATCH_BYTES`, by the footer and by the first rows, since few bytes in the file may be many in memory."""
        metadata = self._file.metadata.row_group(group)
        if not metadata.num_rows:
            return _LEAST_ROWS
        row_bytes = sum(self._footer_bytes(metadata, index) for index in self._columns) / metadata.num_rows
        if self._texts and metadata.num_rows > _PROBED_ROWS:
            row_bytes += self._text_bytes(metadata, group)
        return int(max(_LEAST_ROWS, min(_MOST_ROWS, _BATCH_BYTES // max(row_bytes, 1))))

    def _footer_bytes(self, metadata: "pq.RowGroupMetaData", index: int) -> int:
        """Bytes in memory of a chunk, but for texts what the file has."""
        chunk = metadata.column(index)
        if index in self._dictionaries:
            return int(chunk.num_values * _INDEX_BYTES)
        width = 0 if chunk.physical_type == "BYTE_ARRAY" else max(int(self._column(index).length), _WIDEST_NUMBER // 2)
        return int(max(chunk.num_values * width, chunk.total_uncompressed_size))

    def _text_bytes(self, metadata: "pq.RowGroupMetaData", group: int) -> float:
        """Bytes of the texts of a row, by the first rows of this group or of one like it before."""
        by_footer = sum(metadata.column(index).total_uncompressed_size for index in self._texts) / metadata.num_rows
        if self._by_footer / _LIKE <= by_footer <= self._by_footer * _LIKE:
            return self._by_probe
        for batch in self._read(group, self._texts, _PROBED_ROWS):
            self._by_footer, self._by_probe = by_footer, sum(column.nbytes for column in batch.columns) / batch.num_rows
            break
        return self._by_probe


def column_batches(opened: OpenedFile, may_hold: MayHold | None = None) -> list[ColumnBatches]:
    """All columns that can be read, few at a time; those below one field of the schema together.

    :param may_hold: what is worth reading; None for everything
    """
    slices: list[list[int]] = []
    for _, leaves in groupby(opened.columns, lambda index: opened.file.schema.column(index).path.split(".")[0]):
        field = list(leaves)
        if slices and len(slices[-1]) + len(field) <= _COLUMNS_AT_ONCE:
            slices[-1] += field
        else:
            slices.append(field)
    return [ColumnBatches(opened, columns, may_hold) for columns in slices]
