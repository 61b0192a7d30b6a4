"""Where a word of a name stands by itself, not far from the whole name: `Hartley` in the paragraphs below `Mira Hartley`."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.units import REACH

_WORD: Final = kept_regex(r"\p{Lu}[\p{L}\p{M}]{3,}")
_SEVERAL: Final = kept_regex(r"\p{L}[\p{L}\p{M}.]*[ \n-]{1,2}\p{L}")
# A word by itself; with another capitalised word or such signs beside it, it is a part of something else.
_ALONE: Final = kept_regex(
    r"(?<![\p{L}\p{N}_.@/&\\-])(?<!\p{Lu}[\p{L}\p{M}.]*[ ])(?P<word>\p{Lu}[\p{L}\p{M}]{3,}+)(?![\p{L}\p{N}_@/=\\-]|[ ]\p{Lu}|\.\p{L})"
)
_NO_WORD: Final = ORDINARY | BIT["technical"] | BIT["city"] | BIT["region"] | BIT["street"] | BIT["organisation"]


def find_again(
    text: str, names: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]], span: tuple[int, int], lexicon: Lexicon
) -> list[tuple[int, int]]:
    """Start and end of each such word that begins in `span` of `text`, by place.

    :param names: where whole names stand, at least those up to `REACH` around `span`
    :param taken: where something is found already
    """
    places = _places(text, names, lexicon)
    if not places:
        return []
    behind = sorted(taken)
    # What stands behind the span still tells what the last word in it is.
    found = takewhile(lambda match: match.start() < span[1], _ALONE.finditer(text, span[0]))
    return [
        match.span() for match in found if _is_near(places.get(match["word"], ()), match.start()) and not _is_taken(behind, match.span())
    ]


def _places(text: str, names: Iterable[tuple[int, int]], lexicon: Lexicon) -> dict[str, list[int]]:
    """Word of a name -> where such names begin, ascending."""
    places: dict[str, list[int]] = {}
    for start, end in sorted(names):
        if not _SEVERAL.search(text, start, end):
            continue
        words = _WORD.findall(text, start, end)
        for word, flag in zip(words, lexicon.flags(words), strict=True):
            if not flag & _NO_WORD:
                places.setdefault(word, []).append(start)
    return places


def _is_near(places: Sequence[int], start: int) -> bool:
    place = bisect_left(places, start)
    return any(abs(one - start) <= REACH for one in places[max(0, place - 1) : place + 1])


def _is_taken(taken: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether `span` overlaps any of `taken`, which is ascending and without overlaps."""
    place = bisect_left(taken, span)
    return any(start < span[1] and span[0] < end for start, end in taken[max(0, place - 1) : place + 1])
