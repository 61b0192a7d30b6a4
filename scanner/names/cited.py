"""Rules for names of authors: in lists of works, in the heads of programs, and above what is quoted in a mail."""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.labelled import NAME, PARTICLE, Found
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.tokens import tokenise

_FLAGS: Final = regex.VERSION1
_SURNAME: Final = (
    rf"(?:{PARTICLE}[ ]|D[aei][ ]|De[ ]|Van[ ]|Von[ ])?(?:[OD]['’]|Mc|Mac)?\p{{Lu}}[\p{{L}}\p{{M}}]+(?:-\p{{Lu}}[\p{{L}}\p{{M}}]+)*"
    rf"(?:[ ]\p{{Lu}}[\p{{L}}\p{{M}}]{{2,}})?"
)
_INITIALS: Final = r"\p{Lu}\.(?:[ -]{0,2}\p{Lu}\.){0,3}(?![\p{L}\p{N}])"
# `Housner, G. W.` at the start of an entry, or behind another author.
_BEFORE: Final = r"(?:(?m:^)[ \t]*(?:\[\d{1,3}\]|\d{1,3}\.|[-–•*])?[ \t]*|(?<=[,;&][ ])|(?<=[ ](?:and|und|et|y|e|en|u\.)[ ]))"
_PARTICLE_BEHIND: Final = r"(?:[ ](?:de|van(?:[ ]de[nr]?)?|den|ter|ten|von)(?=,|[ ](?:\(|&|en\b|e\b|y\b|et\b|und\b|and\b)))?"
_CITED: Final = kept_regex(
    rf"{_BEFORE}(?P<name>{_SURNAME},[ ](?!S\.[ ]?[LAr]|[NB]\.[ ]?V\.){_INITIALS}{_PARTICLE_BEHIND})"
    r"(?=[ ]?(?:[,;:&(\[\n\"“«]|\d{4}|\p{L})|$)",
    _FLAGS,
)
_YEAR: Final = kept_regex(r"(?<!\d)(?:1[6-9]|20)\d\d[a-z]?(?!\d)")
# As far as an entry of a list goes.
_ENTRY: Final = 300
_WROTE: Final = kept_regex(
    rf"(?m)^[> \t]*(?:On|Am|Le|El|Il|Op|Em|No|Il\sgiorno)\s[^\n]{{4,60}}?\d[^\n]{{0,30}}?[ ](?P<name>{NAME})"
    r"(?:[ ]?(?:<|\()[^\n>)]{0,80}[>)])?[ ]?(?:wrote|schrieb|a\sécrit|escribió|ha\sscritto|schreef|escreveu)[ ]?:",
    _FLAGS,
)
_COPYRIGHT: Final = r"(?i:copyright)[ ](?:(?:\(c\)|\(C\)|©)[ ])?(?:\d{4}(?:\s?[-–,]\s?\d{2,4})*,?[ ])(?:(?i:by)[ ])?"
_AUTHOR: Final = kept_regex(
    rf"(?m)(?:[@\\]author:?[ \t]+|__author__\s?=\s?[\"']|{_COPYRIGHT})(?P<name>{NAME})(?=[ \t]*(?:$|[,<(\"'.;]|and\b|&[ ]))",
    _FLAGS,
)
_NO_NAME: Final = BIT["organisation"] | BIT["technical"] | BIT["month"] | BIT["title"] | BIT["street"]


def find_cited(text: str, lexicon: Lexicon) -> list[Found]:
    """Start, end, and the kind of rule (`cited`, `author`) of each name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "[3] Housner, G. W. 1963. The Dynamic Behavior of Water Tanks."
    >>> [text[start:end] for start, end, _ in find_cited(text, load_lexicon())]
    ['Housner, G. W.']
    """
    found = list(_cited(text, lexicon))
    for rule in (_WROTE, _AUTHOR):
        spans = (match.span("name") for match in rule.finditer(text))
        found.extend((start, end, "author") for start, end in spans if _is_given(text[start:end], lexicon))
    return sorted(found)


def _cited(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for match in _CITED.finditer(text):
        start, end = match.span("name")
        words = [word for word in tokenise(text[start:end]).words if len(word) > 1 and word[0].isupper()]
        if _YEAR.search(text, end, _end_of_entry(text, end)) and not any(flag & _NO_NAME for flag in lexicon.flags(words)):
            yield start, end, "cited"


def _end_of_entry(text: str, place: int) -> int:
    line = text.find("\n", place, place + _ENTRY)
    return line if line >= 0 else min(len(text), place + _ENTRY)


def _is_given(value: str, lexicon: Lexicon) -> bool:
    """Whether it begins with a given name that is no usual word, and has nothing of a firm."""
    words = [word for word in tokenise(value).words if len(word) > 1 and word[0].isalpha()]
    flags = lexicon.flags(words)
    return bool(words) and flags[0] & (BIT["given"] | ORDINARY) == BIT["given"] and not any(flag & _NO_NAME for flag in flags)
