"""Where something stands, in one line of plain words: the common tongue of truth.toml and of the end-to-end tests.

line 3, columns 5-15                                        text; lines and columns from 1, both inclusive
lines 3-9, columns 1-30                                     from column 1 of line 3 to column 30 of line 9
page 2, line 3, columns 5-15                                a document with pages
row 2, column 4 ssn [0:11]                                  a table; characters inside the value, from 0, end exclusive
Staff, row 2, column 4 ssn [0:11]                       the same, in a sheet of a workbook
record 0 $.customer.ssn [0:11]                              a record
body, paragraph 3 [5:16]                                    a word-processing document
comments1, Staff!B6, paragraph 1 [5:16]                 a comment on a cell of a workbook
body, table 1, row 2, column 3, paragraph 9 [0:11]          the same, in a table
inner.zip!notes.txt :: line 3, columns 5-15                 any of them, inside a container
"""

from dataclasses import dataclass, replace
from typing import Final, Self

import regex

MEMBER_END: Final = " :: "
_LINES: Final = regex.compile(r"(?:(page \d+), )?lines? (\d+)(?:-(\d+))?, columns (\d+)-(\d+)")
_SLICE: Final = regex.compile(r"(.+) \[(\d+):(\d+)\]", regex.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of characters.

    :param anchor: what the span lies in, e.g. `row 2, column 4 ssn`; `page 2` or nothing for lines
    :param start: line and column of the first character; line 0 where the anchor has no lines, the column then from 0
    :param end: line and column of the last character
    """

    anchor: str
    start: tuple[int, int]
    end: tuple[int, int]
    member: str = ""

    @classmethod
    def of_slice(cls, anchor: str, start: int, end: int) -> Self:
        """Characters `start:end` of the value at `anchor`."""
        return cls(readable(anchor), (0, start), (0, end - 1))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place that `str` gave."""
        member, found, anchored = text.rpartition(MEMBER_END)
        if not found:
            member = ""
        if match := _LINES.fullmatch(anchored):
            page, first, last, start, end = match.groups()
            return cls(page or "", (int(first), int(start)), (int(last or first), int(end)), member)
        if match := _SLICE.fullmatch(anchored):
            return cls(match[1], (0, int(match[2])), (0, int(match[3]) - 1), member)
        raise ValueError(f"not a place: {text}")

    def inside(self, member: str) -> Self:
        """The same place, one container deeper."""
        return replace(self, member=f"{member}!{self.member}" if self.member else member)

    def overlaps(self, other: "Place") -> bool:
        """Whether the two have a character in common."""
        same = (self.member, self.anchor) == (other.member, other.anchor)
        return same and self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        prefix = self.member + MEMBER_END if self.member else ""
        first, last = self.start[0], self.end[0]
        if first == 0:
            return f"{prefix}{self.anchor} [{self.start[1]}:{self.end[1] + 1}]"
        page = f"{self.anchor}, " if self.anchor else ""
        lines = f"line {first}" if first == last else f"lines {first}-{last}"
        return f"{prefix}{page}{lines}, columns {self.start[1]}-{self.end[1]}"


def readable(name: str) -> str:
    r"""`name` on one line: control characters become `\n`, `\x00` and so on."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in name)
