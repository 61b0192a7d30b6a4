"""Looking at the first bytes of a stream without using them up, whether the stream can seek or not."""

import io
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.readers.budget import MIB, Budget

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD_BYTES: Final = 64 * 1024
REPLAY_BYTES: Final = 8 * MIB


class ReplayStream(io.RawIOBase):
    """`source` with a way back to its first byte as long as no more than `REPLAY_BYTES` were read.

    :param budget: told what is read from `source`; None when `source` is not the object itself
    """

    def __init__(self, source: BinaryIO, budget: Budget | None = None) -> None:
        self._source = source
        self._budget = budget
        self._kept: bytearray | None = bytearray()
        self._at = 0

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Kept bytes first, then those of `source`."""
        view = memoryview(buffer).cast("B")
        if self._kept is not None and self._at < len(self._kept):
            data = bytes(self._kept[self._at : self._at + len(view)])
        else:
            data = self._source.read(len(view))
            self._keep(data)
        self._at += len(data)
        view[: len(data)] = data
        return len(data)

    def _keep(self, data: bytes) -> None:
        if self._budget:
            self._budget.consume(len(data))
        if self._kept is not None:
            self._kept += data
            if len(self._kept) > REPLAY_BYTES:
                self._kept = None

    def replay(self) -> bool:
        """Go back to the first byte; False when it is no longer there."""
        if self._kept is None:
            return False
        self._at = 0
        return True


class Peeked:
    """A stream, the bytes at its head, and the way back to them.

    :ivar stream: at its first byte, wherever it can be read from again
    :ivar head: its first bytes, at most `HEAD_BYTES`
    """

    def __init__(self, source: BinaryIO, budget: Budget | None = None) -> None:
        self._replay = None if source.seekable() else ReplayStream(source, budget)
        self._start = source.tell() if self._replay is None else 0
        self._source = source
        self.stream = self._from_start()
        self.head = _read_fully(self.stream, HEAD_BYTES)
        self.rewind()

    def rewind(self) -> bool:
        """Go back to the first byte; False when that is no longer possible."""
        if self._replay is not None and not self._replay.replay():
            return False
        self.stream = self._from_start()
        return True

    def _from_start(self) -> BinaryIO:
        if self._replay is not None:
            return io.BufferedReader(Unclosed(self._replay), HEAD_BYTES)
        self._source.seek(self._start)
        return self._source


class Unclosed(io.RawIOBase):
    """`raw` for a buffered reader, which would close it when it is thrown away itself."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        """As `raw`."""
        return self._raw.readinto(buffer)


def _read_fully(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    while 0 < len(data) < count and (more := stream.read(count - len(data))):
        data += more
    return data
