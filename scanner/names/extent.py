"""How far a name goes: the given names and initials before it, the surname behind a particle, the sentence that ends inside of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from scanner.names.lexicon import BIT, ORDINARY
from scanner.names.roles import HONORIFICS
from scanner.names.tokens import Tokens

_NO_GIVEN: Final = BIT["title"] | BIT["technical"] | BIT["month"] | BIT["organisation"] | BIT["street"]
_NO_SURNAME: Final = BIT["technical"] | BIT["month"] | BIT["organisation"] | BIT["street"]
_NAMES: Final = BIT["given"] | BIT["given_part"] | BIT["surname"] | BIT["surname_rare"]
# What stands before a name at the start of a line or a field.
_STARTS: Final = frozenset({"\n", ":", ";", '"', "'", "(", "|", "-", "•", "/"})
_QUOTES: Final = frozenset("\"'“”«»‘’")
_LONGEST_SURNAME: Final = 5
_DOTTED: Final = frozenset({"Jr", "Sr", "Jun", "Sen"})
_SUFFIXES: Final = frozenset({"Jr", "Sr", "II", "III", "IV"})
_DUTCH: Final = frozenset({"van", "den", "der", "ter", "ten", "het"})
_CAPITAL_PARTICLES: Final = frozenset({"La", "Le", "Los", "Las"})
_CONJUNCTIONS: Final = frozenset({"und", "et", "y", "e", "and", "en", "i"})


def names_apart(tokens: Tokens, flags: Sequence[int], spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The first token of each span and the one behind it; cut in two where a sentence ends inside: `Ana laughs. Bruno too`."""
    for start, end in spans:
        first, behind = tokens.at(start), tokens.at(end)
        words = tokens.words
        small = next((place for place in range(first + 1, behind - 1) if _is_small_word(tokens, flags, place)), None)
        if small is not None and words[first][0].isupper() and words[behind - 1][0].isupper():
            last = next(place for place in range(small - 1, first - 1, -1) if place == first or words[place][0].isupper())
            yield first, last + 1
            if flags[small + 1] & BIT["given"] and not flags[small + 1] & ORDINARY:
                yield small + 1, behind
            continue
        cut = next((place for place in range(first + 1, behind - 1) if _ends_sentence(tokens, flags, place)), None)
        if cut is None or not (words[first][0].isupper() and words[behind - 1][0].isupper()):
            yield first, behind
        else:
            last = next(place for place in range(cut - 1, first - 2, -1) if place < first or words[place][0].isupper())
            yield first, last + 1
            yield cut + 1, behind


