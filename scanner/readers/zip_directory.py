"""What a zip file says it holds: its central directory, or the local headers where that is damaged (APPNOTE.TXT 6.3).

Sizes and offsets come from the file and are checked where they are used, never trusted.
"""

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import Budget

LOCAL: Final = b"PK\x03\x04"
CENTRAL: Final = b"PK\x01\x02"
END: Final = b"PK\x05\x06"
END64: Final = b"PK\x06\x06"
LOCATOR64: Final = b"PK\x06\x07"
END_BYTES: Final = 22
LOCATOR_BYTES: Final = 20
MAX_COMMENT: Final = 0xFFFF
CENTRAL_BYTES: Final = 46
LOCAL_BYTES: Final = 30
ENCRYPTED: Final = 0x1
SIZE_BEHIND: Final = 0x8
UTF8: Final = 0x800
UNKNOWN32: Final = 0xFFFFFFFF
SIZES64: Final = 0x0001  # extra field, APPNOTE 4.5.3
UNICODE_PATH: Final = 0x7075  # extra field, APPNOTE 4.6.9
SCAN_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class ZipEntry:
    """One member as a header declares it.

    :param offset: of its local header
    :param compressed: bytes of its data; None where they stand behind the data only
    :param size: bytes that should come out; None likewise
    :param crc: CRC-32 of them; None likewise
    """

    name: str
    flags: int
    method: int
    offset: int
    compressed: int | None
    size: int | None
    crc: int | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the central directory lies.

    :param shift: bytes that stand before the archive, e.g. a program that unpacks it
    """

    start: int
    length: int
    shift: int


def is_folder(entry: ZipEntry) -> bool:
    """Whether the entry only says that a folder exists."""
    return entry.name.endswith("/") and not entry.size


def find_directory(stream: BinaryIO) -> Directory | None:
    """The central directory; None where its end record is missing or makes no sense."""
    size = stream.seek(0, os.SEEK_END)
    tail_start = max(0, size - END_BYTES - MAX_COMMENT - LOCATOR_BYTES)
    stream.seek(tail_start)
    tail = stream.read(size - tail_start)
    at = tail.rfind(END)
    if at < 0 or at + END_BYTES > len(tail):
        return None
    length, offset = struct.unpack_from("<II", tail, at + 12)
    end = tail_start + at
    if tail[max(0, at - LOCATOR_BYTES) : at].startswith(LOCATOR64):
        end, length, offset = _zip64(stream, tail_start + at - LOCATOR_BYTES) or (end, length, offset)
    start = end - length
    return Directory(start, length, start - offset) if start >= 0 and offset <= start else None


def _zip64(stream: BinaryIO, locator: int) -> tuple[int, int, int] | None:
    stream.seek(locator + 8)
    (declared,) = struct.unpack("<Q", stream.read(8))
    for place in (declared, locator - 56):  # 56: the record without extensible data, for archives with something before them
        if 0 <= place < locator:
            stream.seek(place)
            record = stream.read(56)
            if record.startswith(END64) and len(record) == 56:
                return place, *struct.unpack_from("<QQ", record, 40)
    return None


def entries(stream: BinaryIO, directory: Directory, *, at_most: int, memory_bytes: int) -> list[ZipEntry]:
    """The first `at_most` entries of the central directory, in order of their offsets.

    Raises ReadError: MALFORMED where a record is no record, BUDGET_MEMORY for a directory of more than `memory_bytes`.
    """
    if directory.length > memory_bytes:
        raise ReadError(Reason.BUDGET_MEMORY, f"its directory has more than {memory_bytes} bytes")
    stream.seek(directory.start)
    records = stream.read(directory.length)
    found: list[ZipEntry] = []
    at = 0
    while at + CENTRAL_BYTES <= len(records) and len(found) < at_most:
        if not records.startswith(CENTRAL, at):
            raise ReadError(Reason.MALFORMED, "its directory is damaged")
        entry, at = _central(records, at, directory.shift)
        found.append(entry)
    return sorted(found, key=lambda entry: entry.offset)


def _central(records: bytes, at: int, shift: int) -> tuple[ZipEntry, int]:
    """The entry whose record stands at `at`, and where the next record stands."""
    flags, method, crc, compressed, size, *lengths, offset = struct.unpack_from("<HH4xIIIHHH8xI", records, at + 8)
    name_end = at + CENTRAL_BYTES + lengths[0]
    extra_end = name_end + lengths[1]
    extra = _extra_fields(records[name_end:extra_end])
    size, compressed, offset = _wide([size, compressed, offset], extra.get(SIZES64, b""))
    name = _name(records[at + CENTRAL_BYTES : name_end], flags, extra)
    return ZipEntry(name, flags, method, offset + shift, compressed, size, crc), extra_end + lengths[2]


def _wide(values: list[int], wide: bytes) -> list[int]:
    """`values` with those that did not fit into 32 bits taken from the zip64 field, which has only these."""
    for index, value in enumerate(values):
        if value == UNKNOWN32 and len(wide) >= 8:
            values[index], wide = int.from_bytes(wide[:8], "little"), wide[8:]
    return values


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    fields: dict[int, bytes] = {}
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        fields.setdefault(kind, extra[4 : 4 + length])
        extra = extra[4 + length :]
    return fields


def _name(raw: bytes, flags: int, extra: dict[int, bytes]) -> str:
    """The name. Many programs write UTF-8 without saying so, which hardly ever happens to be valid by chance."""
    if not flags & UTF8 and len(extra.get(UNICODE_PATH, b"")) > 5:
        raw = extra[UNICODE_PATH][5:]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & UTF8 else raw.decode("cp437")


def local_entry(stream: BinaryIO, offset: int) -> tuple[ZipEntry, int] | None:
    """The entry whose local header stands at `offset`, and where its data start; None if there is none."""
    stream.seek(offset)
    header = stream.read(LOCAL_BYTES)
    if len(header) < LOCAL_BYTES or not header.startswith(LOCAL):
        return None
    flags, method, crc, compressed, size, name_length, extra_length = struct.unpack_from("<HH4xIIIHH", header, 6)
    raw = stream.read(name_length)
    extra = _extra_fields(stream.read(extra_length))
    start = offset + LOCAL_BYTES + name_length + extra_length
    name = _name(raw, flags, extra)
    if flags & SIZE_BEHIND and not compressed:
        return ZipEntry(name, flags, method, offset, None, None, None), start
    size, compressed = _wide([size, compressed], extra.get(SIZES64, b""))
    return ZipEntry(name, flags, method, offset, compressed, size, crc), start


def next_local(stream: BinaryIO, start: int) -> int | None:
    """Where the first local header from `start` on stands."""
    stream.seek(start)
    kept = b""
    while data := stream.read(SCAN_BYTES):
        found = (kept + data).find(LOCAL)
        if found >= 0:
            return start - len(kept) + found
        start += len(data)
        kept = (kept + data)[-3:]
    return None


def list_entries(stream: BinaryIO, budget: Budget) -> list[ZipEntry] | None:
    """What the central directory lists, at most one more than the budget has entries; None where it is damaged."""
    directory = find_directory(stream)
    if directory is None:
        return None
    try:
        return entries(stream, directory, at_most=budget.limits.entries + 1, memory_bytes=budget.limits.memory_bytes)
    except ReadError as error:
        if error.reason is not Reason.MALFORMED:
            raise
        return None
