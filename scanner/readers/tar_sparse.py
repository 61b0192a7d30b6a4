"""Sparse files in tar: only their data are stored, with a map of where they belong (GNU tar manual, "Storing Sparse Files")."""

import io
from typing import TYPE_CHECKING, Final

from scanner.readers.budget import Budget
from scanner.readers.tar_header import BLOCK, TarHeader, number
from scanner.readers.tar_pax import Extension
from scanner.readers.tar_stream import TarData, TarInput

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Regions = tuple[tuple[int, int], ...]

OLD_GNU: Final = b"S"
OLD_START: Final = 386
OLD_REGIONS: Final = 4
OLD_EXTENDED: Final = 482
OLD_SIZE: Final = slice(483, 495)
MORE_REGIONS: Final = 21
MORE_EXTENDED: Final = 504
MAX_REGIONS: Final = 1_000_000


class SparseStream(io.RawIOBase):
    """A sparse file with its holes as zeros, which cost budget as other expanded bytes do.

    :param regions: (offset, length) of the data that `data` holds one after the other
    :param size: bytes of the whole file
    """

    def __init__(self, data: TarData, regions: Regions, size: int, budget: Budget) -> None:
        self._data = data
        self._regions = [*regions, (size, 0)]
        self._budget = budget
        self._region = 0
        self._at = 0

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """The next bytes of a region or of a hole; 0 at the end."""
        view = memoryview(buffer).cast("B")
        while self._region < len(self._regions):
            offset, length = self._regions[self._region]
            if self._at < offset:
                return self._hole(view[: offset - self._at])
            if left := offset + length - self._at:
                return self._stored(view[:left])
            self._region += 1
        return 0

    def _hole(self, view: memoryview) -> int:
        self._budget.expand(len(view))
        view[:] = bytes(len(view))
        self._at += len(view)
        return len(view)

    def _stored(self, view: memoryview) -> int:
        count = self._data.readinto(view)
        self._at += count
        if not count:
            self._region = len(self._regions)
        return count


def sparse_stream(data: TarData, header: TarHeader, extension: Extension, old: Regions | None, budget: Budget) -> SparseStream | None:
    """The member as a sparse file; None where it is none or its map makes no sense.

    :param old: the map of an old GNU header
    """
    size = extension.number("GNU.sparse.realsize") or extension.number("GNU.sparse.size")
    regions: Regions | None = extension.regions or _mapped(extension.records.get("GNU.sparse.map", b""))
    if extension.number("GNU.sparse.major") == 1:
        regions = _leading_map(data)
    elif old is not None:
        regions, size = old, number(header.block[OLD_SIZE])
    if not regions or size is None or not _is_sane(regions, size):
        return None
    return SparseStream(data, regions, size, budget)


def old_map(header: TarHeader, source: TarInput) -> Regions | None:
    """The map in an old GNU header and the blocks behind it; None for any other header."""
    if header.kind != OLD_GNU:
        return None
    regions = _pairs(header.block[OLD_START:], OLD_REGIONS)
    more = header.block[OLD_EXTENDED]
    while more and len(regions) < MAX_REGIONS and len(block := source.block()) == BLOCK:
        regions += _pairs(block, MORE_REGIONS)
        more = block[MORE_EXTENDED]
    return tuple(regions)


def _pairs(fields: bytes, count: int) -> list[tuple[int, int]]:
    found = []
    for at in range(0, count * 24, 24):
        offset, length = number(fields[at : at + 12]), number(fields[at + 12 : at + 24])
        if fields[at : at + 24].strip(b"\0") and offset is not None and length is not None:
            found.append((offset, length))
    return found


def _mapped(text: bytes) -> Regions:
    numbers = [int(part) for part in text.split(b",") if part.isdigit()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def _leading_map(data: TarData) -> Regions | None:
    """The map of format 1.0: decimal lines in the first blocks of the data, the count of regions first."""
    lines: list[bytes] = []
    rest = b""
    while not lines or not lines[0].isdigit() or len(lines) < 1 + 2 * min(int(lines[0]), MAX_REGIONS):
        block = bytearray(BLOCK)
        if data.readinto(block) != BLOCK:
            return None
        *complete, rest = (rest + bytes(block)).split(b"\n")
        lines += complete
        if lines and not lines[0].isdigit():
            return None
    numbers = [int(line) for line in lines[1 : 1 + 2 * int(lines[0])] if line.isdigit()]
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def _is_sane(regions: Regions, size: int) -> bool:
    end = 0
    for offset, length in regions:
        if offset < end or length < 0:
            return False
        end = offset + length
    return end <= size
