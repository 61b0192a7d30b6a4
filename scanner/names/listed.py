"""A rule for names: a given name of the lists with a surname of the lists behind it, as `Nancy B. Miller`."""

from collections.abc import Sequence
from typing import Final

from scanner.names.lexicon import BIT, GIVEN, ORDINARY, STREET, SURNAME
from scanner.names.tokens import Tokens

_SURNAME: Final = SURNAME | BIT["surname_rare"]
# What makes of the words around it the name of something else.
_OTHER: Final = STREET | BIT["organisation"] | BIT["technical"] | BIT["month"] | BIT["particle"] | BIT["title"]
# What a given name may be besides.
_ELSE: Final = BIT["seldom"] | BIT["city"] | BIT["region"] | SURNAME
# Colours are technical words, and surnames.
_NO_SURNAME: Final = _OTHER & ~BIT["technical"]
_GLUE: Final = frozenset("-&/_@#=\\")
_MOST_BETWEEN: Final = 4
# `Ed.` and the like are abbreviations.
_LEAST_ALONE: Final = 3


def find_listed(tokens: Tokens, flags: Sequence[int]) -> list[tuple[int, int]]:
    """Start and end of each such name, in characters.

    >>> from scanner.names.lexicon import load_lexicon
    >>> from scanner.names.tokens import tokenise
    >>> tokens = tokenise("Ask Nancy B. Miller of Charlotte Street.")
    >>> find_listed(tokens, load_lexicon().flags(tokens.words))
    [(4, 19)]
    """
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens.words):
        last = _last(tokens, flags, place) if _is_given(tokens, flags, place) else place
        if (last > place or _stands_alone(tokens, flags, place)) and not _is_part(tokens, flags, place, last):
            found.append((tokens.starts[place], tokens.end(last)))
        place = last + 1
    return found


def _is_given(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    return flags[place] & (GIVEN | ORDINARY | _OTHER) == GIVEN and _is_capitalised(tokens.words[place])


def _stands_alone(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether it is a word that is a given name and nothing else, beside small words or signs."""
    if not _is_given(tokens, flags, place) or flags[place] & _ELSE or len(tokens.words[place]) < _LEAST_ALONE:
        return False
    around = [other for other in (place - 1, place + 1) if 0 <= other < len(tokens.words)]
    return all(not tokens.words[other][0].isupper() and not tokens.words[other][0].isdigit() for other in around)


def _last(tokens: Tokens, flags: Sequence[int], first: int) -> int:
    """The surname that belongs to the given name `first`, with other given names and initials between; `first` if there is none."""
    for place in range(first + 1, min(first + 2 + _MOST_BETWEEN, len(tokens.words))):
        word, dotted = tokens.words[place], tokens.words[place] == "."
        if tokens.starts[place] - tokens.end(place - 1) != (0 if dotted else 1):
            return first
        surname = flags[place] & _SURNAME and not flags[place] & _NO_SURNAME and (flags[place] & SURNAME or not flags[place] & ORDINARY)
        if surname and _is_capitalised(word) and not _is_followed(tokens, flags, place):
            return place
        between = (dotted and len(tokens.words[place - 1]) == 1) or (len(word) == 1 and word.isupper()) or _is_given(tokens, flags, place)
        if not between:
            return first
    return first


def _is_followed(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether another surname comes behind, to which this one may be a given name."""
    behind = place + 1
    return (
        behind < len(tokens.words)
        and tokens.starts[behind] - tokens.end(place) == 1
        and _is_capitalised(tokens.words[behind])
        and bool(flags[behind] & _SURNAME)
        and bool(flags[place] & GIVEN)
        and not flags[behind] & (_OTHER | ORDINARY)
    )


def _is_part(tokens: Tokens, flags: Sequence[int], first: int, last: int) -> bool:
    """Whether it is a part of the name of something else: of a firm, a street, a path."""
    words, before, behind = tokens.words, first - 1, last + 1
    if before >= 0 and (words[before] in _GLUE or words[before] == ".") and tokens.end(before) == tokens.starts[first]:
        return True
    if before >= 0 and flags[before] & STREET and words[before][0].isupper():
        return True
    if behind >= len(words):
        return False
    gap = tokens.starts[behind] - tokens.end(last)
    return (gap == 0 and words[behind] in _GLUE) or (gap <= 1 and words[behind][0].isupper() and bool(flags[behind] & _OTHER))


def _is_capitalised(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()
