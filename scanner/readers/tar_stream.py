"""Reading a tar file forward: blocks, and the data behind a header."""

import io
from typing import TYPE_CHECKING, BinaryIO

from scanner.readers.budget import MIB
from scanner.readers.tar_header import BLOCK

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class TarInput:
    """The archive's bytes, read forward only.

    :ivar truncated: whether it ended although more had to come
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.truncated = False

    def block(self) -> bytes:
        """The next block; nothing at the end of the archive."""
        data = self._stream.read(BLOCK)
        return data + self.exactly(BLOCK - len(data)) if data else b""

    def some(self, count: int) -> bytes:
        """At least one and at most `count` bytes; nothing where the archive is truncated."""
        data = self._stream.read(count)
        self.truncated = self.truncated or (not data and count > 0)
        return data

    def exactly(self, count: int) -> bytes:
        """The next `count` bytes, fewer where the archive is truncated."""
        data = b""
        while len(data) < count and (more := self.some(count - len(data))):
            data += more
        return data

    def skip(self, count: int) -> None:
        """Pass over `count` bytes."""
        while count > 0 and (data := self.some(min(count, MIB))):
            count -= len(data)


class TarData(io.RawIOBase):
    """The data of one member: `size` bytes, and the padding behind them."""

    def __init__(self, source: TarInput, size: int) -> None:
        self._source = source
        self._left = size
        self._padding = -size % BLOCK

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """The next bytes; 0 at the end of the member or of the archive."""
        view = memoryview(buffer).cast("B")
        data = self._source.some(min(len(view), self._left)) if self._left else b""
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def finish(self) -> None:
        """Pass over what was not read."""
        if not self._source.truncated:
            self._source.skip(self._left + self._padding)
        self._left = self._padding = 0
