"""HTML and XML: their text, with character references such as `&#64;` and `&nbsp;` as the characters that they stand for.

Tags stay: an attribute may hold what is looked for, and detection steps over them. Tables of HTML that hold data are columns.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Final

import regex

from scanner.model.location import Location
from scanner.model.segment import ReaderItem, TextLocator, TextSegment
from scanner.readers import text
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.embedded_tables import with_tables
from scanner.readers.html_tables import HtmlTables

# The longest name, HTML 5 13.5, has 31 characters. One without its semicolon could as well be the part of a URL.
_REFERENCE: Final = regex.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,30});")


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """As `scanner.readers.text.read`, but without character references."""
    for item in text.read(content, budget):
        yield resolved(item) if isinstance(item, TextSegment) else item


def read_html(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """HTML: tables of data as columns, all else as `read` gives it."""
    for item in with_tables(text.read(content, budget), HtmlTables()):
        yield resolved(item) if isinstance(item, TextSegment) else item


def resolved(segment: TextSegment) -> TextSegment:
    """The segment without character references; it tells places as they are in the object."""
    pieces: list[str] = []
    borders: list[int] = []
    shifts: list[int] = []
    written = length = 0
    for found in _REFERENCE.finditer(segment.text):
        character = unescape(found[0])
        if character == found[0]:
            continue
        pieces += (segment.text[written : found.start()], character)
        length += found.start() - written + len(character)
        written = found.end()
        borders.append(length)
        shifts.append(written - length)
    if not borders:
        return segment
    pieces.append(segment.text[written:])
    return replace(segment, text="".join(pieces), locator=_ResolvedLocator(segment.text, segment.locator, borders, shifts))


@dataclass(frozen=True, slots=True, eq=False)
class _ResolvedLocator:
    """Places of characters of a text in which references were replaced.

    :param written: the text as it was
    :param inner: knows the places in it
    :param borders: where in the new text each replacement ends
    :param shifts: for each of them how much further on that is in `written`
    """

    written: str
    inner: TextLocator
    borders: Sequence[int]
    shifts: Sequence[int]

    def at(self, text: str, start: int, end: int) -> Location:  # noqa: ARG002 - the text as it was is at hand
        """The place of the characters that `text[start:end]` was written with."""
        return self.inner.at(self.written, self._place(start), self._place(end))

    def _place(self, border: int) -> int:
        behind = bisect_right(self.borders, border)
        return border + (self.shifts[behind - 1] if behind else 0)
