"""Row groups in batches that take about the same memory, whatever their rows hold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from scanner.readers.budget import MIB
from scanner.readers.parquet_open import OpenedFile

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# A batch should be worth its overhead, and must not be much larger than this whatever the rows hold.
_BATCH_BYTES: Final = 16 * MIB
_LEAST_ROWS: Final = 32
_MOST_ROWS: Final = 131_072
_PROBED_ROWS: Final = 512
# Row groups that differ by less from one that was probed are taken to be like it.
_LIKE: Final = 1.25
_WIDEST_NUMBER: Final = 16
_INDEX_BYTES: Final = 4


class Batches:
    """Reads the row groups of one file."""

    def __init__(self, opened: OpenedFile) -> None:
        self._opened = opened
        schema = opened.file.schema
        of_bytes = [index for index in opened.columns if schema.column(index).physical_type == "BYTE_ARRAY"]
        self._texts = [index for index in of_bytes if schema.column(index).path not in opened.dictionaries]
        self._dictionaries = frozenset(of_bytes) - frozenset(self._texts)
        self._by_footer = self._by_probe = 0.0

    def of(self, group: int) -> "Iterator[pa.RecordBatch]":
        """The rows of a group. Raises what `scanner.readers.parquet_open.broken` names."""
        rows = self._rows(group)
        yield from self._opened.file.iter_batches(batch_size=rows, row_groups=[group], columns=self._opened.paths, use_threads=False)

    def _rows(self, group: int) -> int:
        """Rows that come to `_BATCH_BYTES`, by the footer and by the first rows, since few bytes in the file may be many in memory."""
        metadata = self._opened.file.metadata.row_group(group)
        if not metadata.num_rows:
            return _LEAST_ROWS
        row_bytes = sum(self._footer_bytes(metadata, index) for index in self._opened.columns) / metadata.num_rows
        if self._texts and metadata.num_rows > _PROBED_ROWS:
            row_bytes += self._text_bytes(metadata, group)
        return int(max(_LEAST_ROWS, min(_MOST_ROWS, _BATCH_BYTES // max(row_bytes, 1))))

    def _footer_bytes(self, metadata: "pq.RowGroupMetaData", index: int) -> int:
        """Bytes in memory of a chunk, but for texts what the file has."""
        chunk = metadata.column(index)
        if index in self._dictionaries:
            return int(chunk.num_values * _INDEX_BYTES)
        least = 0 if chunk.physical_type == "BYTE_ARRAY" else chunk.num_values * self._width(index)
        return int(max(least, chunk.total_uncompressed_size))

    def _width(self, index: int) -> int:
        return min(int(self._opened.file.schema.column(index).length), MIB) or _WIDEST_NUMBER // 2

    def _text_bytes(self, metadata: "pq.RowGroupMetaData", group: int) -> float:
        """Bytes of the texts of a row, by the first rows of this group or of one like it before."""
        by_footer = sum(metadata.column(index).total_uncompressed_size for index in self._texts) / metadata.num_rows
        if self._by_footer / _LIKE <= by_footer <= self._by_footer * _LIKE:
            return self._by_probe
        paths = [self._opened.file.schema.column(index).path for index in self._texts]
        probe = self._opened.file.iter_batches(batch_size=_PROBED_ROWS, row_groups=[group], columns=paths, use_threads=False)
        for batch in probe:
            self._by_footer, self._by_probe = by_footer, sum(column.nbytes for column in batch.columns) / batch.num_rows
            break
        return self._by_probe
