"""Plain text: windows of characters, cut at line ends. A part comes with what stands before and behind it, as context."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from scanner.model.segment import CONTEXT_CHARACTERS, Extent, ReaderItem, TextSegment
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget
from scanner.readers.encoding import Encoding, detect
from scanner.readers.lines import LineEnds, last_line_start, line_ends
from scanner.readers.locators import LineLocator
from scanner.readers.windows import TEXT_WINDOW_BYTES, Held, aligned, whole_span, windows

# No encoding that is read in parts has more bytes for a character.
_CONTEXT_BYTES: Final = 4 * CONTEXT_CHARACTERS
# Context begins with a line where one starts within so many bytes before that.
_LINE_WITHIN: Final = 16 * 1024


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; windows are bounded anyway
    """The text of `content` in segments of about 4 MiB; lines count from 1 in the part that is read."""
    encoding = detect(content.head)
    span = whole_span(content)
    start = end = aligned(content.stream, span, encoding, line_ends(encoding))
    place = Place()
    if start < span.end:
        if start:
            yield _before(content.stream, start, encoding)
        held = Held(content.stream)
        end, place = yield from segments(held, ByteRange(start, span.end), encoding, continues=start > 0)
        if content.part:
            yield from _behind(held, encoding, place)
    if content.part:
        yield Extent(start, end, place.lines)


def _before(stream: BinaryIO, start: int, encoding: Encoding) -> TextSegment:
    """What stands before the line start at `start`, where `stream` is left."""
    begin = max(start - _CONTEXT_BYTES - _LINE_WITHIN, 0)
    stream.seek(begin)
    data = stream.read(start - begin)
    skip = line_ends(encoding).after(data, _LINE_WITHIN, encoding.unit, last=False) if begin else encoding.bom
    return TextSegment(encoding.decode(data[skip:]), LineLocator(1, 1), counted=False)


def _behind(held: Held, encoding: Encoding, place: "Place") -> Iterator[TextSegment]:
    """What stands behind the part, from `place` on."""
    while not held.last and held.size < _CONTEXT_BYTES:
        held.read(_CONTEXT_BYTES - held.size)
    if held.size:
        text = encoding.decode(bytes(held.data[: min(held.size, _CONTEXT_BYTES)]))
        yield TextSegment(text, LineLocator(place.line, place.column), continues=True, counted=False)


def segments(
    held: Held,
    span: ByteRange,
    encoding: Encoding,
    place: "Place | None" = None,
    *,
    continues: bool = False,
    window_bytes: int = TEXT_WINDOW_BYTES,
) -> "Generator[TextSegment, None, tuple[int, Place]]":
    """The lines that start in `span` as segments; the byte and the place behind them.

    :param held: begins at `span.start`
    :param place: of the first character; the very first of the object if not given
    :param continues: whether the first segment goes on from one that was given before
    """
    ends, decoder = line_ends(encoding), encoding.decoder()
    place, end = place or Place(), span.start
    for window in windows(held, span, LineCut(ends, window_bytes), window_bytes):
        data = window.data if window.offset else window.data[encoding.bom :]
        text = decoder.decode(data)
        if text:
            yield TextSegment(text, LineLocator(place.line, place.column), continues=continues)
            continues = True
        place = place.behind(text, ends.count(data, text))
        end = window.offset + len(window.data)
    if rest := decoder.decode(memoryview(b""), final=True):  # half a character at the very end
        yield TextSegment(rest, LineLocator(place.line, place.column), continues=continues)
        place = place.behind(rest, 0)
    return end, place


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next character lies: line and column, from 1."""

    line: int = 1
    column: int = 1

    @property
    def lines(self) -> int:
        """How many lines began before it."""
        return self.line if self.column > 1 else self.line - 1

    def behind(self, text: str, ended: int) -> "Place":
        """The place behind `text`, which begins here and ends `ended` lines."""
        column = len(text) - last_line_start(text)
        return Place(self.line + ended, column + (1 if ended else self.column))


@dataclass(frozen=True, slots=True)
class LineCut:
    """Cuts at line ends; a line of `longest` bytes anywhere, but never between CR and LF."""

    ends: LineEnds
    longest: int = TEXT_WINDOW_BYTES

    def __call__(self, held: bytearray, size: int, stop: int, *, last: bool) -> int:
        """See `scanner.readers.windows.Cut`."""
        found = self.ends.after(held, size, stop, last=last) if stop <= size else 0
        if found or last:
            return found or size
        return self.ends.before(held, size, size, last=last) or self._anywhere(held, size)

    def _anywhere(self, held: bytearray, size: int) -> int:
        if size < self.longest:
            return 0
        whole = size // self.ends.unit * self.ends.unit
        return whole - self.ends.unit if held[:whole].endswith(self.ends.carriage) else whole
