"""A rule for names in plain sentences that say by themselves that a person is meant: `I am Anna Berg`, `the Berg family`."""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, GIVEN, ORDINARY, SURNAME, Lexicon
from scanner.names.tokens import tokenise

_FLAGS: Final = regex.VERSION1
_WORD: Final = r"\p{Lu}[\p{Ll}\p{M}]+(?:[-'’]\p{Lu}[\p{Ll}\p{M}]+)*"
_WHOLE: Final = rf"{_WORD}(?:[ ](?:\p{{Lu}}\.[ ]?)?(?:(?:van|von|de|del|della|di|da|dos|du|der|den|ter|ten|la|le)[ ]){{0,3}}{_WORD}){{0,3}}"
_SAYS: Final = (
    r"(?i:i\sam|i['’]m|this\sis|name\sis|calls?\sme|call\shim|call\sher|ich\sbin|ich\sheiße|name\sist|hier\sist|je\ssuis|je\sm['’]appelle|"
    r"nom\sest|soy|me\sllamo|nombre\ses|sono|mi\schiamo|nome\sè|ik\sben|ik\sheet|naam\sis|sou|sou\s[oa]|chamo-me|me\schamo|nome\sé)"
)
# Read backwards from the blank before the capital.
_SAID: Final = kept_regex(rf"[ ](?=\p{{Lu}})(?<=(?<![\p{{L}}\d]){_SAYS}[ ])(?P<name>{_WHOLE})(?![\p{{L}}\d@&-]|[ ]\p{{Lu}}|[ ]?&)", _FLAGS)
_OWNED: Final = (
    r"(?:e-?mail|address|place|house|home|flat|apartment|room|phone|number|mobile|account|car|wife|husband|mother|father|mum|mom|dad|son|"
    r"daughter|brother|sister|boss|birthday|desk|laptop|name|child|children|kids|partner|passport|salary|appointment|signature|manager|"
    r"order|ticket|password|card|bag|dog|cat|surgery|family|parents|colleague|assistant|doctor|teacher|lawyer)"
)
_OWNS: Final = kept_regex(
    rf"(?<![\p{{L}}\d@.&-])(?<!\p{{Lu}}[\p{{L}}.]*[ ])(?P<name>{_WHOLE})['’]s[ ](?=(?:new[ ]|old[ ])?{_OWNED}\b)", _FLAGS
)
_FAMILY: Final = kept_regex(
    rf"(?:(?<=\b[Tt]he[ ])(?P<name>{_WORD})(?=[ ](?:family|household|siblings|twins)\b)|"
    rf"(?<=\b(?:[Ff]amilie|[Ff]amille|[Ff]amilia|[Ff]amília|[Ff]amiglia)[ ])(?P<name>{_WORD})(?![\p{{L}}\d-]|[ ]\p{{Lu}}))",
    _FLAGS,
)
_TOLD: Final = kept_regex(
    rf"(?<=\b(?:told|asked|emailed|texted|phoned|thanked|reminded|invited)[ ])(?P<name>{_WHOLE})"
    r"(?=[ ](?:that|to|if|whether|about|for|and)\b|[.,;])",
    _FLAGS,
)
_AGAINST: Final = kept_regex(rf"(?m)(?:^|[“\"(])(?P<name>{_WORD}(?:[ ](?:\p{{Lu}}\.[ ])?{_WORD}){{1,2}})(?=[ ](?:vs?\.|versus)[ ])", _FLAGS)
_OF: Final = kept_regex(
    r"(?<=\b(?:transaction|account|payment|loan|order|signature|email|address|number|statement|transfer|death|daughter|son|widow|care|name)"
    r"[ ]of[ ])"
    rf"(?P<name>{_WORD}[ ](?:\p{{Lu}}\.[ ])?{_WORD})(?![\p{{L}}\d@&-]|[ ]\p{{Lu}}|[ ]?&)",
    _FLAGS,
)
_CALLED: Final = kept_regex(
    r"(?<=\b(?:caller|customer|client|patient|applicant|cardholder|passenger|tenant|employee|guest|member|subscriber|claimant|borrower|"
    rf"visitor|beneficiary|payee|account[ ]holder|Kundin|Kunde|Patientin|Patient|cliente|paciente|klant|patiënt|patient)[ ])"
    rf"(?P<name>{_WORD}[ ](?:\p{{Lu}}\.[ ])?{_WORD})(?![\p{{L}}\d@&-]|[ ]\p{{Lu}}|[ ]?&)",
    _FLAGS,
)
_OTHER: Final = BIT["organisation"] | BIT["month"] | BIT["technical"] | BIT["title"] | BIT["street"]


def find_personal(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Start and end of each such name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "I am John Sanchez, and here is Helen's address. The Fergusons know the Ferguson family."
    >>> [text[start:end] for start, end in find_personal(text, load_lexicon())]
    ['John Sanchez', 'Helen', 'Ferguson']
    """
    for rule, words_too in ((_SAID, False), (_OWNS, True), (_TOLD, False)):
        yield from (match.span("name") for match in rule.finditer(text) if _is_person(match["name"], lexicon, words_too=words_too))
    yield from (match.span("name") for match in _FAMILY.finditer(text) if _is_surname(match["name"], lexicon))
    for rule, words_too in ((_AGAINST, False), (_OF, False), (_CALLED, True)):
        yield from (match.span("name") for match in rule.finditer(text) if _is_whole(match["name"], lexicon, words_too=words_too))


def _is_person(name: str, lexicon: Lexicon, *, words_too: bool) -> bool:
    """A given name of the lists, or one with a surname.

    :param words_too: alone it may be an ordinary word or a town, too: `Mark's address`
    """
    flags = _flags(name, lexicon)
    other = BIT["region"] | _OTHER | (0 if words_too else ORDINARY | BIT["city"])
    return bool(flags[0] & GIVEN) and not flags[0] & other if len(flags) == 1 else _is_whole(name, lexicon)


def _is_whole(name: str, lexicon: Lexicon, *, words_too: bool = False) -> bool:
    """A given name with a word behind it that is a surname of the lists.

    :param words_too: the given name may be an ordinary word, too: `caller Uma Brandt`, since `uma` is one in Portuguese
    """
    flags = _flags(name, lexicon)
    surname = flags[-1] & (SURNAME | BIT["surname_rare"]) and not flags[-1] & (BIT["organisation"] | BIT["month"] | BIT["title"])
    return len(flags) > 1 and bool(flags[0] & GIVEN) and not flags[0] & (_OTHER | (0 if words_too else ORDINARY)) and bool(surname)


def _is_surname(name: str, lexicon: Lexicon) -> bool:
    flags = _flags(name, lexicon)[-1]
    return bool(flags & SURNAME) and not flags & (ORDINARY | _OTHER)


def _flags(name: str, lexicon: Lexicon) -> list[int]:
    words = [word for word in tokenise(name).words if word[0].isalpha() and len(word) > 1]
    return lexicon.flags(words)
