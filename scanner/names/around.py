"""Rules for names by what stands before them or around them: kin and callings, initials, the end of a letter, who speaks in a chat."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.labelled import NAME, PARTICLE, Found, without_genitive
from scanner.names.lexicon import BIT, ORDINARY, Lexicon
from scanner.names.roles import ROLES
from scanner.names.tokens import tokenise

_FLAGS: Final = regex.VERSION1
_SHORT: Final = r"(?i:fam|mw|mej|prof|t\.a\.v|drs|att|attn|z\.\s?hd|tav|ds|pr)\.|(?:(?i:namens|kollege|tav))"
# Read from the capital letter backwards, in a tenth of the time.
_ROLED: Final = kept_regex(
    rf"[ ](?=\p{{Lu}})(?<=(?<![\p{{L}}\p{{N}}.@\"“„«-])(?P<role>{ROLES}|{_SHORT})[ ])(?P<name>{NAME})(?![\p{{L}}\p{{N}}@'’-])", _FLAGS
)
# Initials with a surname, not an abbreviation at the end of a sentence before the next.
_INITIALLED: Final = kept_regex(
    rf"(?m)(?:(?<=^[ \t>*-]*)|(?<=[,(:;&] )|(?<=\p{{Ll}} )(?<!\p{{Lu}}[\p{{L}}'’-]* ))"
    rf"(?P<name>(?:\p{{Lu}}\.[ -]?){{1,4}}(?:{PARTICLE}[ ])?(?:[OD]['’]|Mc|Mac)?"
    rf"\p{{Lu}}[\p{{L}}\p{{M}}]{{2,}}(?:-(?:{PARTICLE}[ ])?\p{{Lu}}[\p{{L}}\p{{M}}]+)?)"
    rf"(?![\p{{L}}\p{{N}}@-]|\.\p{{L}}|[ ]\p{{Lu}}|\.[ ]\p{{Lu}}\.)",
    _FLAGS,
)
# `M. Faye` is no initial, nor is `D. Antonio`; and a bank.
_TITLES: Final = kept_regex(r"(?:M|D|S|V)\.[ ]|S\.L|S\.A|J\.[ ]?P\.[ ]Morgan", _FLAGS)
_CLOSING: Final = (
    r"(?:(?:kind|best|warm|warmest)\sregards|regards|(?:yours|love|cheers|thanks|thank\syou|sincerely|respectfully)(?:\s\p{Ll}+){0,3}|"
    r"many\sthanks|all\sthe\sbest|best\swishes|best|mit\s(?:freundlichen|besten|herzlichen|lieben|kollegialen)\s(?:grüßen|gruß)|"
    r"mit\sfreundlichem\sgruß|(?:viele|liebe|beste|herzliche|freundliche|schöne)\sgrüße|(?:lieben|besten|schönen)\sgruß|hochachtungsvoll|"
    r"gruß|lg|vg|(?:met\s)?(?:vriendelijke|hartelijke|lieve|beste|warme)\s(?:groet|groeten?|groetjes)|groetjes|groeten?|groet|gr|mvg|hoogachtend|liefs|"
    r"groetjes(?:\s\p{Ll}+){0,2}|"
    r"cordialement|bien\scordialement|bien\sà\s(?:toi|vous)|amicalement|bises?|bisous|à\s(?:bientôt|plus)|"
    r"(?:un\s)?(?:cordial\s)?saludos?(?:\scordial(?:es)?)?|atentamente|un\sabrazo|(?:muchas\s)?gracias|besos|"
    r"atenciosamente|(?:com\sos\s)?(?:melhores\s)?cumprimentos|abraços?|beijos|beijinhos|obrigad[oa]|att|respeitosamente|"
    r"(?:cordiali|distinti|cari)\ssaluti|saluti|un\sabbraccio|un\scaro\ssaluto|grazie|a\spresto|baci)"
)
# Read backwards from the line end or the comma.
_SIGNED: Final = kept_regex(
    rf"(?m)(?=[ ]?[,.!]?[ \t\r]*\n|[,.][ ]\p{{Lu}})(?<=(?<![\p{{L}}-])(?i:{_CLOSING}))"
    rf"(?:[ ]?[,.!]?[ \t\r]*\n\s{{0,6}}|[,.][ ])(?P<name>{NAME})(?=[ \t\r]*(?:$|[,(|]))",
    _FLAGS,
)
_SPEAKS: Final = kept_regex(
    r"(?m)^[ \t]*(?:[\[(<]?[\d:.,/ -]{4,20}(?:[AP]M)?[\])>]?[ -]*)?[<]?"
    r"(?P<name>\p{L}[\p{L}\p{M}]+(?:[ ]\p{Lu}[\p{L}\p{M}.]*)?)(?:>|[ ]?:)[ ](?=\S)",
    _FLAGS,
)
_LEAST_SPOKEN: Final = 2
_ROLE: Final = "role"
# Behind `Mw.` or `Fam.`, which stand before nothing but names.
_SHORT_ROLE: Final = "short role"
_LISTED: Final = BIT["given"] | BIT["surname"] | BIT["surname_rare"] | BIT["given_part"]
_NO_NAME: Final = (
    BIT["organisation"] | BIT["name_label"] | BIT["address_label"] | BIT["title"] | BIT["month"] | BIT["technical"] | BIT["street"]
)


def find_around(text: str, lexicon: Lexicon) -> list[Found]:
    r"""Start, end, and the kind of rule (`role`, `initials`, `signature`, `speaker`) of each name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "Ask tante Ymkje or G. Hollingworth.\nKind regards,\nNora Fermor"
    >>> [text[start:end] for start, end, _ in find_around(text, load_lexicon())]
    ['Ymkje', 'G. Hollingworth', 'Nora Fermor']
    """
    found: list[Found] = []
    for rule, kind in ((_ROLED, _ROLE), (_INITIALLED, "initials"), (_SIGNED, "signature")):
        # `Nora` and `Mari` are kin, and names.
        matches = [match for match in rule.finditer(text) if kind != _ROLE or not _is_given(match["role"], lexicon)]
        kinds = (_SHORT_ROLE if kind == _ROLE and match["role"][-1] == "." else kind for match in matches)
        found.extend(
            (match.start("name"), without_genitive(text, *match.span("name")), kind) for match, kind in zip(matches, kinds, strict=True)
        )
    kept = [(start, end, _ROLE if kind == _SHORT_ROLE else kind) for start, end, kind in found if _is_named(text[start:end], kind, lexicon)]
    return sorted([*kept, *_speakers(text, lexicon)])


def _is_given(role: str, lexicon: Lexicon) -> bool:
    return role[0].isupper() and bool(lexicon.flags([role])[0] & BIT["given"])


def _speakers(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Who speaks in a chat: what stands before a colon at the beginning of several lines."""
    places = [match.span("name") for match in _SPEAKS.finditer(text)]
    times = Counter(text[start:end] for start, end in places)
    several = [value for value, count in times.items() if count >= _LEAST_SPOKEN and not value.isupper()]
    sure = {value for value in several if _is_named(value, "speaker", lexicon)}
    # Beside those who are known, a rare word speaks, too.
    sure |= {value for value in several if sure and _may_speak(value, lexicon)}
    yield from ((start, end, "speaker") for start, end in places if text[start:end] in sure)


