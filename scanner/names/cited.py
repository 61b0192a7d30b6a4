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
# `Bakker and Demerouti (2007)`
_ONE: Final = r"(?:(?:De|Van|Von|Van[ ]de[nr]?|Di|La|Le)[ ])?(?:[OD]['’]|Mc|Mac)?\p{Lu}\p{Ll}[\p{L}\p{M}]+(?:-\p{Lu}[\p{L}\p{M}]+)?"
_IN_TEXT: Final = kept_regex(
    rf"(?<![\p{{L}}\p{{N}}.-])(?P<before>\p{{Lu}}[\p{{L}}.]*[ ])?(?:(?P<first>{_ONE})[ ](?:and|und|et|y|e|en|&)[ ])?(?P<name>{_ONE})"
    r"(?:[ ](?:et[ ]al\.?|e\.a\.|u\.[ ]?a\.|e[ ]col\.|y[ ]col\.))?[ ]\((?:1[89]|20)\d\d[a-z]?(?:[,;:][^)\n]{0,30})?\)",
    _FLAGS,
)
# Who is there, who plays: labels before lists of people.
_LABELS: Final = (
    r"aanwezig|afwezig|afgemeld|opstelling|wissels?|invallers|deelnemers|afmeldingen|anwesend|entschuldigt|aufstellung|teilnehmer|auswechselspieler|"
    r"ersatz|attendees|present|apologies|absent|in\sattendance|participants|line-?up|team|subs|substitutes|bench|presentes?|asistentes|ausentes|"
    r"alineación|banquillo|suplentes|participantes|presenti|assenti|formazione|panchina|partecipanti|présents?|excusée?s?|absents?|composition|"
    r"remplaçants|onze|escalação|banco|reservas"
)
_GATHERED: Final = kept_regex(
    rf"(?m)(?:^|(?<=[.!?;][ ]))[ \t>*-]*(?i:{_LABELS})(?:[ ][^\n:,;]{{1,30}})?:[ ](?P<list>[^\n]{{3,400}})", _FLAGS
)
_TITLES: Final = (
    r"(?:(?:M\.|Mme|Mlle|[DM]r\.?|Mrs\.?|Ms\.?|Cllrs?|Crs?|Canon|Dona|Dom|Sig\.(?:ra)?|Sra?\.|Frau|Herr|Mw\.|Dhr\.|Prof\.)[ ])?"
)
_ITEM: Final = kept_regex(rf"{_TITLES}(?P<name>{NAME})(?:[ ]\([^)\n]{{1,25}}\))?[ ]?(?=[,;.]|$|[ ](?:and|und|et|y|e|en)[ ])", _FLAGS)
_NEXT: Final = kept_regex(r"[ ]?(?:[,;]|[ ](?:and|und|et|y|e|en))[ ]", _FLAGS)
_NO_NAME: Final = BIT["organisation"] | BIT["technical"] | BIT["month"] | BIT["title"] | BIT["street"]


def find_cited(text: str, lexicon: Lexicon) -> list[Found]:
    """Start, end, and the kind of rule (`cited`, `author`) of each name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "[3] Housner, G. W. 1963. The Dynamic Behavior of Water Tanks."
    >>> [text[start:end] for start, end, _ in find_cited(text, load_lexicon())]
    ['Housner, G. W.']
    """
    found = [*_cited(text, lexicon), *_in_text(text, lexicon), *_gathered(text, lexicon)]
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


def _in_text(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for match in _IN_TEXT.finditer(text):
        # Another capital before it makes it a part of something else, but for that of a sentence.
        if match["before"] and not lexicon.flags([match["before"].strip()])[0] & ORDINARY:
            continue
        for group in ("first", "name"):
            town = any(flag & BIT["city"] and not flag & BIT["surname"] for flag in lexicon.flags((match[group] or "").split()))
            if match[group] and not town and _may_be(match[group], lexicon):
                yield *match.span(group), "cited"


def _gathered(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Those of a list behind a label, as far as it is one of names."""
    for match in _GATHERED.finditer(text):
        place = match.start("list")
        while (item := _ITEM.match(text, place, match.end("list"))) is not None:
            if not _may_be(item["name"], lexicon):
                break
            yield *item.span("name"), "gathered"
            following = _NEXT.match(text, item.end())
            if following is None:
                break
            place = following.end()


def _may_be(value: str, lexicon: Lexicon) -> bool:
    """Whether none of the words is a usual one that is no name, or of a firm, a place, a month."""
    words = [word for word in tokenise(value).words if len(word) > 1 and word[0].isupper()]
    flags = [flag for flag in lexicon.flags(words) if not flag & BIT["particle"] or flag & BIT["given"]]
    usual = any(flag & ORDINARY and not flag & (BIT["given"] | BIT["surname"] | BIT["particle"]) for flag in flags)
    place = all(flag & (BIT["city"] | BIT["region"]) and not flag & (BIT["given"] | BIT["surname"]) for flag in flags)
    return bool(flags) and not usual and not place and not any(flag & _NO_NAME and not flag & BIT["given"] for flag in flags)


def _end_of_entry(text: str, place: int) -> int:
    line = text.find("\n", place, place + _ENTRY)
    return line if line >= 0 else min(len(text), place + _ENTRY)


def _is_given(value: str, lexicon: Lexicon) -> bool:
    """Whether it begins with a given name that is no usual word, and has nothing of a firm."""
    words = [word for word in tokenise(value).words if len(word) > 1 and word[0].isalpha()]
    flags = lexicon.flags(words)
    return bool(words) and flags[0] & (BIT["given"] | ORDINARY) == BIT["given"] and not any(flag & _NO_NAME for flag in flags)
