"""What an ORC file says of itself at its end, as far as Arrow cannot be asked: the rows of each stripe, and decimals too wide for it.

Footers are Protocol Buffers, compressed in blocks as the rest of the file is. Arrow (version 26) ends the process for such decimals.

https://orc.apache.org/specification/ORCv1/#file-tail
"""

import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import MIB

_LONGEST_POSTSCRIPT: Final = 256
_MOST_BYTES: Final = 64 * MIB
"""Of a footer."""
_LARGEST_BLOCK: Final = 8 * MIB
_NONE, _ZLIB, _SNAPPY, _LZ4, _ZSTD = 0, 1, 2, 4, 5
_DECIMAL: Final = 14
"""`Type.Kind` in orc_proto.proto."""
_WIDEST_DECIMAL: Final = 38


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands in the footer.

    :param stripe_rows: rows of each stripe
    """

    stripe_rows: tuple[int, ...]


def read_footer(stream: BinaryIO) -> Footer:
    """The footer of the file in `stream`, which can seek. Raises ReadError (MALFORMED)."""
    import pyarrow as pa

    try:
        return _parsed(_footer_bytes(stream))
    except (pa.ArrowException, IndexError, OSError, ValueError, zlib.error):
        raise ReadError(Reason.MALFORMED, "its footer cannot be read") from None


def _footer_bytes(stream: BinaryIO) -> bytes:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(-min(size, _LONGEST_POSTSCRIPT), os.SEEK_END)
    tail = stream.read(_LONGEST_POSTSCRIPT)
    script = dict(_numbers(tail[-1 - tail[-1] : -1]))
    length = script.get(1, 0)
    start = size - 1 - tail[-1] - length
    if start < 0 or length > _MOST_BYTES:
        raise ValueError
    stream.seek(start)
    data = stream.read(length)
    compression = script.get(2, _NONE)
    return data if compression == _NONE else b"".join(_blocks(data, compression, min(script.get(3, 0), _LARGEST_BLOCK)))


def _parsed(footer: bytes) -> Footer:
    rows = []
    for field, value in _fields(footer):
        if field == 3 and isinstance(value, bytes):
            rows.append(dict(_numbers(value)).get(5, 0))
        if field == 4 and isinstance(value, bytes):
            kind = dict(_numbers(value))
            if kind.get(1) == _DECIMAL and kind.get(5, 0) > _WIDEST_DECIMAL:
                raise ValueError
    return Footer(tuple(rows))


def _numbers(message: bytes) -> Iterator[tuple[int, int]]:
    return ((field, value) for field, value in _fields(message) if isinstance(value, int))


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field of a message. Raises IndexError or ValueError for what is none."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        value, at = _varint(message, at) if tag & 7 in {0, 2} else (0, at)
        if tag & 7 == 0:
            yield tag >> 3, value
            continue
        length = {1: 8, 2: value, 5: 4}.get(tag & 7, -1)
        if not 0 <= length <= len(message) - at:
            raise ValueError
        yield tag >> 3, message[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while data[at] & 0x80:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if shift > 63:
            raise ValueError
    return value | data[at] << shift, at + 1


def _blocks(data: bytes, compression: int, most: int) -> Iterator[bytes]:
    """Blocks with a head of three bytes each: the length, and in the lowest bit whether it is stored as it is."""
    at, total = 0, 0
    while at < len(data):
        head = int.from_bytes(data[at : at + 3], "little")
        block = data[at + 3 : at + 3 + (head >> 1)]
        at += 3 + (head >> 1)
        unpacked = block if head & 1 else _unpacked(block, compression, most)
        total += len(unpacked)
        if total > _MOST_BYTES:
            raise ValueError
        yield unpacked


def _unpacked(block: bytes, compression: int, most: int) -> bytes:
    if compression == _ZLIB:
        return zlib.decompressobj(-15).decompress(block, most)
    if compression == _ZSTD:
        import zstandard

        try:
            with zstandard.ZstdDecompressor().stream_reader(block) as reader:
                return bytes(reader.read(most))
        except zstandard.ZstdError:
            raise ValueError from None
    if compression == _SNAPPY:
        import pyarrow as pa

        size, _ = _varint(block, 0)
        return bytes(pa.Codec("snappy").decompress(block, min(size, most), asbytes=True))
    if compression == _LZ4:
        return _lz4(block, most)
    raise ValueError


def _lz4(block: bytes, most: int) -> bytes:
    """A block of LZ4, for which Arrow would have to know how long it becomes.

    https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
    """
    out, at = bytearray(), 0
    while True:
        token, at = block[at], at + 1
        count, at = _lz4_length(block, at, token >> 4)
        out += block[at : at + count]
        at += count
        if at >= len(block):
            return bytes(out)
        distance = int.from_bytes(block[at : at + 2], "little")
        count, at = _lz4_length(block, at + 2, token & 15)
        if not 0 < distance <= len(out) or len(out) + count > most:
            raise ValueError
        for _ in range(count + 4):
            out.append(out[-distance])


def _lz4_length(block: bytes, at: int, length: int) -> tuple[int, int]:
    if length < 15:
        return length, at
    while block[at] == 255:
        length, at = length + 255, at + 1
    return length + block[at], at + 1
