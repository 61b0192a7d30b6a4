"""RTF as tokens, from front to back in pieces, in a time that grows with its length alone (Rich Text Format 1.9.1, "RTF syntax")."""

from collections.abc import Iterator
from typing import BinaryIO, Final

import regex

_CHUNK_BYTES: Final = 256 * 1024
_LONGEST_TOKEN: Final = 64
"""Bytes of a control word with its number; of a text any piece is a token."""
_TOKEN: Final = regex.compile(rb"\\([A-Za-z]{1,32})(?:(-?[0-9]{1,10})?\ ?)|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}]+)")
_NO_TEXT: Final = b"\r\n\0"


WORD: Final = 1
NUMBERED_WORD: Final = 2
BYTE: Final = 3
SYMBOL: Final = 4
BRACE: Final = 5
TEXT: Final = 6
"""What a token is: the group of the expression that matched last."""

Token = tuple[int, bytes, int | None]
r"""Kind; the word without `\\`, a character, a symbol, a brace, or characters as they are; the number of a word, None if it has none."""


def tokens(stream: BinaryIO) -> Iterator[Token]:
    """The tokens of `stream`; binary data are passed over."""
    data, at, is_last = b"", 0, False
    while not is_last or at < len(data):
        more = stream.read(_CHUNK_BYTES)
        data, at, is_last = data[at:] + more, 0, not more
        edge = len(data) if is_last else len(data) - _LONGEST_TOKEN
        while at < edge:
            for found in _TOKEN.finditer(data, at):
                at = found.end()
                kind = found.lastindex or 0
                if kind <= NUMBERED_WORD:
                    number = None if kind == WORD else int(found[2])
                    if number and number > 0 and found[1] == b"bin":
                        _pass_over(stream, number - (len(data) - at))
                        at = min(at + number, len(data))
                        break
                    yield kind, found[1], number
                elif kind == TEXT:
                    yield kind, found[6].translate(None, _NO_TEXT), None
                else:
                    yield kind, found[kind], None
                if at >= edge:
                    break
            else:  # a backslash at the very end
                at = len(data)


def _pass_over(stream: BinaryIO, count: int) -> None:
    """Read `count` bytes for nothing, as far as there are any."""
    while count > 0 and (piece := stream.read(min(count, _CHUNK_BYTES))):
        count -= len(piece)
