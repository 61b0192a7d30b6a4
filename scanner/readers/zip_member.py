"""The bytes of one member of a zip file."""

import functools
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from scanner.model.outcome import Problem, Reason
from scanner.readers.budget import Budget
from scanner.readers.decoded import DecodedStream, Source
from scanner.readers.decoders import MakeDecoder, StoredDecoder, ZipLzmaDecoder, bz2_decoder, deflate_decoder, xz_decoder, zstd_decoder
from scanner.readers.zip_directory import ENCRYPTED, ZipEntry

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STORED: Final = 0
LZMA: Final = 14
XZ: Final = 95
METHODS: Final[dict[int, MakeDecoder]] = {8: deflate_decoder, 12: bz2_decoder, 20: zstd_decoder, 93: zstd_decoder}
"""Compression methods, APPNOTE 4.4.5."""
WRONG_CRC: Final = "its checksum is wrong"


class Window:
    """`length` bytes of `stream` from where it stands; all that are left for None."""

    def __init__(self, stream: BinaryIO, length: int | None) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the window's end."""
        data = self._stream.read(size if self._left is None else min(size, self._left))
        if self._left is not None:
            self._left -= len(data)
        return data


class CheckedStream(DecodedStream):
    """A decoded stream that holds its CRC-32 against the declared one at its end.

    :param crc: None where it is not known
    """

    def __init__(self, source: Source, make: MakeDecoder, budget: Budget, *, crc: int | None) -> None:
        super().__init__(source, make, budget, frames=1)
        self._declared = crc
        self._crc = 0

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """As DecodedStream; its end is where the checksum is compared."""
        count = super().readinto(buffer)
        if count:
            self._crc = zlib.crc32(memoryview(buffer).cast("B")[:count], self._crc)
        elif not self.damage and self._declared not in (None, self._crc):
            self.damage = WRONG_CRC
        return count


def open_entry(stream: BinaryIO, start: int, entry: ZipEntry, budget: Budget) -> CheckedStream | Problem:
    """A stream of the member whose data start at `start`, or why there is none. `stream` must not be moved while it is read."""
    if entry.flags & ENCRYPTED:
        return problem(entry, "it needs a password", Reason.ENCRYPTED)
    if entry.method == STORED and entry.compressed is None:
        return problem(entry, "its size is not known")
    make = _decoder(entry, budget)
    if make is None:
        return problem(entry, f"zip compression method {entry.method}", Reason.UNSUPPORTED_TYPE)
    stream.seek(start)
    return CheckedStream(Window(stream, entry.compressed), make, budget, crc=entry.crc)


def problem(entry: ZipEntry, detail: str, reason: Reason = Reason.MALFORMED) -> Problem:
    """What is wrong with one member."""
    return Problem(reason, detail, (entry.name,))


def _decoder(entry: ZipEntry, budget: Budget) -> MakeDecoder | None:
    if entry.method == STORED:
        return functools.partial(StoredDecoder, entry.compressed or 0)
    if entry.method == LZMA:
        return functools.partial(ZipLzmaDecoder, entry.size)
    if entry.method == XZ:
        return functools.partial(xz_decoder, budget.limits.memory_bytes)
    return METHODS.get(entry.method)
