"""Names in lines without any capital letter, as people write them in chats: `hoi sanne, is tjalling er al?`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.labelled import Found
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.roles import ROLES

_FLAGS: Final = regex.VERSION1
# Who speaks may have a capital letter. Lines of programs have other signs.
_LINE: Final = kept_regex(
    r"(?m)^(?:\[?\d[\d:., ]{3,18}\]?[ ]*[-–]?[ ]*)?(?:[\p{L} ~.]{1,24}:[ ])?(?P<line>\p{Ll}[^\n\p{Lu}=(){}\[\]<>\\/_|#$;\"]{3,300})$",
    _FLAGS,
)
_WORD: Final = kept_regex(r"(?<![\p{L}\d@.'’-])\p{Ll}[\p{L}\p{M}]+(?:-\p{Ll}[\p{L}\p{M}]+)?(?![\p{L}\d@]|\.\p{L})", _FLAGS)
_GREETING: Final = (
    r"hi|hey|hello|hiya|dear|thanks|thx|ty|cheers|morning|night|bye|"
    r"hallo|hei|moin|servus|lieber?|danke|tschüss|"
    r"hola|oye|gracias|oi|olá|ola|obrigad[oa]|valeu|vlw|ciao|ehi|grazie|cara|caro|salut|coucou|merci|bonjour|hoi|hee|dag|bedankt|beste|lieve"
)
_TITLE: Final = r"mr|mrs|ms|miss|dr|sir|don|doña|dona|seu|sr|sra|herr|frau|mevrouw|mevr|meneer|dhr|juf|madame|monsieur|mme|signora?|sig"
_LEADER: Final = kept_regex(rf"(?P<greeting>{_GREETING})|(?P<title>{_TITLE})|{ROLES}", _FLAGS)
_GIVEN: Final = BIT["given"]
_ELSE: Final = (
    ORDINARY | BIT["technical"] | BIT["month"] | BIT["title"] | BIT["particle"] | BIT["organisation"] | BIT["name_label"] | BIT["street"]
)
_LISTED: Final = BIT["given"] | BIT["surname"] | BIT["surname_rare"]
_LEAST: Final = 3
_BEGINNING: Final = 60
_FIRST_WORDS: Final = 4
_MOST_LINES: Final = 40
_FULL: Final = kept_regex(r"(?m)^.*\S.*$", _FLAGS)
_SHARE_OF_CHAT: Final = 0.3
# Words of chats that some list has among the names.
_NONE: Final = frozenset(
    "dan aan mia asko bora addy taf mec nan kent anders oke ke pauls vc tal bro sis babe lol omg ale ju ma pa mi mo man ty thx".split()  # noqa: SIM905
)
# What stands before the names of places and feasts.
_HOLY: Final = frozenset({"san", "santa", "santo", "são", "sao", "saint", "sainte", "st", "sint", "the", "20", "show"})


def find_small(text: str, lexicon: Lexicon) -> list[Found]:
    """Start, end, and the kind of rule (`small`) of each name, by place.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "hoi sanne, kun je erwin peeters bellen?"
    >>> [text[start:end] for start, end, _ in find_small(text, load_lexicon())]
    ['sanne', 'erwin peeters']
    """
    return [one for match in _LINE.finditer(text) for one in _in_line(text, *match.span("line"), lexicon)]


def is_chat(text: str) -> bool:
    """Whether a good part of the lines of `text` are in small letters, apart from who speaks; in other texts such a line is no message."""
    lines = len(_FULL.findall(text))
    return len(_LINE.findall(text)) >= _SHARE_OF_CHAT * lines


def greets(text: str) -> bool:
    """Whether one of the first words of a line greets, or leads to a name: `hoi sanne`, `is tante truus er al`."""
    return any(any(map(_leader, line[:_BEGINNING].split()[:_FIRST_WORDS])) for line in text.split("\n", _MOST_LINES)[:_MOST_LINES])


def _in_line(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Found]:
    spans = [match.span() for match in _WORD.finditer(text, start, end)]
    words = [text[first:last] for first, last in spans]
    flags = lexicon.flags(words)
    behind = 0
    for place, span in enumerate(spans):
        if span[0] < behind or words[place] in _NONE or (place and words[place - 1] in _HOLY):
            continue
        if not _is_given(text, span, flags[place]) and not (place and _is_led(text, spans[place - 1], span, flags[place])):
            continue
        last = span[1]
        # The surname.
        if (
            place + 1 < len(spans)
            and spans[place + 1][0] == last + 1
            and text[last] == " "
            and _is_surname(words[place + 1], flags[place + 1])
        ):
            last = spans[place + 1][1]
        yield span[0], last, "small"
        behind = last


def _is_given(text: str, span: tuple[int, int], flags: int) -> bool:
    """Whether it is a given name, and no word that is anything else, nor a town behind its code."""
    town = flags & BIT["city"] and text[max(0, span[0] - 2) : span[0] - 1].isdigit()
    return bool(flags & _GIVEN) and not flags & (_ELSE | BIT["seldom"]) and span[1] - span[0] >= _LEAST and not town


def _is_led(text: str, before: tuple[int, int], span: tuple[int, int], flags: int) -> bool:
    """Whether a greeting, a title or a word for kin or a calling stands directly before, and the word may be a name."""
    gap = text[before[1] : span[0]]
    leader = _leader(text[before[0] : before[1]]) if gap in {" ", ". "} else ""
    return bool(leader) and (gap == " " or leader == "title") and _may_be(flags, greeted=leader == "greeting")


@lru_cache(maxsize=20_000)
def _leader(word: str) -> str:
    """What kind of word it is before a name; empty for one that leads to none."""
    found = _LEADER.fullmatch(word)
    return (found.lastgroup or "role") if found else ""


def _may_be(flags: int, *, greeted: bool) -> bool:
    """Whether a word behind a title, a greeting or kin is a name."""
    if flags & (_ELSE & ~ORDINARY) or flags & BIT["common"]:
        return False
    return bool(flags & _LISTED) if greeted or flags & BIT["usual"] else True


def _is_surname(word: str, flags: int) -> bool:
    return word not in _NONE and bool(flags & (BIT["surname"] | BIT["surname_rare"])) and not flags & (_ELSE | BIT["seldom"])
