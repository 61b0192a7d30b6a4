"""Where a text is cut for the model: by what stands there, never by how much was read before, so that any window gives the same.

A piece begins at a line whose beginning hashes to a round number: after a blank line one in three does, else one in eight, and none that
begins with a small letter, which goes on with the line before, or is short, as those of addresses and signatures are.
"""

from collections.abc import Sequence
from typing import Final
from zlib import crc32

REACH: Final = 4000
"""Characters of a piece on each side of what it is looked at for, at most."""
AROUND: Final = 300
"""Characters on each side of a place that are read, about."""
_STEP: Final = 100
_ELSEWHERE: Final = 8
# What stands before the line end where a piece always ends: a blank line, a statement of a program.
_ENDS: Final = frozenset("\n;{}")
_HEAD: Final = 24
_SHORT: Final = 45
_NEAR: Final = 300


def unit_around(text: str, place: int) -> tuple[int, int]:
    """The piece of `text` that holds the character at `place`.

    >>> unit_around("one line", 3)
    (0, 8)
    """
    return _start(text, place), _end(text, place)


def excerpts(text: str, places: Sequence[int]) -> list[tuple[int, int]]:
    """What is to be looked at around `places`, which ascend: parts of their pieces, by place, each once.

    Of a piece only what is near a place is read, since a word far away says nothing of it. In a piece longer than `REACH` every place has a
    part of its own, since nobody can tell where the piece begins.

    >>> excerpts("one line", [3, 5])
    [(0, 8)]
    """
    found: list[tuple[int, int]] = []
    piece = (0, 0)
    for place in places:
        if place >= piece[1] or piece[1] - piece[0] > REACH:
            piece = unit_around(text, place)
        start, end = _excerpt(text, piece, place)
        if found and found[-1][1] >= start >= piece[0] and found[-1][0] >= piece[0] and piece[1] - piece[0] <= REACH:
            found[-1] = (found[-1][0], end)
        elif not found or found[-1] != (start, end):
            found.append((start, end))
    return found


def _excerpt(text: str, piece: tuple[int, int], place: int) -> tuple[int, int]:
    """The part of `piece` that is near `place`: of whole lines, or, where these are long, of whole words."""
    start, end = piece
    if place - start > AROUND:
        start = _line_or_word(text, place - AROUND)
    if end - place > AROUND:
        end = _line_or_word(text, place + AROUND)
    return start, end


def _line_or_word(text: str, near: int) -> int:
    """Where the next line begins behind `near`, or the next word if that is far."""
    line = text.find("\n", near, near + _STEP) + 1
    return line or text.find(" ", near, near + _STEP) + 1 or near


def _start(text: str, place: int) -> int:
    low = max(0, place - REACH)
    at = text.rfind("\n", low, place) + 1
    while at > low:
        if _is_cut(text, at):
            return at
        at = text.rfind("\n", low, at - 1) + 1
    return 0 if low == 0 else _nearest(text, place)


def _nearest(text: str, place: int) -> int:
    """Where no line begins a piece: the start of the line, or a word not far before."""
    line = text.rfind("\n", place - REACH, place) + 1
    if line > place - REACH and place - line <= _NEAR:
        return line
    word = text.find(" ", place - _NEAR, place)
    return word + 1 if word >= 0 else place - _NEAR


def _end(text: str, place: int) -> int:
    high = min(len(text), place + REACH)
    at = text.find("\n", place, high) + 1
    while at:
        if _is_cut(text, at):
            return at
        at = text.find("\n", at, high) + 1
    if high == len(text):
        return high
    line = text.find("\n", place, place + _NEAR)
    word = text.rfind(" ", place, place + _NEAR)
    return line if line >= 0 else word if word > place else place + _NEAR


def _is_cut(text: str, line: int) -> bool:
    """Whether a piece begins at the start of a line."""
    head = text[line : line + _HEAD].split("\n", 1)[0]
    before = text[max(0, line - 4) : line - 1].rstrip(" \t\r")
    if not before or before[-1] in _ENDS:
        return bool(head.strip())
    if not head.strip() or head[0].islower() or head[0].isspace():
        return False
    if "\n" in text[line : line + _SHORT] or "\n" in text[max(0, line - _SHORT) : line - 1]:
        return False
    return crc32(head.encode("utf-8", "replace")) % _ELSEWHERE == 0