def _may_speak(value: str, lexicon: Lexicon) -> bool:
    flags = lexicon.flags(value.split())
    return value[0].isupper() and not any(flag & (_NO_NAME | ORDINARY | BIT["region"]) for flag in flags)


def _is_named(value: str, kind: str, lexicon: Lexicon) -> bool:
    words = [word for word in tokenise(value).words if word[0].isalpha() and len(word) > 1]
    flags = lexicon.flags(words)
    none = any(flag & _NO_NAME and not word.islower() for word, flag in zip(words, flags, strict=True))
    if not words or none or (kind == "initials" and _TITLES.match(value)):
        return False
    if kind == _SHORT_ROLE:
        return not all(flag & BIT["common"] for flag in flags)
    if kind == "signature":
        return bool(flags[0] & BIT["given"]) or (not flags[0] & BIT["city"] and any(not flag & ORDINARY for flag in flags))
    last = -1 if kind == "initials" else 0
    return _is_known(words[last], flags[last])


def _is_known(word: str, flags: int) -> bool:
    """Whether it is one of the lists, or in no dictionary."""
    if flags & _LISTED and (flags & BIT["given"] or word[0].isupper()):
        return not flags & ORDINARY
    return not flags & (ORDINARY | BIT["seldom"] | BIT["city"]) and word[0].isupper() and not word.isupper()
