"""Rules for names that are written with the surname first: `Abbott, Christine` at the start of a line, `HILL/ANN MRS` on a ticket."""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.labelled import PARTICLE, Found
from scanner.names.lexicon import BIT, ORDINARY, STREET, Lexicon
from scanner.names.tokens import tokenise

_FLAGS: Final = regex.VERSION1
_PART: Final = r"(?:[OD]['’]|Mc|Mac)?\p{Lu}[\p{L}\p{M}]+(?:-\p{Lu}[\p{L}\p{M}]+)*"
_LED: Final = r"(?:^[ \t>]*(?:[-–•*]|\d{1,3}[.)]?|\[\d+\])?[ \t]*|(?<=;[ ])|(?<=[\"'«]))"
_SURNAME: Final = rf"(?:{PARTICLE}[ ]|D[aei][ ]|De[ ]|Van[ ])?{_PART}(?:[ ]{_PART})?"
_TURNED: Final = kept_regex(
    rf"(?m){_LED}(?P<surname>{_SURNAME}),[ ](?P<given>{_PART}(?:[ ]{_PART})?(?:[ ]\p{{Lu}}\.)?)"
    r"(?![\p{L}\p{N}'’-])(?=[ \t]*(?:$|[;,.:()|<\"'»\d\t–]|[ ]\p{Lu}|[ ]{2}))",
    _FLAGS,
)
_TICKET: Final = kept_regex(
    r"(?<![\p{L}\p{N}/._-])(?P<name>(?:(?:VAN|DE|DER|DEN|DI|DA|LA|EL|AL)[ ]){0,3}\p{Lu}[\p{Lu}'-]{1,20}(?:[ ]\p{Lu}[\p{Lu}'-]{2,20})?/"
    r"(?P<given>\p{Lu}{2,20})(?:[ ](?!MRS?\b|MS\b|MISS\b|MSTR\b|CHD\b)\p{Lu}{2,20}){0,2}?)(?P<title>[ ](?:MRS|MR|MS|MISS|MSTR|CHD))?"
    r"(?![\p{L}\p{N}/_-])(?=[ \t]*(?:$|[\n,;()]|\p{L}|\d))",
    _FLAGS,
)
_NO_NAME: Final = BIT["organisation"] | BIT["technical"] | BIT["month"] | BIT["title"] | BIT["name_label"] | BIT["address_label"] | STREET
_SURNAMES: Final = BIT["surname"] | BIT["surname_rare"]


def find_turned(text: str, lexicon: Lexicon) -> list[Found]:
    r"""Start, end, and the kind of rule (`turned`) of each name, by place.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "Abbott, Christine\nBarnes, Keith L.\nObaseki and more"
    >>> [text[start:end] for start, end, _ in find_turned(text, load_lexicon())]
    ['Abbott, Christine', 'Barnes, Keith L.']
    """
    return sorted({*_turned(text, lexicon), *_tickets(text, lexicon)})


def _turned(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for match in _TURNED.finditer(text):
        surname, given = lexicon.flags(_words(match["surname"])), lexicon.flags(_words(match["given"]))
        start = match.start("surname")
        if (
            " " in match["surname"]
            and len(surname) > 1
            and surname[0] & (ORDINARY | BIT["seldom"])
            and not surname[0] & _SURNAMES
            and surname[1] & _SURNAMES
        ):
            # `Einkauf Jahn, Petra`: what stands in the column before.
            start, surname = start + match["surname"].index(" ") + 1, surname[1:]
        # A comma behind it goes on with a list of given names.
        listing = text[match.end("given") : match.end("given") + 1] in {",", ")"} or match["surname"].count(" ") > 0
        if _is_surname(surname, listing=listing) and _are_given(given):
            # `Fong, Amy Interlibrary Loan`: what stands in the next column.
            extra = " " in match["given"] and len(given) > 1 and not given[1] & BIT["given"]
            end = match.start("given") + match["given"].index(" ") if extra else match.end("given")
            yield start, end, "turned"


def _words(value: str) -> list[str]:
    return [word for word in tokenise(value).words if word[0].isupper() and len(word) > 1]


def _is_surname(flags: list[int], *, listing: bool) -> bool:
    """Whether the words are a surname, or in no list at all; where there could be a list of given names, one that is no such name."""
    if not flags or any(flag & _NO_NAME for flag in flags):
        return False
    if any(flag & BIT["given"] and (listing or not flag & BIT["surname"]) for flag in flags):
        return False
    listed = any(flag & BIT["surname"] for flag in flags)
    return listed or not any(flag & (ORDINARY | BIT["seldom"] | BIT["city"] | BIT["region"]) for flag in flags)


def _are_given(flags: list[int]) -> bool:
    return bool(flags) and bool(flags[0] & BIT["given"]) and not flags[0] & (ORDINARY | _NO_NAME)


def _tickets(text: str, lexicon: Lexicon) -> Iterator[Found]:
    for match in _TICKET.finditer(text):
        given = lexicon.flags([match["given"]])[0]
        if match["title"] or given & (BIT["given"] | ORDINARY | BIT["technical"]) == BIT["given"]:
            yield match.start("name"), match.end("name"), "turned"
