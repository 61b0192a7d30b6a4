"""Paragraphs joined into texts, so that a keyword in the next paragraph or cell counts by its distance."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scanner.model.location import ParagraphLocation
from scanner.model.segment import TextSegment

SEGMENT_CHARACTERS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it reads.

    :param number: counts from 1 within its part
    :param cell: `table 1, row 2, column 3`, empty outside tables
    """

    text: str
    number: int
    cell: str = ""


@dataclass(frozen=True, slots=True)
class ParagraphLocator:
    """Paragraphs of a text segment; one character stands between two of them.

    :param starts: where each begins, ascending from 0
    :param places: number and cell of each
    """

    part: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, str], ...]

    def at(self, text: str, start: int, end: int) -> ParagraphLocation:
        """The paragraph in which `text[start:end]` begins, and the characters there."""
        index = bisect_right(self.starts, start) - 1
        behind = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(text)
        number, cell = self.places[index]
        begin = self.starts[index]
        return ParagraphLocation(self.part, number, cell, start - begin, max(start + 1, min(end, behind)) - begin)


class Flow:
    """Collects the paragraphs of one part and gives them as segments of about `SEGMENT_CHARACTERS`."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._continues = False
        self._clear()

    def _clear(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._places: list[tuple[int, str]] = []
        self._length = 0

    def add(self, paragraph: Paragraph, behind: str = "\n") -> None:
        """Append a paragraph and the character `behind` it. Empty ones cost nothing."""
        if not paragraph.text:
            return
        self._starts.append(self._length)
        self._places.append((paragraph.number, paragraph.cell))
        self._pieces += (paragraph.text, behind)
        self._length += len(paragraph.text) + len(behind)

    def full(self) -> Iterator[TextSegment]:
        """What was collected, once it is long enough."""
        if self._length >= SEGMENT_CHARACTERS:
            yield from self.flush()

    def flush(self) -> Iterator[TextSegment]:
        """What was collected."""
        if self._pieces:
            locator = ParagraphLocator(self._part, tuple(self._starts), tuple(self._places))
            yield TextSegment("".join(self._pieces), locator, continues=self._continues)
            self._continues = True
            self._clear()

    def interrupt(self) -> Iterator[TextSegment]:
        """What was collected; what follows does not continue it."""
        yield from self.flush()
        self._continues = False
