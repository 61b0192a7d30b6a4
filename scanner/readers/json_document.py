"""JSON documents of any size, mostly a single one, path by path.

Where a document stops being JSON, the rest is read as plain text.
"""

import sys
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ReaderItem
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.encoding import UTF_8, Utf8Stream, detect
from scanner.readers.json_cut import JsonCut, find_cut
from scanner.readers.json_windows import JsonWindows
from scanner.readers.lines import line_ends
from scanner.readers.text import Place, segments
from scanner.readers.windows import TEXT_WINDOW_BYTES, Held

LONGEST_STRING_BYTES: Final = 64 * MIB
"""A longer string is read as text, and so is all behind it."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; windows are bounded anyway
    """The values of `content`, a segment for each path and each few MiB.

    Raises ReadError (MALFORMED) when nothing can be read as JSON.
    """
    held = Held(cast("BinaryIO", Utf8Stream(content.stream, detect(content.head))))
    reading = JsonWindows()
    place, given = Place(), False
    for text, cut in document_windows(held, reading):
        for segment in reading.read(text, cut):
            given = True
            yield segment
        good = text if reading.stopped is None else text[: reading.stopped]
        data = good.encode()
        place = place.behind(good, line_ends(UTF_8).count(memoryview(data), good))
        if reading.stopped is not None:
            held.drop(len(data))
            break
    if reading.stopped is None and not reading.frames:
        return
    if not given:
        raise ReadError(Reason.MALFORMED, "it is no JSON")
    yield from segments(held, ByteRange(0, sys.maxsize), UTF_8, place)
    what = "it ends in the middle of a value" if reading.stopped is None else "the rest is no JSON and was read as text"
    yield Problem(Reason.MALFORMED, f"from line {place.line} on {what}")


def document_windows(held: Held, reading: JsonWindows, window_bytes: int = TEXT_WINDOW_BYTES) -> Iterator[tuple[str, JsonCut | None]]:
    """The windows of the documents that `reading` reads, and where each was cut."""
    wanted = window_bytes
    while held.size or not held.last:
        while not held.last and held.size < wanted:
            held.read(wanted - held.size)
        cut = None if held.last else find_cut(memoryview(held.data)[: held.size], reading.kinds)
        if cut is None and not held.last and held.size < LONGEST_STRING_BYTES:
            wanted = 2 * held.size
            continue
        size = cut.size if cut else held.size
        # Without a cut a character may be broken at the end; what is not read of this window is read again as text.
        yield bytes(held.data[:size]).decode("utf-8", "ignore"), cut
        held.drop(size)
        wanted = window_bytes
