"""What the names over a column say of its values: a given name, a street, something else, or nothing."""

import os
import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

import regex

from identifiers.keywords import split_name
from scanner.names.fold import fold

_FILE: Final = os.path.join(os.path.dirname(__file__), "headers.toml")
# Longer ones are sentences, or values.
_MOST_WORDS: Final = 7
_LONGEST: Final = 80
# A short word means too many things to count inside a longer header: `ST`, `cap`, `il`.
_SHORT: Final = 3
_LONGEST_PHRASE: Final = 5
_UNSPACED: Final = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー〒\p{Hangul}\p{Thai}]")
_PARENTHESES: Final = regex.compile(r"[(\[].*?[)\]]")


class Role(StrEnum):
    """What a column's header says."""

    GIVEN = "given"
    SURNAME = "surname"
    FULL = "full"
    INDIVIDUAL = "individual"
    PERSON = "person"
    STREET = "street"
    ADDRESS = "address"
    HOUSE = "house"
    LINE2 = "line2"
    CITY = "city"
    REGION = "region"
    POSTCODE = "postcode"
    COUNTRY = "country"
    OTHER = "other"
    NONE = "none"


NAME_ROLES: Final = frozenset({Role.GIVEN, Role.SURNAME, Role.FULL, Role.INDIVIDUAL, Role.PERSON})
PLACE_ROLES: Final = frozenset({Role.STREET, Role.ADDRESS, Role.HOUSE, Role.LINE2, Role.CITY, Role.REGION, Role.POSTCODE, Role.COUNTRY})
# Of phrases of the same length the earlier kind counts: `customer city` is a city.
_ORDER: Final = (*(role for role in Role if role in PLACE_ROLES), Role.GIVEN, Role.SURNAME, Role.FULL, Role.INDIVIDUAL, Role.PERSON)


@dataclass(frozen=True, slots=True)
class Header:
    """What the names over a column say.

    :param word: the words that say it
    :param owner: whose it is, or which of several: columns of one person or address share it
    """

    role: Role
    word: str = ""
    owner: tuple[str, ...] = ()


NOTHING: Final = Header(Role.NONE)
SOMETHING_ELSE: Final = Header(Role.OTHER)


@lru_cache(maxsize=10_000)
def read_header(names: tuple[str, ...]) -> Header:
    """What `names`, outermost first, say; only the innermost and the one around it are asked.

    >>> read_header(("customer", "firstName")).role, read_header(("product_name",)).role, read_header(("PLZ",)).role
    (<Role.GIVEN: 'given'>, <Role.OTHER: 'other'>, <Role.POSTCODE: 'postcode'>)
    """
    if not names or len(names[-1]) > _LONGEST:
        return NOTHING
    inner = _words(names[-1])
    outer = _words(names[-2])[-3:] if len(names) > 1 and len(names[-2]) <= _LONGEST else []
    if not inner or len(inner) > _MOST_WORDS:
        return NOTHING
    found = _told(outer, inner)
    if found is None:
        return SOMETHING_ELSE if _any(inner, _set("other")) else NOTHING
    role, phrase = found
    return _judged(role, phrase, outer, inner)


def _words(name: str) -> list[str]:
    return fold(split_name(_PARENTHESES.sub(" ", name) or name)).split()


def _told(outer: list[str], inner: list[str]) -> tuple[Role, str] | None:
    """The phrase that says most: that at the end, as in `customer city`; before `of` and its like that at the beginning."""
    if _heads().isdisjoint(inner):
        return _unspaced("".join(inner))
    spans = _spans([*outer, *inner], len(outer), inner)
    plain = [span for span in spans if span[3] not in _BARE] or spans
    longest = [one for one in plain if not any(o[0] <= one[0] and one[1] <= o[1] and o is not one for o in plain)]
    if not longest:
        return _unspaced("".join(inner))
    role, phrase = (longest[0] if not _OF.isdisjoint(inner) else max(longest, key=lambda one: (one[1], -one[0])))[2:]
    return role, phrase


