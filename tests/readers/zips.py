"""Zip files made by hand, for what `zipfile` does not write."""

import struct
import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """A member.

    :param data: as it stands in the file
    :param plain: what its CRC and size are of; None for `data`
    :param name: bytes as they stand in the file
    """

    name: bytes
    data: bytes
    plain: bytes | None = None
    method: int = 0
    flags: int = 0
    extra: bytes = b""

    @property
    def crc(self) -> int:
        return zlib.crc32(self.data if self.plain is None else self.plain)

    @property
    def size(self) -> int:
        return len(self.data if self.plain is None else self.plain)


def deflated(name: bytes, plain: bytes) -> Made:
    compressor = zlib.compressobj(9, wbits=-15)
    return Made(name, compressor.compress(plain) + compressor.flush(), plain, method=8)


def local(made: Made) -> bytes:
    """Local header and data; sizes behind the data where flag bit 3 says so."""
    sizes = (0, 0, 0) if made.flags & 8 else (made.crc, len(made.data), made.size)
    header = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, made.flags, made.method, 0, 0, *sizes, len(made.name), len(made.extra))
    behind = struct.pack("<4sIII", b"PK\7\x08", made.crc, len(made.data), made.size) if made.flags & 8 else b""
    return header + made.name + made.extra + made.data + behind


def central(made: Made, offset: int, *, compressed: int | None = None, crc: int | None = None) -> bytes:
    packed = len(made.data) if compressed is None else compressed
    fields = (20, 20, made.flags, made.method, 0, 0, made.crc if crc is None else crc, packed, made.size)
    lengths = (len(made.name), len(made.extra), 0, 0, 0, 0, offset)
    return struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", *fields, *lengths) + made.name + made.extra


def end(count: int, length: int, offset: int) -> bytes:
    return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), length, offset, 0)


def archive(*members: Made) -> bytes:
    """A zip file as it should be."""
    body, directory = b"", b""
    for made in members:
        directory += central(made, len(body))
        body += local(made)
    return body + directory + end(len(members), len(directory), len(body))


def archive64(made: Made) -> bytes:
    """A zip64 file whose central directory has sizes and offset only in the extra field."""
    body = local(made)
    extra = struct.pack("<HHQQQ", 1, 24, made.size, len(made.data), 0)
    header = struct.pack("<4sHHHHHHIII", b"PK\1\2", 45, 45, made.flags, made.method, 0, 0, made.crc, 0xFFFFFFFF, 0xFFFFFFFF)
    directory = header + struct.pack("<HHHHHII", len(made.name), len(extra), 0, 0, 0, 0, 0xFFFFFFFF) + made.name + extra
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(directory), len(body))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(body) + len(directory), 1)
    last = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return body + directory + record + locator + last
