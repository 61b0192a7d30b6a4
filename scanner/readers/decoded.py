"""A stream of what a compressed stream holds, decoded as it is read; never whole in memory, never on disk."""

import io
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Budget
from scanner.readers.decoders import ERRORS, Decoder, MakeDecoder

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

INPUT_BYTES: Final = 64 * 1024
OUTPUT_BYTES: Final = 32 * 1024
RETAINED_BYTES: Final = MIB
SALVAGE_FEED: Final = 16
TRUNCATED: Final = "it ends too early"
CORRUPT: Final = "its compressed data are damaged"
TRAILING: Final = "bytes that are not compressed data follow it"


class Source(Protocol):
    """Where compressed bytes come from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class DecodedStream(io.RawIOBase):
    """The decoded bytes of `source`. It ends where the damage begins, and `damage` then says what it is.

    A decoder that meets damage throws away what it decoded in that call. As long as a frame has less than
    `RETAINED_BYTES` of input, it is decoded again in tiny steps to get at those bytes too; later at most
    `OUTPUT_BYTES` right before the damage are lost.

    :ivar damage: why it ended, empty when it ended well; known once it ended
    :param make: makes a decoder for each frame
    :param frames: how many frames may follow each other; None for any number
    """

    def __init__(self, source: Source, make: MakeDecoder, budget: Budget, *, frames: int | None = None) -> None:
        self.damage = ""
        self._source = source
        self._make = make
        self._budget = budget
        self._frames_left = frames
        self._pending = b""
        self._taken = 0
        self._salvaged = b""
        self._ended = False
        self._start_frame()

    def _start_frame(self) -> None:
        self._decoder: Decoder = self._make()
        self._retained: bytearray | None = bytearray()
        self._frame_output = 0

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Decode into `buffer`; 0 at the end or at the damage."""
        view = memoryview(buffer).cast("B")
        data = self._decode(min(len(view), OUTPUT_BYTES))
        view[: len(data)] = data
        return len(data)

    def _decode(self, length: int) -> bytes:
        data = b""
        while not data and not self._ended:
            try:
                data = self._step(length)
            except ERRORS as error:
                _refuse_hunger(error)
                self._salvaged = self._salvage()
                self._end(CORRUPT)
        if not data:
            data, self._salvaged = self._salvaged[:length], self._salvaged[length:]
        if data:
            self._budget.expand(len(data))
        return data

    def _step(self, length: int) -> bytes:
        if self._decoder.eof:
            self._next_frame()
            return b""
        fed = b""
        if self._decoder.needs_input:
            fed = self._take()
            if not fed:
                self._end(TRUNCATED)
                return b""
            self._retain(fed)
        data = self._decoder.decompress(fed, length)
        self._frame_output += len(data)
        return data

    def _take(self) -> bytes:
        taken, self._pending = self._pending or self._read_source(), b""
        return taken

    def _read_source(self) -> bytes:
        data = self._source.read(INPUT_BYTES)
        self._taken += len(data)
        return data

    @property
    def consumed(self) -> int:
        """Bytes of `source` that belong to the frames; known once it ended well."""
        return self._taken - len(self._pending)

    def _retain(self, fed: bytes) -> None:
        if self._retained is not None:
            self._retained += fed
            if len(self._retained) > RETAINED_BYTES:
                self._retained = None

    def _end(self, damage: str) -> None:
        self._ended = True
        self.damage = damage

    def _next_frame(self) -> None:
        self._pending = self._decoder.unused_data
        if self._frames_left is not None:
            self._frames_left -= 1
            if self._frames_left <= 0:
                self._end("")
                return
        # gzip and xz may be padded with zeros: gzip(1), section 2.2 of the xz format.
        while not self._pending.strip(b"\0"):
            self._pending = self._read_source()
            if not self._pending:
                self._end("")
                return
        self._pending = self._pending.lstrip(b"\0")
        self._start_frame()
        self._check_frame()

    def _check_frame(self) -> None:
        """End here when what follows the last frame is no frame at all, as decoders tell from the first bytes."""
        while len(self._pending) < SALVAGE_FEED and (more := self._read_source()):
            self._pending += more
        try:
            self._make().decompress(self._pending[:SALVAGE_FEED], 1)
        except ERRORS:
            self._end(TRAILING)

    def _salvage(self) -> bytes:
        decoder, output = self._make(), bytearray()
        retained = bytes(self._retained or b"")
        try:
            for at in range(0, len(retained), SALVAGE_FEED):
                fed = retained[at : at + SALVAGE_FEED]
                while fed or not (decoder.needs_input or decoder.eof):
                    output += decoder.decompress(fed, OUTPUT_BYTES)
                    fed = b""
        except ERRORS:
            pass
        return bytes(output[self._frame_output :])


def _refuse_hunger(error: Exception) -> None:
    """Raise BUDGET_MEMORY if the decoder says, as lzma and zstd do, that it is not corrupt but wants too much memory."""
    if "memory" in str(error).lower():
        raise ReadError(Reason.BUDGET_MEMORY, "decoding it takes too much memory") from error


def buffered(stream: io.RawIOBase) -> BinaryIO:
    """`stream` with the buffering that readers expect."""
    return io.BufferedReader(stream, 256 * 1024)
