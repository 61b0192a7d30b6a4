"""Opening a Parquet file: which of its columns can be read, which of them as dictionaries, and where its row groups begin.

https://parquet.apache.org/docs/file-format/
"""

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.base import ByteRange
from scanner.readers.budget import MIB

if TYPE_CHECKING:
    import pyarrow.parquet as pq

# Columns are streamed through buffers of this size; without them whole column chunks are held, which may be the whole file.
_BUFFER_BYTES: Final = MIB
# A column with so little in its row groups, or for each value, is read as a dictionary if its writer made a whole one. For a column
# with many distinct values that takes two to ten times as long and ten times the memory.
_DICTIONARY_BYTES: Final = 8 * MIB
_DICTIONARY_BYTES_A_VALUE: Final = 4
_JUDGED_GROUPS: Final = 8
# With more bytes for a value the pages hold values of their own, or indices into a dictionary of more values than a batch would have.
_INDEX_BYTES: Final = 1.5
_PAGE_BYTES: Final = 256
_TAIL_BYTES: Final = 8
"""Behind the footer: its length in four bytes, and the mark `PAR1`."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A Parquet file.

    :param columns: indices of the plain columns that can be read; the others are encrypted. Arrow (version 26) ends the
        process when asked for anything about a chunk of those.
    :param dictionaries: paths of the columns that are read as dictionaries
    """

    file: "pq.ParquetFile"
    columns: Sequence[int]
    dictionaries: Collection[str]

    @property
    def encrypted(self) -> int:
        """How many columns cannot be read."""
        return len(self.file.schema) - len(self.columns)

    @property
    def paths(self) -> list[str] | None:
        """The columns to ask for; None for all."""
        return [self.file.schema.column(index).path for index in self.columns] if self.encrypted else None

    def groups(self, part: ByteRange | None) -> list[int]:
        """Numbers of the row groups whose first byte lies in `part`; a group that lies before an earlier one counts as lying beside it."""
        everything = range(self.file.num_row_groups)
        if part is None:
            return list(everything)
        first_bytes = accumulate(map(self._first_byte, everything), max)
        return [number for number, first in zip(everything, first_bytes, strict=True) if part.start <= first < part.end]

    def _first_byte(self, group: int) -> int:
        offsets = []
        for index in self.columns:
            column = self.file.metadata.row_group(group).column(index)
            offsets.append(column.data_page_offset)
            # Some writers say 0 where there is no dictionary.
            if column.dictionary_page_offset:
                offsets.append(column.dictionary_page_offset)
        return min(offsets, default=0)


def open_file(stream: BinaryIO) -> OpenedFile:
    """The file in `stream`, which can seek.

    Strings are read as dictionaries where there are few: a value that occurs often is held once, however large it is.
    Raises ReadError (ENCRYPTED, MALFORMED).
    """
    import pyarrow.parquet as pq

    try:
        plain = pq.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER_BYTES)
        columns = _readable_columns(plain) if _is_signed(stream, plain) else range(len(plain.schema))
        few = [plain.schema.column(index).path for index in columns if _has_few_strings(plain, index)]
        file = pq.ParquetFile(stream, read_dictionary=few, pre_buffer=False, buffer_size=_BUFFER_BYTES, metadata=plain.metadata)
    except broken() as error:
        detail = "it is encrypted" if reason(error) is Reason.ENCRYPTED else "its footer cannot be read"
        raise ReadError(reason(error), detail) from None
    if not columns and len(plain.schema):
        raise ReadError(Reason.ENCRYPTED, "all its columns are encrypted")
    return OpenedFile(file, columns, frozenset(few))


def broken() -> tuple[type[Exception], ...]:
    """What Arrow raises for files that are not as they should be; also for names that are no UTF-8."""
    import pyarrow as pa

    return (pa.ArrowException, OSError, UnicodeDecodeError, ValueError)


def reason(error: Exception) -> Reason:
    """What is the matter when `error` is one of `broken()`."""
    if isinstance(error, MemoryError):
        return Reason.BUDGET_MEMORY
    return Reason.ENCRYPTED if "crypt" in str(error).lower() else Reason.MALFORMED


def _is_signed(stream: BinaryIO, file: "pq.ParquetFile") -> bool:
    """Whether the footer carries a signature, as it does in a file of which only some columns are encrypted."""
    stream.seek(-_TAIL_BYTES, os.SEEK_END)
    return bool(int.from_bytes(stream.read(4), "little") != file.metadata.serialized_size)


def _readable_columns(file: "pq.ParquetFile") -> list[int]:
    return [index for index in range(len(file.schema)) if _is_readable(file, file.schema.column(index).path)]


def _is_readable(file: "pq.ParquetFile", path: str) -> bool:
    try:
        next(file.iter_batches(batch_size=1, columns=[path], use_threads=False), None)
    except broken() as error:
        return reason(error) is not Reason.ENCRYPTED
    return True


def _has_few_strings(file: "pq.ParquetFile", index: int) -> bool:
    column = file.schema.column(index)
    if column.physical_type != "BYTE_ARRAY" or column.logical_type.type == "DECIMAL":
        return False
    chunks = [file.metadata.row_group(number).column(index) for number in range(min(file.num_row_groups, _JUDGED_GROUPS))]
    size = sum(chunk.total_uncompressed_size for chunk in chunks)
    values = sum(chunk.num_values for chunk in chunks)
    if size > max(_DICTIONARY_BYTES * len(chunks), _DICTIONARY_BYTES_A_VALUE * values):
        return False
    return bool(sum(map(_data_bytes, chunks)) <= _PAGE_BYTES * len(chunks) + _INDEX_BYTES * values)


def _data_bytes(chunk: "pq.ColumnChunkMetaData") -> int:
    """Compressed bytes of a chunk without its dictionary."""
    dictionary = chunk.data_page_offset - chunk.dictionary_page_offset if chunk.dictionary_page_offset else 0
    return int(chunk.total_compressed_size - max(dictionary, 0))
