"""JSON Lines: a JSON value on each line, path by path. Lines that are no JSON are read as text.

A line ends with LF or CR LF; a CR alone is space, as JSON has it. A line is a record, counted from 0, blank lines included.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, Extent, ReaderItem, TextSegment
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget
from scanner.readers.encoding import Encoding, detect
from scanner.readers.json_arrow import ArrowLines
from scanner.readers.json_columns import JsonColumns
from scanner.readers.json_parse import most_members, parse_each
from scanner.readers.json_paths import PathTree
from scanner.readers.lines import feed_ends
from scanner.readers.locators import LineLocator
from scanner.readers.parquet_columns import BatchPlace, flat_columns
from scanner.readers.text import LineCut
from scanner.readers.windows import LONGEST_RECORD_BYTES, Held, Window, aligned, whole_span, windows

_WORTH_ARROW: Final = 64 * 1024


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; windows are bounded anyway
    """The values of `content`, a segment for each path and each few MiB.

    Raises ReadError (MALFORMED) when the first lines are no JSON at all, unless only a part is read.
    """
    encoding = detect(content.head)
    ends = feed_ends(encoding)
    span = whole_span(content)
    start = end = aligned(content.stream, span, encoding, ends)
    reading = JsonLines(encoding)
    for window in windows(Held(content.stream), ByteRange(start, span.end), LineCut(ends, LONGEST_RECORD_BYTES)):
        found = reading.read(window)
        if reading.bad and not reading.records and content.part is None:
            raise ReadError(Reason.MALFORMED, "its first lines are no JSON")
        yield from found
        end = window.offset + len(window.data)
    if reading.bad:
        # A part does not know how many lines come before it.
        where = f"between byte {start} and {end}" if content.part else f"first at line {reading.first_bad + 1}"
        verb = "is" if reading.bad == 1 else "are"
        yield Problem(Reason.BAD_RECORDS, f"{reading.bad} of {reading.bad + reading.records} lines {verb} not JSON, {where}")
    if content.part:
        yield Extent(start, end, reading.lines)


class JsonLines:
    """Reads the windows of one object or of one part of it.

    :param worth_arrow: bytes of a window that Arrow is asked to read; fewer are sooner read by Python's parser
    :ivar lines: that began so far
    :ivar records: of them that are JSON
    :ivar bad: of them that are not
    :ivar first_bad: the first of those, from 0
    """

    def __init__(self, encoding: Encoding, worth_arrow: int = _WORTH_ARROW) -> None:
        self.lines = self.records = self.bad = self.first_bad = 0
        self._encoding = encoding
        self._worth_arrow = worth_arrow
        self._tree = PathTree()
        self._arrow = ArrowLines(self._tree.root)
        self._in_line = False
        self._column = 1

    def read(self, window: Window) -> Iterator[ReaderItem]:
        """The columns of the lines in `window`, and what is no JSON as text."""
        data = self._encoding.as_utf8(bytes(window.data if window.offset else window.data[self._encoding.bom :]))
        ended = window.last or data.endswith(b"\n")
        segments = self._with_arrow(data) if ended and not self._in_line and len(data) >= self._worth_arrow else None
        return segments if segments is not None else iter(self._with_python(data.decode(), ended=ended))

    def _with_arrow(self, data: bytes) -> Iterator[ReaderItem] | None:
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        table = self._arrow.read(data, count)
        if table is None:
            return None
        place = BatchPlace(self.lines)
        self.lines += count
        self.records += count
        return (segment for batch in table.combine_chunks().to_batches() for segment in flat_columns(batch, place))

    def _with_python(self, text: str, *, ended: bool) -> list[ReaderItem]:
        lines = text.removesuffix("\n").split("\n")
        goes_on, first = self._in_line, self.lines - self._in_line
        parsed = parse_each(lines, repeated_names=False)
        if goes_on:
            parsed[0] = None
        if not ended:
            parsed[-1] = None
        runs = [[place for place, _ in run] for bad, run in groupby(enumerate(parsed), lambda item: item[1] is None) if bad]
        found: list[ReaderItem] = [*self._columns(lines, parsed, first)]
        found += [self._as_text(lines[run[0] : run[-1] + 1], first + run[0], goes_on=goes_on and run[0] == 0) for run in runs]
        self._count(parsed, first, [place for run in runs for place in run if place or not goes_on])
        self._in_line = not ended
        self._column = (self._column if len(lines) == 1 else 1) + len(lines[-1]) if not ended else 1
        return found

    def _columns(self, lines: Sequence[str], parsed: Sequence[list[object] | None], first: int) -> Iterator[ColumnSegment]:
        import numpy as np

        good = "\n".join(line for line, values in zip(lines, parsed, strict=True) if values)
        records = np.repeat(np.arange(first, first + len(lines)), [len(values or ()) for values in parsed])
        columns = JsonColumns(self._tree)
        segments = [*columns.of([*chain.from_iterable(values or () for values in parsed)], records)]
        if columns.members < most_members(good):
            again = parse_each(good.split("\n"), repeated_names=True)
            segments = [*JsonColumns(self._tree).of([*chain.from_iterable(values or () for values in again)], records)]
        return iter(segments)

    def _as_text(self, lines: Sequence[str], first: int, *, goes_on: bool) -> TextSegment:
        return TextSegment("\n".join(lines), LineLocator(first + 1, self._column if goes_on else 1), continues=goes_on)

    def _count(self, parsed: Sequence[list[object] | None], first: int, bad: Sequence[int]) -> None:
        """Count the lines, of which `bad` are no JSON and were not counted before."""
        if bad and not self.bad:
            self.first_bad = first + bad[0]
        self.bad += len(bad)
        self.records += sum(bool(values) for values in parsed)
        self.lines = first + len(parsed)
