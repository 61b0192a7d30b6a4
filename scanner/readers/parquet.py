"""Apache Parquet: row groups in batches, nested types taken apart into their columns.

https://parquet.apache.org/docs/file-format/
"""

from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Extent, ReaderItem
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.parquet_columns import BatchPlace, flat_columns

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# A batch should be worth its overhead, and must not be much larger than this whatever the rows hold.
_BATCH_BYTES: Final = 8 * MIB
_LEAST_ROWS: Final = 32
_MOST_ROWS: Final = 131_072
_PROBED_ROWS: Final = 512
# Columns are streamed through buffers of this size; without them whole column chunks are held, which may be the whole file.
_BUFFER_BYTES: Final = MIB
# A column with so little in its row groups, or for each value, is read as a dictionary. For one with many distinct values that takes
# ten times as long and ten times the memory.
_DICTIONARY_BYTES: Final = 8 * MIB
_DICTIONARY_BYTES_A_VALUE: Final = 4
_JUDGED_GROUPS: Final = 8


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of all row groups, or of those that begin in `content.part`. What is damaged ends the reading."""
    stream = budget.seekable(content.stream)
    file = _open(stream)
    groups = _groups_of(file, content.part)
    done = 0
    try:
        for number in groups:
            for batch in _batches(file, number):
                yield from flat_columns(batch, BatchPlace(done))
                done += batch.num_rows
    except _broken() as error:
        if not done:
            raise ReadError(_reason(error), "its data pages cannot be read") from None
        yield Problem(Reason.MALFORMED, f"row group {number + 1} of {file.num_row_groups} cannot be read from row {done + 1} on")
    if content.part is not None:
        yield Extent(content.part.start, content.part.end, done)


def _broken() -> tuple[type[Exception], ...]:
    """What Arrow raises for files that are not as they should be; also for names that are no UTF-8."""
    import pyarrow as pa

    return (pa.ArrowException, OSError, UnicodeDecodeError, ValueError)


def _reason(error: Exception) -> Reason:
    return Reason.ENCRYPTED if "crypt" in str(error).lower() else Reason.MALFORMED


def _open(stream: object) -> "pq.ParquetFile":
    """The file, with dictionaries of strings where values are few: one that occurs often is held once, however large it is."""
    import pyarrow.parquet as pq

    try:
        plain = pq.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER_BYTES)
        few = _dictionary_columns(plain)
        if not few:
            return plain
        return pq.ParquetFile(stream, read_dictionary=few, pre_buffer=False, buffer_size=_BUFFER_BYTES, metadata=plain.metadata)
    except _broken() as error:
        detail = "it is encrypted" if _reason(error) is Reason.ENCRYPTED else "its footer cannot be read"
        raise ReadError(_reason(error), detail) from None


def _dictionary_columns(file: "pq.ParquetFile") -> list[str]:
    columns = ((index, file.schema.column(index)) for index in range(len(file.schema)))
    strings = [
        (index, column) for index, column in columns if column.physical_type == "BYTE_ARRAY" and column.logical_type.type != "DECIMAL"
    ]
    return [column.path for index, column in strings if _has_few_values(file.metadata, index)]


def _has_few_values(metadata: "pq.FileMetaData", column: int) -> bool:
    groups = range(min(metadata.num_row_groups, _JUDGED_GROUPS))
    chunks = [metadata.row_group(number).column(column) for number in groups]
    size = sum(chunk.total_uncompressed_size for chunk in chunks)
    return bool(size <= max(_DICTIONARY_BYTES * len(chunks), _DICTIONARY_BYTES_A_VALUE * sum(chunk.num_values for chunk in chunks)))


def _groups_of(file: "pq.ParquetFile", part: ByteRange | None) -> list[int]:
    """Numbers of the row groups whose first byte lies in `part`; a group that lies before an earlier one counts as lying beside it."""
    metadata = file.metadata
    everything = range(metadata.num_row_groups)
    if part is None:
        return list(everything)
    first_bytes = accumulate((_first_byte(metadata.row_group(number)) for number in everything), max)
    return [number for number, first in zip(everything, first_bytes, strict=True) if part.start <= first < part.end]


def _first_byte(group: "pq.RowGroupMetaData") -> int:
    offsets = []
    for number in range(group.num_columns):
        column = group.column(number)
        offsets.append(column.data_page_offset)
        # Some writers say 0 where there is no dictionary.
        if column.dictionary_page_offset:
            offsets.append(column.dictionary_page_offset)
    return min(offsets, default=0)


def _batches(file: "pq.ParquetFile", group: int) -> "Iterator[pa.RecordBatch]":
    yield from file.iter_batches(batch_size=_batch_rows(file, group), row_groups=[group], use_threads=False)


def _batch_rows(file: "pq.ParquetFile", group: int) -> int:
    """Rows that come to `_BATCH_BYTES`, by the footer and by the first rows, since few bytes in the file may be many in memory."""
    metadata = file.metadata.row_group(group)
    row_bytes = max(1, metadata.total_byte_size // max(1, metadata.num_rows))
    if metadata.num_rows > _PROBED_ROWS:
        probe = next(file.iter_batches(batch_size=_PROBED_ROWS, row_groups=[group], use_threads=False), None)
        if probe is not None and probe.num_rows:
            row_bytes = max(row_bytes, sum(map(_own_bytes, probe.columns)) // probe.num_rows)
    return max(_LEAST_ROWS, min(_MOST_ROWS, _BATCH_BYTES // row_bytes))


def _own_bytes(array: "pa.Array") -> int:
    """Bytes of a column without its dictionary, which is there once for all batches."""
    import pyarrow as pa

    return int(array.indices.nbytes if pa.types.is_dictionary(array.type) else array.nbytes)
