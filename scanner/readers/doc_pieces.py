"""Where the characters of a Word document lie ([MS-DOC] 2.4.1 and 2.8.35), in the order in which they are read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import Budget

STORIES: Final = ("body", "footnotes", "header", "macros", "comments", "endnotes", "body/textbox", "header/textbox")
"""What follows on each other among the characters."""
_COUNTS: Final = 0x4C
_CLX: Final = 0x1A2
_WORD_97: Final = 0xC1
_SAVED_FAST: Final = 0x0004
_COMPRESSED: Final = 0x40000000
_PIECES: Final = 0x02
_PROPERTIES: Final = 0x01
_AT_ONCE: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """The streams of a document.

    :param table: the one that says where characters lie
    :param version: as the head has it
    """

    main: bytes
    table: bytes
    version: int
    flags: int


def pieces(layout: Layout, budget: Budget) -> Iterator[tuple[str, str]]:
    """Each piece of text with the story that it belongs to. Raises ReadError where there is none to be found."""
    stories = _stories(layout)
    if layout.version < _WORD_97:
        yield from _old(layout)
        return
    for start, count, place, is_wide in _placed(layout):
        width = 2 if is_wide else 1
        budget.expand(count)
        for name, first, last in stories:
            begin, end = max(first, start), min(last, start + count)
            for at in range(begin, end, _AT_ONCE):
                much = min(_AT_ONCE, end - at)
                data = layout.main[place + (at - start) * width :][: much * width] if much else b""
                if data:
                    yield name, data.decode("utf-16-le" if is_wide else "cp1252", "replace")


def _stories(layout: Layout) -> list[tuple[str, int, int]]:
    """Name of each story, and between which characters it lies; the last one goes on to the end."""
    counts = struct.unpack_from("<8i", layout.main.ljust(_COUNTS + 32, b"\0"), _COUNTS)
    found, at = [], 0
    for name, count in zip(STORIES, counts, strict=True):
        size = max(count, 0)
        if size:
            found.append((name, at, at + size))
        at += size
    rest = (found[-1][0] if found else STORIES[0], at, 2**31)
    return [*found, rest]


def _placed(layout: Layout) -> Iterator[tuple[int, int, int, bool]]:
    """For each piece its first character, how many it has, where they lie, and whether they have two bytes."""
    plc = _piece_table(layout)
    count = (len(plc) - 4) // 12
    if count < 1:
        raise ReadError(Reason.MALFORMED, "it does not say where its text is")
    starts = struct.unpack_from(f"<{count + 1}I", plc)
    for index in range(count):
        (where,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)
        is_wide = not where & _COMPRESSED
        place = where & ~_COMPRESSED if is_wide else (where & ~_COMPRESSED) // 2
        held = max(len(layout.main) - place, 0) // (2 if is_wide else 1)
        size = min(starts[index + 1] - starts[index], held)
        if size > 0:
            yield starts[index], size, place, is_wide


def _piece_table(layout: Layout) -> bytes:
    start, size = struct.unpack_from("<II", layout.main.ljust(_CLX + 8, b"\0"), _CLX)
    clx = layout.table[start : start + size]
    at = 0
    while at + 5 <= len(clx) and clx[at] == _PROPERTIES:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    return clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")] if clx[at : at + 1] == bytes((_PIECES,)) else b""


def _old(layout: Layout) -> Iterator[tuple[str, str]]:
    """The text of Word 6 and 95, which lies in one place."""
    if layout.flags & _SAVED_FAST:
        raise ReadError(Reason.UNSUPPORTED_TYPE, "a document of Word 6 or 95 that was saved fast")
    first, last = struct.unpack_from("<II", layout.main.ljust(32, b"\0"), 0x18)
    for at in range(first, min(last, len(layout.main)), _AT_ONCE):
        yield STORIES[0], layout.main[at : min(at + _AT_ONCE, last)].decode("cp1252", "replace")
