"""Records of old binary workbooks ([MS-XLS] 2.1.4), and the strings in them (2.5.293 and on)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CONTINUE: Final = 0x3C
_HEAD: Final = struct.Struct("<HH")
_WIDE, _SPOKEN, _RICH = 0x01, 0x04, 0x08
"""Flags of a string: characters of two bytes, how it is pronounced, fonts of its runs."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record with those that continue it.

    :param at: where it begins in the stream
    :param pieces: its bytes, and those of each record that continues it
    """

    kind: int
    at: int
    pieces: list[bytes]

    @property
    def data(self) -> bytes:
        """Its own bytes."""
        return self.pieces[0]


def records(stream: bytes) -> Iterator[Record]:
    """The records of `stream`, as far as they are whole."""
    at, size = 0, len(stream)
    held: Record | None = None
    while at + _HEAD.size <= size:
        kind, length = _HEAD.unpack_from(stream, at)
        data = stream[at + _HEAD.size : at + _HEAD.size + length]
        if kind == CONTINUE and held:
            held.pieces.append(data)
        else:
            if held:
                yield held
            held = Record(kind, at, [data])
        at += _HEAD.size + length
    if held:
        yield held


class Cursor:
    """Reads values from a record, on into those that continue it; what is missing at the end reads as zeros and empty texts.

    :param page: code page of strings of one byte a character; empty where strings tell how they are written (from Excel 97 on)
    """

    def __init__(self, pieces: list[bytes], page: str = "", at: int = 0) -> None:
        self._pieces = pieces
        self._page = page
        self._index, self._at = 0, at

    @property
    def is_over(self) -> bool:
        """Whether nothing is left."""
        return self._index >= len(self._pieces) or (self._index == len(self._pieces) - 1 and self._at >= len(self._pieces[-1]))

    def number(self, width: int) -> int:
        """An integer of so many bytes, without sign."""
        return int.from_bytes(self._bytes(width), "little")

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count > 0 and self._index < len(self._pieces):
            step = min(count, len(self._pieces[self._index]) - self._at)
            count -= step
            self._at += step
            if count:
                self._next()

    def string(self, width: int = 2) -> str:
        """A string whose length takes `width` bytes."""
        count = self.number(width)
        if self._page:
            return self._bytes(count).decode(self._page, "replace")
        flags = self.number(1)
        runs = self.number(2) if flags & _RICH else 0
        spoken = self.number(4) if flags & _SPOKEN else 0
        text = self.characters(count, wide=bool(flags & _WIDE))
        self.skip(4 * runs + spoken)
        return text

    def characters(self, count: int, *, wide: bool) -> str:
        """So many characters. Where a record ends among them the next one says anew how wide they are."""
        found: list[str] = []
        while count and self._index < len(self._pieces):
            left = len(self._pieces[self._index]) - self._at
            step = min(count, left // 2 if wide else left)
            data = self._bytes(step * (2 if wide else 1))
            found.append(data.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            count -= step
            if count:
                self._next()
                wide = bool(self.number(1) & _WIDE) if self._index < len(self._pieces) else wide
        # Halves of a character beyond the first plane may stand in two records.
        return "".join(found).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _bytes(self, count: int) -> bytes:
        found = b""
        while self._index < len(self._pieces):
            more = self._pieces[self._index][self._at : self._at + count - len(found)]
            self._at += len(more)
            found += more
            if len(found) == count:
                break
            self._next()
        return found

    def _next(self) -> None:
        self._index += 1
        self._at = 0


def rk(number: int) -> float:
    """A number in the short form that workbooks have for it ([MS-XLS] 2.5.217).

    >>> rk(0x00000015 << 2 | 2), rk(0x3FF00001), rk(1234 << 2 | 3)
    (21.0, 0.01, 12.34)
    """
    if number & 2:
        whole = number >> 2
        value = float(whole - (1 << 30) if whole >> 29 else whole)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))
    return value / 100 if number & 1 else value
