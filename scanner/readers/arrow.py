"""Arrow IPC, as streams and as files (which is also Feather, version 2): batch by batch, from front to back.

The directory at the end of the file form is not needed, so that files without their end are read as far as they go, and members
of archives without being held.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers import arrow_messages
from scanner.readers.arrow_checked import check_names, checked, slices
from scanner.readers.arrow_messages import Message, Messages
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.parquet_columns import BatchPlace, flat_columns
from scanner.readers.parquet_open import broken, reason

if TYPE_CHECKING:
    import pyarrow as pa


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The columns of all batches.

    What is wrong with one batch leaves the others readable: its rows are counted and passed over. Raises ReadError where there
    is no schema, where no batch can be read, where it ends too soon, and where dictionaries take too much memory.
    """
    messages = Messages(content.stream, budget.limits.memory_bytes)
    batches = _Batches(messages, budget)
    try:
        for row, batch in batches:
            for start, piece in slices(batch):
                yield from flat_columns(piece, BatchPlace(row + start))
        ending = messages.ending()
    except ReadError:
        yield from batches.problems()
        raise
    if not batches.read:
        batches.refuse()
    yield from batches.problems()
    if ending:
        yield Problem(Reason.MALFORMED, ending)


class _Batches:
    """The batches that can be read, each with its first row; what cannot be read is gathered.

    :ivar read: how many could be
    """

    def __init__(self, messages: Messages, budget: Budget) -> None:
        self._messages = messages
        self._budget = budget
        self.read = 0
        self._count = 0
        self._bad: dict[Reason, list[int]] = {}
        self._dictionaries: dict[int, int] = {}
        self._waiting = 0

    def __iter__(self) -> "Iterator[tuple[int, pa.RecordBatch]]":
        feed = _Feed()
        reader, row = self._opened(feed), 0
        while message := self._messages.next():
            if message.kind == arrow_messages.DICTIONARY:
                self._hold(message)
                feed.add(message.data or b"")
            if message.kind != arrow_messages.BATCH:
                continue
            self._count += 1
            batch = self._batch(reader, feed, message)
            if batch is not None:
                self.read += 1
                yield row, batch
            row += message.weight.rows

    def problems(self) -> Iterator[Problem]:
        """What could not be read."""
        for why, numbers in self._bad.items():
            detail = f"{len(numbers)} of {self._count} batches cannot be read to the end, the first is number {numbers[0]}"
            yield Problem(why, detail)

    def refuse(self) -> None:
        """Raises ReadError if there is a batch, where none of them could be read."""
        for why in self._bad:
            raise ReadError(why, f"none of its {self._count} batches can be read")

    def _opened(self, feed: "_Feed") -> "pa.ipc.RecordBatchStreamReader":
        import pyarrow as pa

        message = self._messages.next()
        if message is None or message.data is None or message.kind != arrow_messages.SCHEMA:
            raise ReadError(Reason.MALFORMED, "it has no schema")
        feed.add(message.data)
        try:
            reader = pa.ipc.open_stream(pa.PythonFile(feed, mode="r"), options=pa.ipc.IpcReadOptions(use_threads=False))
            check_names(reader.schema)
        except broken() as error:
            raise ReadError(reason(error), "its schema cannot be read") from None
        return reader

    def _hold(self, message: Message) -> None:
        """Count a dictionary, which stays until another takes its place; those before a batch are all read with it."""
        weight = message.weight
        size = weight.body + weight.expanded
        held = self._dictionaries.get(weight.dictionary or 0, 0) if weight.adds else 0
        self._dictionaries[weight.dictionary or 0] = held + size
        self._waiting += size
        if message.data is None or max(sum(self._dictionaries.values()), self._waiting) > self._budget.limits.memory_bytes:
            raise ReadError(Reason.BUDGET_MEMORY, f"its dictionaries take more than {self._budget.limits.memory_bytes} bytes of memory")
        self._budget.expand(weight.expanded)

    def _batch(self, reader: "pa.ipc.RecordBatchStreamReader", feed: "_Feed", message: Message) -> "pa.RecordBatch | None":
        """The batch in `message`; None when nothing of it can be read."""
        if message.data is None or message.weight.expanded > self._budget.limits.memory_bytes:
            self._note(Reason.BUDGET_MEMORY)
            return None
        # Runs and nulls are rows that take no bytes.
        self._budget.expand(message.weight.expanded + message.weight.rows)
        feed.add(message.data)
        self._waiting = 0
        try:
            sound, has_lost = checked(reader.read_next_batch())
        except StopIteration:
            self._note(Reason.MALFORMED)
            return None
        except broken() as error:
            self._note(reason(error))
            return None
        finally:
            feed.clear()
        if has_lost:
            self._note(Reason.MALFORMED)
        return sound

    def _note(self, why: Reason) -> None:
        self._bad.setdefault(why, []).append(self._count)


class _Feed(io.RawIOBase):
    """A stream of the bytes that were given to it so far."""

    def __init__(self) -> None:
        self._pieces: list[memoryview] = []

    def add(self, data: bytes) -> None:
        """To be read behind what is there."""
        self._pieces.append(memoryview(data))

    def clear(self) -> None:
        """Nothing is left to be read."""
        self._pieces = []

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, as many as there are."""
        taken = []
        while self._pieces and size:
            piece = self._pieces.pop(0)
            if 0 <= size < len(piece):
                self._pieces.insert(0, piece[size:])
                piece = piece[:size]
            taken.append(piece)
            size -= len(piece)
        return b"".join(taken)
