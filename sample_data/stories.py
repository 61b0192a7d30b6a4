"""Counts the paragraphs of the parts of a document while it is written, and notes where the marks are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sample_data.marking import Mark, read_marks
from sample_data.places import Place


@dataclass(slots=True)
class Stories:
    """What was written so far.

    :ivar placed: marks and their places
    """

    placed: list[tuple[Mark, Place]] = field(default_factory=list)
    _paragraphs: Counter[str] = field(default_factory=Counter)
    _tables: Counter[str] = field(default_factory=Counter)

    def say(self, part: str, marked: str, cell: str = "") -> str:
        """The text of the next paragraph of a part, without its marks."""
        self._paragraphs[part] += 1
        text, marks = read_marks(marked)
        anchor = f"{part}, {cell}paragraph {self._paragraphs[part]}"
        self.placed += [(mark, Place.of_slice(anchor, mark.start, mark.end)) for mark in marks]
        return text

    def table(self, part: str, rows: Sequence[Sequence[str]]) -> list[list[str]]:
        """The cells of the next table of a part, each of one paragraph, without their marks."""
        self._tables[part] += 1
        return [list(self._row(part, number, row)) for number, row in enumerate(rows, 1)]

    def _row(self, part: str, number: int, row: Sequence[str]) -> Iterator[str]:
        for column, cell in enumerate(row, 1):
            yield self.say(part, cell, f"table {self._tables[part]}, row {number}, column {column}, ")
