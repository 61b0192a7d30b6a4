"""Apache ORC: stripe by stripe, one column of it at a time, nested types taken apart into their columns.

https://orc.apache.org/specification/ORCv1/
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from scanner.errors import ReadError
from scanner.model.outcome import Problem
from scanner.model.segment import ReaderItem
from scanner.readers.arrow_checked import check_names, slices
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.orc_footer import read_footer
from scanner.readers.parquet_columns import BatchPlace, flat_columns, holds_something
from scanner.readers.parquet_open import broken, reason

if TYPE_CHECKING:
    import pyarrow as pa


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of all stripes.

    A value that is repeated takes few bytes in the file and all of them in memory, so what comes out counts against the budget.
    What is damaged costs a column of its stripe. Raises ReadError when nothing can be read.
    """
    file = _Opened(budget.seekable(content.stream))
    # Runs of numbers take no bytes for each row.
    budget.expand(sum(file.stripe_rows))
    row = 0
    for stripe, count in enumerate(file.stripe_rows):
        for batch in file.columns_of(stripe):
            budget.expand(batch.nbytes)
            for start, piece in slices(batch):
                yield from flat_columns(piece, BatchPlace(row + start))
        row += count
    yield from file.problems()


class _Opened:
    """An ORC file in `stream`, which can seek.

    Raises ReadError for what is none.

    :ivar stripe_rows: rows of each stripe, as it says itself
    """

    def __init__(self, stream: BinaryIO) -> None:
        from pyarrow import orc

        self.stripe_rows = read_footer(stream).stripe_rows
        stream.seek(0)
        try:
            self._file = orc.ORCFile(stream)
            check_names(self._file.schema)
            names = [field.name for field in self._file.schema if holds_something(field.type)]
        except broken() as error:
            raise ReadError(reason(error), "its footer cannot be read") from None
        self._groups: list[list[str] | None] = [None] if _are_ambiguous(names) else [[name] for name in names]
        self._damage: dict[int, Exception] = {}
        self._is_read = False

    def columns_of(self, stripe: int) -> "Iterator[pa.RecordBatch]":
        """The columns of a stripe that can be read, one by one."""
        for names in self._groups:
            try:
                batch = self._file.read_stripe(stripe, columns=names)
            except broken() as error:
                self._damage.setdefault(stripe, error)
                continue
            self._is_read = True
            yield batch

    def problems(self) -> Iterator[Problem]:
        """What could not be read; raises ReadError when that is everything."""
        if not self._damage:
            return
        number, error = next(iter(self._damage.items()))
        if not self._is_read:
            raise ReadError(reason(error), "none of its stripes can be read")
        detail = f"{len(self._damage)} of {len(self.stripe_rows)} stripes cannot be read to the end, the first is number {number + 1}"
        yield Problem(reason(error), detail)


def _are_ambiguous(names: list[str]) -> bool:
    """Whether columns cannot be asked for by their names, but only all of them.

    Some have the same, or a dot in it, which Arrow (version 26) takes for a path: a column `a.b` beside a struct `a` is all nulls.
    """
    return len(set(names)) < len(names) or any("." in name for name in names)
