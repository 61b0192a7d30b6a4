"""OLE compound files ([MS-CFB]): told apart by their streams, and read where they are of a kind that can be read."""

import importlib
import importlib.util
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.model.segment import ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget

if TYPE_CHECKING:
    from scanner.readers.compound import Compound

HEADER: Final = 512
TABLE_SECTORS: Final = 109  # sector numbers of the allocation table in the header
LAST_SECTOR: Final = 0xFFFFFFFA  # larger numbers are marks, no sectors
DIRECTORY_ENTRY: Final = 128
MAX_DIRECTORY: Final = 4096
"""Sectors of the directory that are looked at; genuine ones have a few."""
ENCRYPTED: Final = frozenset({"EncryptedPackage", "EncryptedSummary", "encryption"})
"""Streams of encrypted documents, [MS-OFFCRYPTO] 2.3."""
KINDS: Final = {
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
    "VisioDocument": "application/vnd.visio",
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "__properties_version1.0": "application/vnd.ms-outlook",
}


READERS: Final = {
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-outlook": "msg",
    "application/vnd.ms-powerpoint": "ppt",
}
"""Modules that read what is inside."""


class _Read(Protocol):
    def __call__(self, compound: "Compound", budget: Budget) -> Iterator[ReaderItem]: ...


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """What is in it. Raises ReadError: ENCRYPTED, or UNSUPPORTED_TYPE with the media type of what is inside or with what is missing."""
    stream = budget.seekable(content.stream)
    names = set(stream_names(stream))
    if names & ENCRYPTED:
        raise ReadError(Reason.ENCRYPTED, "it needs a password")
    kind = next((kind for name, kind in sorted(KINDS.items()) if name in names), content.media_type)
    if kind not in READERS:
        raise ReadError(Reason.UNSUPPORTED_TYPE, kind)
    if importlib.util.find_spec("olefile") is None:
        raise ReadError(Reason.UNSUPPORTED_TYPE, "it cannot be read without the package olefile; install it with `pip install olefile`")
    from scanner.readers.compound import Compound

    module = importlib.import_module(f"scanner.readers.{READERS[kind]}")
    yield from cast("_Read", module.read)(Compound(stream, budget), budget)


def stream_names(stream: BinaryIO) -> Iterator[str]:
    """The names in the directory of a compound file, as far as it is intact."""
    header = stream.read(HEADER)
    if len(header) < HEADER:
        return
    (shift,) = struct.unpack_from("<H", header, 30)
    (sector,) = struct.unpack_from("<I", header, 48)
    if shift not in {9, 12}:
        return
    table = struct.unpack_from(f"<{TABLE_SECTORS}I", header, 76)
    for _ in range(MAX_DIRECTORY):
        if sector > LAST_SECTOR:
            return
        yield from _entry_names(_sector(stream, sector, shift))
        sector = _next_sector(stream, table, sector, shift)


def _sector(stream: BinaryIO, number: int, shift: int) -> bytes:
    stream.seek((number + 1) << shift)
    return stream.read(1 << shift)


def _next_sector(stream: BinaryIO, table: tuple[int, ...], sector: int, shift: int) -> int:
    index, place = divmod(sector, (1 << shift) // 4)
    if index >= len(table) or table[index] > LAST_SECTOR:
        return LAST_SECTOR + 1
    numbers = _sector(stream, table[index], shift)
    return int.from_bytes(numbers[place * 4 : place * 4 + 4], "little") if len(numbers) > place * 4 else LAST_SECTOR + 1


def _entry_names(directory: bytes) -> Iterator[str]:
    for at in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        if 2 <= length <= 64:
            yield directory[at : at + length - 2].decode("utf-16-le", "replace")