def _is_small_word(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether it is a word in small letters that no name has inside: `Marie-Thérèse uit Leuven`."""
    word = tokens.words[place]
    if not (
        word.islower() and len(word) > 2 and is_beside(tokens, place) and place + 1 < len(tokens.words) and is_beside(tokens, place + 1)
    ):
        return False
    return not flags[place] & (BIT["particle"] | _NAMES) and bool(flags[place] & (ORDINARY | BIT["seldom"]))


def joined(tokens: Tokens, flags: Sequence[int], names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """`names`, by place, with those made one that are parts of one: `Quispe Huanca, Ronald`, `Cathal "Bull" Kehoe`."""
    found: list[tuple[int, int]] = []
    for first, behind in names:
        if found and (_is_turned(tokens, flags, found[-1], (first, behind)) or _is_nicknamed(tokens, found[-1], first)):
            first = found.pop()[0]  # noqa: PLW2901 - it begins with the one before
        found.append((first, behind))
    return found


def _is_turned(tokens: Tokens, flags: Sequence[int], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether `one` is a surname at the start of a line or a field, and `other`, behind a comma, the given name."""
    words = tokens.words
    if other[0] != one[1] + 1 or words[one[1]] != "," or not (one[0] == 0 or words[one[0] - 1] in _STARTS):
        return False
    if other[1] < len(words) and words[other[1]] == ",":
        return False
    surname = not flags[one[0]] & BIT["given"] and "." not in words[one[0] : one[1]] and one[1] - one[0] <= _LONGEST_SURNAME
    given = (flag & BIT["given"] for word, flag in zip(words[slice(*other)], flags[slice(*other)], strict=True) if len(word) > 1)
    return surname and all(given)


def _is_nicknamed(tokens: Tokens, one: tuple[int, int], first: int) -> bool:
    words, quote = tokens.words, one[1]
    return first == quote + 3 and words[quote] in _QUOTES and words[quote + 2] in _QUOTES and words[quote + 1][0].isupper()


def _ends_sentence(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether a full stop stands there behind a small word."""
    before = tokens.words[place - 1]
    return tokens.words[place] in {".", "!", "?"} and len(before) > 2 and before.islower() and not flags[place - 1] & BIT["particle"]


def with_neighbours(tokens: Tokens, flags: Sequence[int], first: int, behind: int) -> tuple[int, int]:
    """A name with the given names that stand before it and the surname behind a particle, as in `Nourdin Amrani`, `Jan van Os`.

    Both are tokens, the second behind the last.

    >>> from scanner.names.lexicon import load_lexicon
    >>> from scanner.names.tokens import tokenise
    >>> tokens = tokenise("cc Marieke van den Berg")
    >>> with_neighbours(tokens, load_lexicon().flags(tokens.words), 1, 2)
    (1, 5)
    """
    if behind - first == 1 and _is_unlisted_given(tokens, flags, first - 1):
        first -= 1
    while (before := _given_before(tokens, flags, first)) is not None:
        first = before
    return first, _with_suffix(tokens, _surname_behind(tokens, flags, behind))


def _is_unlisted_given(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether the word, which stands before a single name in a sentence, is in no list, or among the given names."""
    if (
        place < 1
        or tokens.words[place].lower() in HONORIFICS
        or not is_beside(tokens, place + 1)
        or not _is_name_like(tokens.words[place])
        or not _is_name_like(tokens.words[place + 1])
    ):
        return False
    before = tokens.words[place - 1]
    if not is_beside(tokens, place) or not (before[0].islower() or before in {",", ":"}) or flags[place] & _NO_GIVEN:
        return False
    return bool(flags[place] & BIT["given"]) or not flags[place] & ~_NAMES


def _with_suffix(tokens: Tokens, behind: int) -> int:
    """Behind `Jr.` or `III`, where one follows."""
    words = tokens.words
    at = behind
    if at >= len(words) or words[at] not in _SUFFIXES or not is_beside(tokens, at):
        return behind
    return at + 2 if at + 1 < len(words) and words[at + 1] == "." and words[at] in _DOTTED else at + 1


def _given_before(tokens: Tokens, flags: Sequence[int], first: int) -> int | None:
    words, place = tokens.words, first - 1
    if place < 0 or not words[first][0].isupper():
        return None
    gap = tokens.starts[first] - tokens.end(place)
    if words[place] == "-" and gap == 0 and place and words[place - 1][0].isupper() and tokens.end(place - 1) == tokens.starts[place]:
        return place - 1
    known = flags[place] & BIT["given"] and not flags[place] & (ORDINARY | _NO_GIVEN)
    return place if gap == 1 and known and _is_name_like(words[place]) and words[first][1:].islower() else None


def _surname_behind(tokens: Tokens, flags: Sequence[int], behind: int) -> int:
    """The token behind the surname that follows particles."""
    words, place = tokens.words, behind
    while place < len(words) and is_beside(tokens, place) and _is_particle(tokens, flags, place):
        place += 1
    if place == behind or place >= len(words) or not is_beside(tokens, place) or not _is_name_like(words[place]):
        return behind
    # Dutch surnames are words of the language: `Jan van Os`. `Ana de Madrid` comes from there.
    dutch = words[place - 1] in _DUTCH
    none = _NO_SURNAME | (0 if dutch else BIT["city"] | BIT["region"])
    ordinary = flags[place] & ORDINARY and not dutch and not flags[place] & BIT["surname"]
    return behind if words[behind - 1].isupper() or ordinary or flags[place] & none else place + 1


def is_beside(tokens: Tokens, place: int) -> bool:
    """Whether one blank separates the token from the one before it."""
    return tokens.starts[place] - tokens.end(place - 1) == 1


def _is_particle(tokens: Tokens, flags: Sequence[int], place: int) -> bool:
    """Whether it is one of a surname; a capital one only behind another, as in `de La Touche`."""
    word = tokens.words[place]
    small = word.islower() or (tokens.words[place - 1].islower() and word in _CAPITAL_PARTICLES)
    return small and bool(flags[place] & BIT["particle"]) and word not in _CONJUNCTIONS


def _is_name_like(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def with_initials(tokens: Tokens, first: int, behind: int) -> tuple[int, int]:
    """A name with the initials before it, as `G. W. Hill`, or behind it, as `Hill, G. W.`; both tokens, the second behind the last.

    >>> from scanner.names.tokens import tokenise
    >>> with_initials(tokenise("by Hill, G. W. (1990)"), 1, 2)
    (1, 7)
    """
    words = tokens.words
    # `i. A.` and `i. V.` stand before the name of who signs for somebody else.
    while first >= 2 and _is_initial(tokens, first - 2) and not (first >= 4 and words[first - 4] == "i" and words[first - 3] == "."):
        first -= 2
    after = behind + 1
    while behind < len(words) and words[behind] == "," and after + 1 < len(words) and _is_initial(tokens, after):
        after += 2
    # `Hill, G. Wood` are two.
    if after > behind + 1 and not (after < len(words) and words[after][0].isupper()):
        behind = after
    return first, behind


def _is_initial(tokens: Tokens, place: int) -> bool:
    word = tokens.words[place]
    return len(word) == 1 and word.isupper() and tokens.words[place + 1] == "." and tokens.starts[place + 1] == tokens.end(place)
