"""Streams in windows of a few MiB that end where a record ends, so that memory is bounded whatever the size."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol, cast

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import MIB
from scanner.readers.encoding import Encoding
from scanner.readers.lines import LineEnds

WINDOW_BYTES: Final = 4 * MIB
TEXT_WINDOW_BYTES: Final = 2 * MIB
"""Of text and JSON documents: as fast as with larger ones, and what is done to a text takes ten times its size in memory."""
LONGEST_RECORD_BYTES: Final = 16 * MIB
"""A record that is longer is read in pieces, as text."""
_STEP_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Window:
    """Bytes of whole records.

    :param offset: of `data[0]` in the object
    :param data: valid until the next window is asked for
    :param last: nothing follows it in the object
    """

    offset: int
    data: memoryview
    last: bool


class Cut(Protocol):
    """Says how much of the bytes at hand are whole records."""

    @property
    def ends(self) -> LineEnds:
        """What ends a record, unless it is cut for its length."""

    def __call__(self, held: bytearray, size: int, stop: int, *, last: bool) -> int:
        """Bytes up to the first border at or after `stop`, else up to the last border; 0 for none.

        :param held: begins with a record
        :param size: only so many bytes of `held` are valid
        :param last: nothing follows them, so that their end is a border
        """


class _Readable(Protocol):
    """What binary streams have and `typing.BinaryIO` forgot."""

    def readinto(self, buffer: memoryview, /) -> int | None: ...


class Held:
    """The bytes of a stream that were read and not yet used, in one buffer that is used again and again.

    :param stream: is read from where it is
    :param begin: bytes that were read from it before
    """

    def __init__(self, stream: BinaryIO, begin: bytes = b"") -> None:
        self._stream = stream
        self.data = bytearray(begin)
        self.size = len(begin)
        self.last = False

    def read(self, count: int) -> None:
        """Add up to `count` bytes, the more the larger the buffer already is; sets `last` when none are left."""
        count = min(count, max(len(self.data) - self.size, self.size, _STEP_BYTES))
        if len(self.data) < self.size + count:
            self.data = self.data[: self.size] + bytearray(count)
        got = self._fill(memoryview(self.data)[self.size : self.size + count])
        self.size += got
        self.last = got == 0

    def drop(self, count: int) -> None:
        """Forget the first `count` bytes."""
        self.data[: self.size - count] = self.data[count : self.size]
        self.size -= count

    def _fill(self, free: memoryview) -> int:
        if hasattr(self._stream, "readinto"):
            return cast("_Readable", self._stream).readinto(free) or 0
        fresh = self._stream.read(len(free))
        free[: len(fresh)] = fresh
        return len(fresh)


def windows(held: Held, span: ByteRange, cut: Cut, window_bytes: int = WINDOW_BYTES) -> Iterator[Window]:
    """The records that start in `span`. One that is cut for its length goes on in the next window, also behind the span.

    :param held: begins at `span.start`
    :param window_bytes: of a window, unless a single record has more
    """
    offset, in_record = span.start, False
    while offset < span.end or in_record:
        while not held.last and held.size < min(window_bytes, max(span.end - offset, 1)):
            held.read(min(window_bytes - held.size, max(span.end - offset - held.size, _STEP_BYTES)))
        if not held.size:
            return
        size = _cut(held, span.end - offset, cut, window_bytes)
        if size:
            yield Window(offset, memoryview(held.data)[:size], held.last and size == held.size)
        in_record = not cut.ends.at(held.data, size)
        held.drop(size)
        offset += size


def _cut(held: Held, stop: int, cut: Cut, shown: int) -> int:
    """Where to cut, within the first `shown` bytes if there is a border in them; reads on until there is one."""
    while True:
        size = min(shown, held.size)
        last = held.last and size == held.size
        place = cut(held.data, size, stop, last=last)
        if place or last:
            return place
        if size == held.size:
            held.read(max(held.size, 1))
        shown *= 2


def whole_span(content: Content) -> ByteRange:
    """The bytes in which the records start that are to be read."""
    return content.part or ByteRange(0, sys.maxsize)


def aligned(stream: BinaryIO, span: ByteRange, encoding: Encoding, ends: LineEnds) -> int:
    """The first line start in `span`, where `stream` is left; the end of `span` if no line starts in it.

    Raises ReadError (IO_ERROR) when `stream` cannot seek.
    """
    if span.start == 0:
        return 0
    if not stream.seekable():
        raise ReadError(Reason.IO_ERROR, "it cannot be read in parts, since its stream cannot seek")
    place = -(-span.start // encoding.unit) * encoding.unit - encoding.unit
    stream.seek(place)
    held, found = Held(stream), 0
    while not found and not held.last and place < span.end:
        if held.size > 2 * encoding.unit:
            place += held.size - 2 * encoding.unit
            held.drop(held.size - 2 * encoding.unit)
        held.read(_STEP_BYTES)
        found = ends.after(held.data, held.size, encoding.unit, last=held.last)
    if not found or place + found >= span.end:
        return span.end
    return stream.seek(place + found)
