"""The container that Avro records lie in: a head with their schema, then blocks, each unpacked within the budget.

https://avro.apache.org/docs/1.11.1/specification/#object-container-files
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB, Budget

_MAGIC: Final = b"Obj\x01"
_MARK_BYTES: Final = 16
_LONGEST_HEAD: Final = 16 * MIB
_LONGEST_NUMBER: Final = 10
_CHECKSUM_BYTES: Final = 4
_SNAPPY_RATIO: Final = 64
"""More than this cannot come out of a byte: a copy of 64 bytes takes two or three (format_description.txt of Snappy)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some records.

    :param records: how many it says it has
    :param data: all of them; None where they cannot be unpacked
    """

    records: int
    data: bytes | None


class Blocks:
    """The container in `stream`, which need not be able to seek.

    Raises ReadError (MALFORMED; UNSUPPORTED_TYPE for a codec that is not known).

    :ivar schema: as JSON
    """

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        if self._exactly(len(_MAGIC)) != _MAGIC:
            raise ReadError(Reason.MALFORMED, "it has no head")
        head = self._head()
        self.schema = head.get(b"avro.schema", b"")
        codec = head.get(b"avro.codec", b"null").decode("ascii", "replace")
        if codec not in _CODECS:
            raise ReadError(Reason.UNSUPPORTED_TYPE, "its blocks are packed in a way that is not known")
        self._unpack = _CODECS[codec]
        self._mark = self._exactly(_MARK_BYTES)

    def __iter__(self) -> Iterator[Block]:
        while first := self._stream.read(1):
            records, size = self._number(first), self._number()
            if records < 0 or not 0 <= size <= self._budget.limits.memory_bytes:
                raise ReadError(Reason.MALFORMED, "what should be a block is none")
            packed = self._exactly(size)
            if self._exactly(_MARK_BYTES) != self._mark:
                raise ReadError(Reason.MALFORMED, "the mark behind a block is missing")
            data = self._unpacked(packed)
            # Records of nothing take no bytes.
            self._budget.expand(records + len(data or b""))
            yield Block(records, data)

    def _head(self) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        left = _LONGEST_HEAD
        while count := self._number():
            if count < 0:
                self._number()
            for _ in range(min(abs(count), left)):
                name, value = self._bytes(left), self._bytes(left)
                left -= len(name) + len(value) + 1
                found[name] = value
        return found

    def _bytes(self, most: int) -> bytes:
        length = self._number()
        if not 0 <= length <= most:
            raise ReadError(Reason.MALFORMED, "its head cannot be read")
        return self._exactly(length)

    def _number(self, first: bytes = b"") -> int:
        """A number in zigzag form."""
        value = 0
        for place in range(_LONGEST_NUMBER):
            byte = (first or self._exactly(1))[0]
            first = b""
            value |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
        raise ReadError(Reason.MALFORMED, "what should be a number is none")

    def _exactly(self, count: int) -> bytes:
        pieces, missing = [], count
        while missing and (piece := self._stream.read(min(missing, MIB))):
            pieces.append(piece)
            missing -= len(piece)
        if missing:
            raise ReadError(Reason.MALFORMED, "it ends within a block")
        return b"".join(pieces)

    def _unpacked(self, packed: bytes) -> bytes | None:
        most = self._budget.limits.memory_bytes
        try:
            data = self._unpack(packed, most + 1)
        except (EOFError, OSError, ValueError, lzma.LZMAError, zlib.error):
            return None
        if len(data) > most:
            raise ReadError(Reason.BUDGET_MEMORY, f"a block has more than {most} bytes")
        return data


def _plain(packed: bytes, _most: int) -> bytes:
    return packed


def _deflate(packed: bytes, most: int) -> bytes:
    return zlib.decompressobj(-15).decompress(packed, most)


def _bzip2(packed: bytes, most: int) -> bytes:
    return bz2.BZ2Decompressor().decompress(packed, most)


def _xz(packed: bytes, most: int) -> bytes:
    return lzma.LZMADecompressor(memlimit=most).decompress(packed, most)


def _zstd(packed: bytes, most: int) -> bytes:
    import zstandard

    try:
        with zstandard.ZstdDecompressor().stream_reader(packed) as reader:
            return bytes(reader.read(most))
    except zstandard.ZstdError as error:
        raise ValueError from error


def _snappy(packed: bytes, most: int) -> bytes:
    """Snappy without frames; the length stands before it, and a checksum of what comes out behind it."""
    import pyarrow as pa

    length = 0
    for place, byte in enumerate(packed[:5]):
        length |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            break
    if length > _SNAPPY_RATIO * len(packed):
        raise ValueError("it says it is longer than it can be")
    if length >= most:
        raise ReadError(Reason.BUDGET_MEMORY, f"a block has more than {most - 1} bytes")
    return bytes(pa.Codec("snappy").decompress(packed[:-_CHECKSUM_BYTES], length, asbytes=True))


_CODECS: Final[dict[str, Callable[[bytes, int], bytes]]] = {
    "null": _plain,
    "deflate": _deflate,
    "bzip2": _bzip2,
    "xz": _xz,
    "zstandard": _zstd,
    "snappy": _snappy,
}
