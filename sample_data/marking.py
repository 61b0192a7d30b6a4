"""Marks in made text: what must be found, and what only looks as if.

`found(...)` and `trap(...)` wrap a value in private-use characters, so that it can be pasted into any text, cell or
tree; `read_marks` takes the wrapping off again and tells where the values stand. So data and truth cannot disagree.
"""

from dataclasses import dataclass
from typing import Final

import regex

_OPEN, _SEPARATOR, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK: Final = regex.compile(f"{_OPEN}([^{_SEPARATOR}]*){_SEPARATOR}([^{_SEPARATOR}]*){_SEPARATOR}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked value.

    :param identifiers: the one that must be found; or all that must not be found here, `*` for any
    :param why: why it is none of them; empty for a finding
    :param start: its first character, from 0
    :param end: the character after its last, from 0
    """

    identifiers: tuple[str, ...]
    why: str
    value: str
    start: int
    end: int


def found(identifier: str, value: str) -> str:
    """`value`, marked as an occurrence of `identifier`."""
    return f"{_OPEN}{identifier}{_SEPARATOR}{_SEPARATOR}{value}{_CLOSE}"


def trap(identifiers: str, value: str, why: str) -> str:
    """`value`, marked as something that tempts but is none of `identifiers` (separated by spaces; `*` for all there are), and why."""
    return f"{_OPEN}{identifiers}{_SEPARATOR}{why}{_SEPARATOR}{value}{_CLOSE}"


def read_marks(marked: str) -> tuple[str, list[Mark]]:
    """The text without its marks, and the marks."""
    plain: list[str] = []
    marks: list[Mark] = []
    length = last = 0
    for match in _MARK.finditer(marked):
        before, value = marked[last : match.start()], match[3]
        start = length + len(before)
        length = start + len(value)
        plain += (before, value)
        marks.append(Mark(tuple(match[1].split()), match[2], value, start, length))
        last = match.end()
    return "".join(plain) + marked[last:], marks


def plain(marked: str) -> str:
    """The text without its marks."""
    return read_marks(marked)[0]
