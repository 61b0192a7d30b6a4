"""Whether values are names of people, one by one: by the word lists, the order of the words, and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from scanner.names.fold import fold
from scanner.names.gazetteer import load
from scanner.names.look import Look
from scanner.names.unspaced import UNSPACED, look_unspaced

# Letters, and what stands between the words of a name: `O'Brien, Mary-Jane (Dr.)`, `J.R.R. Tolkien`, `HILL/ANN MS`.
PLAIN: Final = r"[\p{L}\p{M}][\p{L}\p{M}\s'’`´.,·・&()/\-–]*"
"""The shape of every name, for Arrow and for `regex`."""
_PLAIN: Final = regex.compile(PLAIN)
LONGEST: Final = 80
"""Characters of a name, at most."""
_MOST_WORDS: Final = 7
_BETWEEN: Final = regex.compile(r"[\s·・(),/&]+")
_INITIALS: Final = regex.compile(r"(?:\p{L}{1,2}\.[\s-]?){1,5}|\p{Lu}{1,4}")
_PATRONYMIC: Final = regex.compile(r"(?:ович|евич|овна|евна|инична|ovich|evich|ovna|evna)$")
# What many surnames end or begin with, and few other words; the words are folded.
_ENDING: Final = regex.compile(
    r"""(?x) .{3} (?: ов | ова | ев | ева | ин | ина | скии | ская | цкии | цкая | енко | чук | юк | ян | швили | дзе
    | enko | chuk | shvili | adze | sson | sdottir | ovic | evic | ewicz | owicz | owski | owska | ewski | ewska | escu | opoulos | akis
    | idis | oglu | stein | wala | ssen | nsen | ksen | rsen ) $ | ^(?:o'|mc)\p{L}{3}"""
)
# Between two names behind a title: `Dr. and Mrs. Hill`.
_AND: Final = frozenset("and und et y e i og och ve и".split())  # noqa: SIM905 - as many quoted words would be unreadable; so below
_PLACE_STARTS: Final = frozenset("san santa sant saint st los las el la le port fort new mount north south east west".split())  # noqa: SIM905
# No name holds one, and titles of books and songs do.
_SENTENCE: Final = frozenset(
    """the of in for to with from at on by your our his her their this that is are was not all and or but if who what when how we you they
    it und das mit fur ist nicht ein eine dans pour avec sur une est pas para por una com uma um per il gli non het een met voor
    niet""".split()  # noqa: SIM905
)


@lru_cache(maxsize=20_000)
def look(value: str) -> Look:
    """What `value` looks like.

    >>> [look(value).value for value in ("Maria Gonzalez", "Hill, John", "Maria", "Acme Inc.", "Gondwana", "12")]
    ['full', 'full', 'given', 'other', 'plain', 'other']
    """
    text = value.strip()
    if not text or len(text) > LONGEST or not _PLAIN.fullmatch(text):
        return Look.OTHER
    if UNSPACED.fullmatch(text):
        return look_unspaced(text)
    found = _look_at_words(fold(text), comma="," in text or "/" in text)
    return Look.INITIALS if found not in (Look.GIVEN, Look.SURNAME) and _INITIALS.fullmatch(text) else found


def _look_at_words(folded: str, *, comma: bool) -> Look:
    words = [word for part in _BETWEEN.split(folded) if (word := part.strip(".'’-–`´"))]
    core, titled = _without_titles(words)
    if not core or len(core) > _MOST_WORDS or any(map(_says_other, core)):
        return Look.OTHER
    if titled and any(_is("surname", word) or _is("given", word) for word in core):
        return Look.FULL
    is_place = _is("city", folded) or _is("region", folded) or _is("country", folded)
    found = _single(core[0]) if len(core) == 1 else _several(core, comma=comma)
    if is_place and (found in (Look.PLAIN, Look.HALF) or (len(core) > 1 and (found is not Look.FULL or core[0] in _PLACE_STARTS))):
        return Look.PLACE
    return found


def _without_titles(words: list[str]) -> tuple[list[str], bool]:
    """The words of the name itself, and whether it has a title."""
    core = [word for word in words if not _is("title", word)] or words
    titled = len(core) < len(words)
    return ([word for word in core if word not in _AND] or core) if titled else core, titled


def _is(name: str, word: str) -> bool:
    return word in load().lists[name].folded


def _says_other(word: str) -> bool:
    """Whether a word says that it is a company, a title of a work or of a job, or a thing."""
    if word in _SENTENCE or _is("company", word):
        return True
    return (_is("job", word) or _is("product", word)) and not (_is("surname", word) or _is("given", word))


def _is_given(word: str) -> bool:
    return _is("given", word) or _PATRONYMIC.search(word) is not None or _all_parts("given", word)


def _is_surname(word: str) -> bool:
    return _is("surname", word) or _ENDING.search(word) is not None or _all_parts("surname", word)


def _all_parts(name: str, word: str) -> bool:
    """Whether all parts of a double name are in the list."""
    return "-" in word and all(_is(name, part) for part in word.split("-") if len(part) > 1)


def _single(word: str) -> Look:
    if _is_given(word):
        return Look.GIVEN
    return Look.SURNAME if _is_surname(word) or any(_is("surname", part) for part in word.split("-")) else Look.PLAIN


def _several(words: list[str], *, comma: bool) -> Look:
    """Two words or more: given name first, surname first, initials."""
    core = [word for word in words if not _is("particle", word)]
    if len(core) < 2:
        return _single(core[0]) if core else Look.SURNAME
    givens, surnames = list(map(_is_given, core)), list(map(_is_surname, core))
    initials = [len(word.replace(".", "")) <= 2 and (len(word) == 1 or "." in word) for word in core]
    if all(initials):
        return Look.INITIALS
    forward = (givens[0] and any(surnames[1:])) or (initials[0] and surnames[-1])
    turned = surnames[0] and (any(givens[1:]) or initials[-1])
    if forward or turned or all(givens):
        return Look.FULL
    half = givens[0] or surnames[0] or any(initials) or (any(givens[1:]) if comma else surnames[-1])
    return Look.HALF if half else Look.PLAIN


@dataclass(frozen=True, slots=True)
class People:
    """Which shares of some values look like what."""

    size: int
    full: float
    half: float
    given: float
    surname: float
    initials: float
    place: float
    plain: float
    other: float

    @property
    def people(self) -> float:
        """Values that are names, those of which one half is known counted as half ones."""
        return self.full + self.half / 2

    @property
    def words(self) -> float:
        """Values that are single names."""
        return self.given + self.surname


def people_in(values: Sequence[str]) -> People:
    """What `values`, at least one, look like."""
    looks = [look(value) for value in values]
    shares = {kind: sum(one is kind for one in looks) / len(looks) for kind in Look}
    return People(len(looks), **{kind.value: share for kind, share in shares.items()})
