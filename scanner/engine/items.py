"""Parts what a reader yields: segments go to detection, the rest is kept, and whatever ends the reading early is noted."""

import os
import time
from collections.abc import Callable, Iterator

from scanner.engine.problems import Problems
from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Extent, Segment
from scanner.readers.dispatch import Item, MemberPath, Opened


class Items:
    """The items of one object.

    :param seconds: after which no more is read; what was found until then counts
    :param media_type: as the content shows; empty if it did not get that far
    :param problems: those of the object so far
    :param extent: of a part that was read to its end
    :param read: whether there was any segment
    :param stop: why reading ended early
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self.media_type = ""
        self.problems = Problems()
        self.extent: Extent | None = None
        self.read = False
        self.stop: Problem | None = None

    def segments(self, opened: Callable[[], Opened]) -> Iterator[tuple[MemberPath, Segment]]:
        """The segments of what `opened` gives. Ends where it cannot be read further, instead of raising ReadError or OSError."""
        try:
            yield from self._sorted(opened())
        except ReadError as error:
            self.stop = Problem(error.reason, error.detail)
        except OSError as error:
            if error.errno is None:
                # A library's complaint, not the system's: the reader should have known it, so it counts as a crash.
                raise
            self.stop = Problem(Reason.IO_ERROR, os.strerror(error.errno))

    def _sorted(self, opened: Opened) -> Iterator[tuple[MemberPath, Segment]]:
        self.media_type = opened.media_type
        for path, item in opened:
            segment = self._kept(item)
            if segment is not None:
                self.read = True
                yield path, segment
            if time.monotonic() > self._end:
                self.stop = Problem(Reason.TIMEOUT, f"it takes more than {self._seconds:.0f} s")
                return

    def _kept(self, item: Item) -> Segment | None:
        """`item` if it is a segment; all else is noted."""
        if isinstance(item, Problem):
            self.problems.add((item,))
        elif isinstance(item, Extent):
            self.extent = item
        else:
            return item
        return None
