"""How keywords are found: in running text as whole words, in names of columns after the name was split into words."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

import regex

from identifiers.fold import fold, plain_letters

# Written without spaces between words, so that a word may touch the next one. The long vowel mark belongs to no one script.
UNSPACED_SCRIPTS: Final = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Of scripts that space words.
_LETTER_OR_DIGIT = rf"(?:[^\P{{L}}{UNSPACED_SCRIPTS}]|\p{{N}})"
_GAP = r"(?:[_\-]|\s{1,3})?"
# `employeeSsn`: a capital behind a small letter begins a word, whatever the flags around it say.
_CAMEL_EDGE = r"(?-i:(?<=\p{Ll})(?=\p{Lu}))"
_NAME_WORDS = regex.compile(
    r"""(?x)
    \p{Lu}+ (?= \p{Lu}\p{Ll} )      # SSN in SSNNumber
  | \p{Lu}? [\p{Ll}\p{M}]+          # Social, security
  | \p{Lu}+                         # SSN
  | \p{N}+
  | [\p{L}\p{M}]+                   # scripts without case
  | [\#№]                           # ss#
    """
)


@cache
def keyword_regex(keyword: str) -> regex.Pattern[str]:
    """A compiled regex that finds `keyword` in any case, as a whole word.

    A space stands for nothing, `_`, `-` or one to three white-space characters. No letter or digit may touch the keyword,
    but `_` and `-` may, and so may the other half of a camelCase word. In scripts that do not space words anything may.

    >>> bool(keyword_regex("social security").search("SOCIAL_SECURITY: 1"))
    True
    >>> bool(keyword_regex("ssn").search("employee_ssn")), bool(keyword_regex("ssn").search("lessness"))
    (True, False)
    """
    edges = _edge(keyword[0], before=True), _edge(keyword[-1], before=False)
    return regex.compile(keyword_body(keyword, _GAP).join(edges), regex.IGNORECASE)


def keyword_body(keyword: str, gap: str) -> str:
    """The letters of `keyword` as an expression, to be searched in any case.

    :param gap: what stands for its spaces
    """
    body = gap.join(regex.escape(word, special_only=True, literal_spaces=True) for word in plain_letters(keyword).split())
    # Turkish tells these apart; who writes it without its letters does not.
    return regex.sub("[iI]", "[i\u0131\u0130]", body)


def keyword_end(keyword: str, text: str, start: int) -> int | None:
    """Where `keyword` ends if it begins at `start` of `text`, as `keyword_regex` has it; else None.

    Compared by hand: compiling a regex for each of thousands of keywords takes seconds.

    >>> keyword_end("social security", "my SOCIAL_SECURITY: 1", 3), keyword_end("ssn", "lessness", 2)
    (18, None)
    """
    end = _spelled_end(keyword, text, start)
    if end is None or not (_is_edge(text, start, keyword[0]) and _is_edge(text, end, keyword[-1])):
        return None
    return end


_GAP_MARKS: Final = frozenset("_-")


def _spelled_end(keyword: str, text: str, start: int) -> int | None:
    """Where the letters of `keyword` end, whatever stands around them."""
    place = start
    for number, word in enumerate(_words_of(keyword)):
        behind = _behind_gap(text, place) if number else place
        if fold(text[behind : behind + len(word)]) != word:
            if behind == place or fold(text[place : place + len(word)]) != word:
                return None
            behind = place
        place = behind + len(word)
    return place


@cache
def _words_of(keyword: str) -> tuple[str, ...]:
    return tuple(fold(keyword).split())


def _behind_gap(text: str, place: int) -> int:
    if text[place : place + 1] in _GAP_MARKS:
        return place + 1
    blanks = 0
    while blanks < 3 and text[place + blanks : place + blanks + 1].isspace():
        blanks += 1
    return place + blanks


def _is_edge(text: str, place: int, character: str) -> bool:
    """Whether a keyword may begin or end at `place`, where its outermost letter is `character`."""
    before, behind = text[max(0, place - 1) : place], text[place : place + 1]
    if not before or not behind or not is_spaced(character) or not (is_spaced(before) and is_spaced(behind)):
        return True
    return unicodedata.category(before) == "Ll" and unicodedata.category(behind) == "Lu"


def linear_keywords(keywords: Iterable[str]) -> str:
    """An expression for engines without look-around (RE2) that matches wherever `keyword_regex` of one does, and seldom elsewhere."""
    bodies: dict[tuple[bool, bool], list[str]] = {}
    for keyword in keywords:
        edges = is_spaced(keyword[0]), is_spaced(keyword[-1])
        bodies.setdefault(edges, []).append(keyword_body(keyword, _LINEAR_GAP))
    groups = ((before, "|".join(those), behind) for (before, behind), those in bodies.items())
    return "|".join(f"{_LINEAR_BEFORE if before else ''}(?i:{body}){_LINEAR_BEHIND if behind else ''}" for before, body, behind in groups)


# A small letter before, or a capital behind, may be the other half of a camelCase word. Letters beyond ASCII are let
# through: classes that know them make the automaton a hundred times slower.
_LINEAR_BEFORE = r"(?:\A|[^0-9A-Z])"
_LINEAR_BEHIND = r"(?:\z|[^0-9a-z])"
_LINEAR_GAP = r"(?:[_\-]|[\s\x0b\x1c-\x1f\x{85}\pZ]{1,3})?"


def is_spaced(character: str) -> bool:
    """Whether a letter or digit beside `character` makes it a part of a longer word."""
    return character.isalnum() if character.isascii() else _is_spaced(character)


@cache
def _is_spaced(character: str) -> bool:
    return regex.match(_LETTER_OR_DIGIT, character) is not None


def split_name(name: str) -> str:
    """The words of a column name, JSON key or tag, in lower case with one space between.

    >>> split_name("socialSecurityNumber2"), split_name("SSNNumber"), split_name("emp_ss-no.1")
    ('social security number 2', 'ssn number', 'emp ss no 1')
    """
    return " ".join(_NAME_WORDS.findall(name)).lower()


def _edge(character: str, *, before: bool) -> str:
    """What may not stand beside the edge `character` of a keyword. Beside punctuation and unspaced scripts all may."""
    if not is_spaced(character):
        return ""
    guard = f"(?<!{_LETTER_OR_DIGIT})" if before else f"(?!{_LETTER_OR_DIGIT})"
    return f"(?:{guard}|{_CAMEL_EDGE})"
