"""Where lines end in the bytes of a text: behind LF, CR LF or a lone CR, in whatever encoding."""

from dataclasses import dataclass
from typing import Final

from scanner.readers.encoding import Encoding

Octets = bytes | bytearray
_COUNTED_AT_ONCE: Final = 128 * 1024
"""Fits the first cache of a processor together with what comes out of the comparison."""


@dataclass(frozen=True, slots=True)
class LineEnds:
    """Finds line ends in bytes that begin at a character.

    :param unit: bytes of a code unit
    """

    feed: bytes
    carriage: bytes
    unit: int

    def after(self, data: Octets, size: int, stop: int, *, last: bool) -> int:
        """The first line start at or after `stop` (at least `unit`) that is behind a line end; 0 if none is known.

        :param size: only so many bytes of `data` are looked at
        :param last: nothing follows, so that a CR at the very end is a whole line end
        """
        start = max(stop - self.unit, 0)
        feed = self._find(data, self.feed, start, size)
        carriage = self._find(data, self.carriage, start, feed if feed >= 0 else size)
        if carriage < 0:
            return feed + self.unit if feed >= 0 else 0
        return self._behind(data, size, carriage, last=last)

    def before(self, data: Octets, size: int, bound: int, *, last: bool) -> int:
        """The last line start at or before `bound` that is behind a line end; 0 if none is known. Parameters as in `after`."""
        feed = self._find_last(data, self.feed, 0, bound)
        behind_feed = feed + self.unit if feed >= 0 else 0
        carriage = self._find_last(data, self.carriage, behind_feed, bound)
        while carriage >= 0:
            behind = self._behind(data, size, carriage, last=last)
            if 0 < behind <= bound:
                return behind
            carriage = self._find_last(data, self.carriage, behind_feed, carriage)
        return behind_feed

    def _behind(self, data: Octets, size: int, carriage: int, *, last: bool) -> int:
        """Where the line starts that follows the CR at `carriage`; 0 if what follows is not there yet."""
        behind = carriage + self.unit
        if behind + self.unit > size:
            return behind if last else 0
        return behind + self.unit if data[behind : behind + self.unit] == self.feed else behind

    def at(self, data: Octets, place: int) -> bool:
        """Whether a line ends directly before `place`."""
        return data[max(place - self.unit, 0) : place] in (self.feed, self.carriage)

    def count(self, data: memoryview, text: str) -> int:
        """How many lines of `text` are ended, of which `data` are the bytes."""
        if self.unit == 1 and len(data) > _COUNTED_AT_ONCE:
            return _count(data)
        feeds = text.count("\n")
        return feeds + text.count("\r") - text.count("\r\n") if "\r" in text else feeds

    def _find(self, data: Octets, mark: bytes, start: int, end: int) -> int:
        place = data.find(mark, start, end)
        while place % self.unit and place >= 0:
            place = data.find(mark, place + 1, end)
        return place

    def _find_last(self, data: Octets, mark: bytes, start: int, end: int) -> int:
        place = data.rfind(mark, start, end)
        while place % self.unit and place >= 0:
            place = data.rfind(mark, start, place + len(mark) - 1)
        return place


def feed_ends(encoding: Encoding) -> LineEnds:
    """The line ends of a text in which a CR alone is space, as in JSON."""
    feed = "\n".encode(encoding.name)
    return LineEnds(feed, feed, encoding.unit)


def _count(data: memoryview) -> int:
    """As `LineEnds.count`, three to six times as fast on long texts; right for every encoding in which LF and CR are bytes of their own."""
    import numpy as np

    codes = np.frombuffer(data, np.uint8)
    count = 0
    for start in range(0, len(codes), _COUNTED_AT_ONCE):
        piece = codes[start : start + _COUNTED_AT_ONCE + 1]
        feeds, carriages = piece == ord("\n"), piece == ord("\r")
        count += int(np.count_nonzero(feeds[:_COUNTED_AT_ONCE]))
        if carriages.any():
            count += int(np.count_nonzero(carriages[:_COUNTED_AT_ONCE]) - np.count_nonzero(carriages[:-1] & feeds[1:]))
    return count


def line_ends(encoding: Encoding) -> LineEnds:
    """The line ends of a text in `encoding`."""
    return LineEnds("\n".encode(encoding.name), "\r".encode(encoding.name), encoding.unit)


def last_line_start(text: str) -> int:
    """Where the last line of `text` starts; its length if it ends with a line end."""
    feed = text.rfind("\n")
    return max(feed, text.rfind("\r", feed + 1)) + 1