def _spans(words: list[str], begin: int, inner: list[str]) -> list[tuple[int, int, Role, str]]:
    """All phrases in `words` that take in one from `begin` on, with where they start and end."""
    found = []
    for start in range(len(words)):
        for end in range(max(start, begin) + 1, min(start + _LONGEST_PHRASE, len(words)) + 1):
            phrase = " ".join(words[start:end])
            role = _phrases().get(phrase)
            if role and (len(phrase) > _SHORT or _counts(phrase, inner)):
                found.append((start, end, role, phrase))
    return found


def _counts(phrase: str, inner: list[str]) -> bool:
    """Whether a short phrase is all of the header but for numbers and for what says which of several it is."""
    rest = [word for word in inner if word not in phrase.split() and not word.isdigit()]
    return all(word in _set("which") or word in _set("whose") for word in rest)


def _unspaced(name: str) -> tuple[Role, str] | None:
    """A phrase at the end of a header that is written without spaces."""
    if not _UNSPACED.search(name):
        return None
    ends = (name[start:] for start in range(len(name) - 1))
    return next(((role, end) for end in ends if (role := _phrases().get(end)) and _UNSPACED.search(end)), None)


def _judged(role: Role, phrase: str, outer: list[str], inner: list[str]) -> Header:
    """`role`, unless the words beside `phrase` say something else."""
    rest = [word for word in inner if word not in phrase.split() and not word.isdigit()]
    owner = tuple(sorted({word for word in [*outer, *inner] if _any([word], _set("which")) or _any([word], _set("whose"))}))
    numbers = tuple(word for word in inner if word.isdigit() and word != "1" and word not in phrase.split())
    header = Header(role, phrase, owner + numbers)
    if role in PLACE_ROLES:
        return SOMETHING_ELSE if _any([*rest, *outer], _set("not_address")) else header
    if role is Role.FULL and _any(rest, _set("other")):
        return replace(header, role=Role.PERSON)
    if role not in (Role.INDIVIDUAL, Role.PERSON):
        return SOMETHING_ELSE if _any(rest, _set("other_always")) else header
    if phrase not in _BARE and inner[-len(phrase.split()) :] == phrase.split() and not phrase.endswith("name"):
        return header
    if _any(rest, _set("other")) or (phrase in _BARE and _any(outer, _set("other"))):
        return SOMETHING_ELSE
    known = all(_any([word], _set("whose")) or word in _SMALL for word in rest)
    return header if known else NOTHING


# Says that there is a name, and not whose; in the languages of most tables.
_BARE: Final = frozenset("name names nom noms nombre nome naam namn navn nimi nev nume isim nama nazwa".split())  # noqa: SIM905 - as below
# What comes before one of these is what it is, what comes behind says whose.
_OF: Final = frozenset("of de du des del della delle dello di do da dos das van der des".split())  # noqa: SIM905
_SMALL: Final = frozenset("of the by for to du de la le des del da do della di der des von van og i y e main".split())  # noqa: SIM905


def _any(words: list[str], wanted: frozenset[str]) -> bool:
    """Whether one of `words`, or its singular, is `wanted`."""
    return any(word in wanted or word.removesuffix("s") in wanted for word in words)


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(fold(_lexicon()[key]).split())


@cache
def _phrases() -> dict[str, Role]:
    """Phrase -> role; of several roles of a phrase the first of `_ORDER`."""
    found: dict[str, Role] = {}
    for role in reversed(_ORDER):
        for phrase in _lexicon()[role.value].replace("\n", "|").split("|"):
            found[" ".join(fold(phrase).split())] = role
    found.pop("", None)
    return found


@cache
def _heads() -> frozenset[str]:
    """All words of all phrases: a header without any says nothing."""
    return frozenset(word for phrase in _phrases() for word in phrase.split())


@cache
def _lexicon() -> dict[str, str]:
    with open(_FILE, "rb") as file:
        return tomllib.load(file)
