"""Records of the parts of a workbook in binary form ([MS-XLSB] 2.1.4), and the values in them (2.5)."""

import struct
from collections.abc import Iterator
from typing import Final

from scanner.readers.xlsx_xml import Source

_CHUNK_BYTES: Final = 256 * 1024
LONGEST_RECORD: Final = 1024 * 1024
"""Bytes; a longer one is passed over. A text of a cell has 32767 characters at most."""
NO_STRING: Final = 0xFFFFFFFF


class BinaryPart:
    """Reads the records of one part.

    :ivar damaged: it ended inside of a record, or one of them was too long
    """

    def __init__(self, stream: Source) -> None:
        self.damaged = False
        self._stream = stream
        self._data = b""
        self._at = 0

    def records(self) -> Iterator[tuple[int, bytes]]:
        """Kind and bytes of each."""
        while True:
            self._fill(6)
            if self._at >= len(self._data):
                return
            kind, size = self._varying(2), self._varying(4)
            if size > LONGEST_RECORD:
                self.damaged = True
                if not self._pass_over(size):
                    return
                continue
            self._fill(size)
            record = self._data[self._at : self._at + size]
            self._at += size
            if len(record) < size:
                self.damaged = True
                return
            yield kind, record

    def _fill(self, count: int) -> None:
        """Have `count` bytes at hand, if there are as many."""
        while len(self._data) - self._at < count:
            more = self._stream.read(max(_CHUNK_BYTES, count))
            if not more:
                return
            self._data, self._at = self._data[self._at :] + more, 0

    def _varying(self, most: int) -> int:
        """A number of seven bits a byte, in at most so many bytes."""
        number = 0
        for index in range(most):
            if self._at >= len(self._data):
                break
            byte = self._data[self._at]
            self._at += 1
            number |= (byte & 0x7F) << 7 * index
            if byte < 0x80:
                break
        return number

    def _pass_over(self, count: int) -> bool:
        """Go on behind so many bytes; False at the end."""
        while count > 0:
            self._fill(1)
            step = min(count, len(self._data) - self._at)
            if not step:
                return False
            self._at += step
            count -= step
        return True


def wide_string(record: bytes, at: int) -> tuple[str, int]:
    """The string at `at`, and the place behind it; empty for none."""
    (count,) = struct.unpack_from("<I", record.ljust(at + 4, b"\0"), at)
    if count == NO_STRING:
        return "", at + 4
    end = at + 4 + 2 * min(count, LONGEST_RECORD)
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def wide_strings(record: bytes, at: int, count: int) -> Iterator[str]:
    """So many strings that follow each other from `at` on, as far as they are there."""
    for _ in range(count):
        if at >= len(record):
            return
        text, at = wide_string(record, at)
        yield text
