"""Apache Parquet: row groups in batches, nested types taken apart into their columns."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, Extent, ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.parquet_batches import column_batches
from scanner.readers.parquet_columns import BatchPlace, flat_columns
from scanner.readers.parquet_open import OpenedFile, broken, open_file, reason

if TYPE_CHECKING:
    import pyarrow as pa


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of all row groups, or of those that begin in `content.part`.

    Columns are read few at a time, row group by row group; where one of them is damaged, they are left from there on. Raises
    ReadError when nothing at all can be read, but not for a part, behind which others may be whole: their rows count on from
    those that the footer names. Columns of which the footer tells that nothing could be found in them are not read.
    """
    opened = open_file(budget.seekable(content.stream))
    groups = opened.groups(content.part)
    slices = column_batches(opened, content.may_hold)
    row, read_rows = 0, 0
    damage: dict[int, Exception] = {}
    for number in groups:
        for batches in slices:
            start = row
            try:
                for batch in batches.of(number):
                    yield from _columns(batch, start)
                    start, read_rows = start + batch.num_rows, read_rows + batch.num_rows
            except broken() as error:
                damage.setdefault(number, error)
        row += opened.file.metadata.row_group(number).num_rows
    if damage and not read_rows and content.part is None:
        raise ReadError(reason(next(iter(damage.values()))), "its data pages cannot be read")
    yield from _problems(opened, damage)
    if content.part is not None:
        yield Extent(content.part.start, content.part.end, row)


def _problems(opened: OpenedFile, damage: dict[int, Exception]) -> Iterator[Problem]:
    if damage:
        number, error = next(iter(damage.items()))
        detail = f"{len(damage)} of {opened.file.num_row_groups} row groups cannot be read to the end, the first is number {number + 1}"
        yield Problem(reason(error), detail)
    if opened.encrypted:
        yield Problem(Reason.ENCRYPTED, f"{opened.encrypted} of {len(opened.file.schema)} columns are encrypted")


def _columns(batch: "pa.RecordBatch", row: int) -> Iterator[ColumnSegment]:
    return flat_columns(batch, BatchPlace(row))
