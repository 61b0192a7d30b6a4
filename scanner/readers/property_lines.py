"""Lines of a name and a value, as calendars, contacts and directories have them: unfolded, and decoded, with the places of the object."""

import binascii
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import regex

from scanner.model.location import LineLocation
from scanner.model.segment import ColumnSegment, ReaderItem, TextSegment
from scanner.readers.locators import LineLocator
from scanner.readers.texts import head_text

_LONGEST: Final = 32 * 1024 * 1024
_PIECE: Final = 64
"""Characters of a line that is folded, each piece of it counted as so many more; what is behind them is a line of its own."""
_LINE: Final = regex.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
Mark = tuple[int, int, int, int]
"""From a character of the text on: line and column of it in the object, and 1 where characters there follow each other, else 0."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text that is written otherwise in the object, and where.

    :param marks: ascending; the first one is that of the first character
    """

    text: str
    marks: tuple[Mark, ...]

    def part(self, start: int, end: int | None = None) -> "Mapped":
        """Characters `start:end`."""
        first = bisect_right(self.marks, (start, 1 << 62)) - 1
        offset, line, column, step = self.marks[first]
        moved = [(0, line, column + (start - offset) * step, step)]
        moved += [(mark[0] - start, *mark[1:]) for mark in self.marks[first + 1 :] if end is None or mark[0] < end]
        return Mapped(self.text[start:end], tuple(moved))

    def as_one(self, text: str) -> "Mapped":
        """`text`, for which all of this stands."""
        _, line, column, _ = self.marks[0]
        return Mapped(text, ((0, line, column, 0),))

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character."""
        offset, line, column, step = self.marks[max(bisect_right(self.marks, (at, 1 << 62)) - 1, 0)]
        return line, column + (at - offset) * step

    def location(self, start: int, end: int) -> LineLocation:
        """Where characters `start:end` are written."""
        return LineLocation(*self.place(start), *self.place(max(end - 1, start)))


def joined(pieces: Sequence[Mapped]) -> Mapped:
    """Texts behind each other as one."""
    starts = accumulate((len(piece.text) for piece in pieces), initial=0)
    marks = [(mark[0] + start, *mark[1:]) for piece, start in zip(pieces, starts, strict=False) for mark in piece.marks]
    return Mapped("".join(piece.text for piece in pieces), tuple(marks) or ((0, 1, 1, 1),))


def physical_lines(items: Iterator[ReaderItem]) -> Iterator[Mapped]:
    """The lines of texts with line locators, without their ends."""
    for item in items:
        if not isinstance(item, TextSegment) or not isinstance(item.locator, LineLocator):
            continue
        line, column = item.locator.first_line, item.locator.first_column
        for found in _LINE.finditer(item.text):
            if found[0]:
                yield Mapped(found[0].rstrip("\r\n"), ((0, line, column, 1),))
            line, column = line + 1, 1


def unfolded(lines: Iterator[Mapped], marks: str, *, soft_breaks: bool = False) -> Iterator[Mapped]:
    """Lines that go on behind a line end and one of the characters `marks`, as one.

    :param soft_breaks: in a value in quoted-printable a line also goes on where `=` ends it
    """
    held: list[Mapped] = []
    size, is_soft = 0, False
    for line in lines:
        if held and size < _LONGEST and (is_soft or line.text.startswith(tuple(marks))):
            held.append(line if is_soft or len(line.text) < 1 else line.part(1))
        else:
            if held:
                yield joined(held)
            held, size = [line], 0
        size += len(line.text) + _PIECE
        is_soft = soft_breaks and line.text.endswith("=") and "QUOTED-PRINTABLE" in held[0].text[:200].upper()
        if is_soft:
            held[-1] = held[-1].part(0, len(held[-1].text) - 1)
    if held:
        yield joined(held)


def from_base64(written: Mapped) -> tuple[Mapped, bytes]:
    """What base64 stands for: as text if it is one, else empty, and as bytes."""
    letters = "".join(written.text.split())
    try:
        data = binascii.a2b_base64(letters + "=" * (-len(letters) % 4))
    except (binascii.Error, ValueError):
        return written, b""
    return written.as_one(head_text(data) or ""), data


def from_quoted_printable(written: Mapped, charset: str) -> Mapped:
    """What quoted-printable stands for."""
    data = binascii.a2b_qp(written.text.encode("utf-8", "replace"))
    try:
        text = data.decode(charset or "utf-8")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("utf-8", "replace") if not charset else data.decode("latin-1")
    return written.as_one(text)


@dataclass(frozen=True, slots=True)
class MappedLocator:
    """Places of a text, or of the values of a column."""

    values: Sequence[Mapped]

    def at(self, index: int, start: int, end: int) -> LineLocation:
        """Where characters `start:end` of the value at `index` are written."""
        return self.values[index].location(start, end)


@dataclass(frozen=True, slots=True)
class MappedTextLocator:
    """Places of a text."""

    whole: Mapped

    def at(self, text: str, start: int, end: int) -> LineLocation:  # noqa: ARG002 - the text is known
        """Where `text[start:end]` is written."""
        return self.whole.location(start, end)


@dataclass(slots=True)
class Collected:
    """Values by their names, and lines that are text, until there are enough of them to be given.

    :ivar size: characters
    """

    size: int = 0
    _values: dict[tuple[str, ...], list[Mapped]] = field(default_factory=dict)
    _texts: list[Mapped] = field(default_factory=list)

    def add(self, names: tuple[str, ...], value: Mapped) -> None:
        """One more value of a column."""
        if value.text:
            self._values.setdefault(names, []).append(value)
            self.size += len(value.text) + 64

    def say(self, line: Mapped) -> None:
        """One more line of text."""
        if line.text:
            offset, where = len(line.text), line.marks[-1]
            self._texts.append(Mapped(f"{line.text}\n", (*line.marks, (offset, where[1], where[2], 0))))
            self.size += offset + 64

    def taken(self) -> Iterator[ReaderItem]:
        """What was collected."""
        import pyarrow as pa

        for names, values in self._values.items():
            array = pa.array([value.text for value in values], pa.string())
            yield ColumnSegment(array, "/".join(names), names, MappedLocator(tuple(values)))
        if self._texts:
            whole = joined(self._texts)
            yield TextSegment(whole.text, MappedTextLocator(whole))
        self._values, self._texts, self.size = {}, [], 0
