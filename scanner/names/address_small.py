"""Addresses in lines without any capital letter, as people write them in chats: `via cardinal massaia 9 20139 milano`."""

from collections.abc import Callable, Iterator
from typing import Final

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, Lexicon

# Who speaks may have a capital letter, and a flat.
_LINE: Final = kept_regex(r"(?m)^(?:[^\n:]{1,30}:[ ])?(?P<line>[^\n]*?\d[^\n]*)$")
_CAPITAL: Final = kept_regex(r"\p{Lu}\p{Ll}|\p{Lu}{3}")
_WORD: Final = kept_regex(r"[\p{L}\d][\p{L}\p{M}\d]*")
_NUMBER: Final = kept_regex(r"\d+")
_LEAST_NUMBERS: Final = 2
_STATE: Final = 2
_LONGEST_LINE: Final = 300
_Find = Callable[[str], list[tuple[int, int]]]


def find_small(text: str, find: _Find, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Start and end of each such address, by place.

    :param find: finds addresses in a text with capital letters; asked for each line with a number, its words written with some
    """
    return list(_found(text, find, lexicon))


def _found(text: str, find: _Find, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        line, behind = match["line"], match.start("line")
        if len(line) > _LONGEST_LINE or _CAPITAL.search(line):
            continue
        for start, end in find(_with_capitals(line, lexicon)):
            # A street alone may be anything.
            if len(_NUMBER.findall(line, start, end)) >= _LEAST_NUMBERS:
                yield behind + start, behind + end


def _with_capitals(line: str, lexicon: Lexicon) -> str:
    """`line` with capital letters where an address would have them, of the same length."""
    pieces, behind = [], 0
    words = [match.span() for match in _WORD.finditer(line)]
    flags = lexicon.flags([line[start:end] for start, end in words])
    for (start, end), flag in zip(words, flags, strict=True):
        word = line[start:end]
        pieces += [line[behind:start], _written(word, flag)]
        behind = end
    return "".join([*pieces, line[behind:]])


def _written(word: str, flags: int) -> str:
    state = len(word) == _STATE and not flags & (BIT["common"] | BIT["particle"])
    if state or any(letter.isdigit() for letter in word):
        new = word.upper()
    elif flags & BIT["common"] and not flags & (BIT["street"] | BIT["city"] | BIT["given"]):
        new = word
    else:
        new = word[0].upper() + word[1:]
    return new if len(new) == len(word) else word
