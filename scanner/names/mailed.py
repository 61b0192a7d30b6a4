"""A rule for names that an e-mail address near by repeats: `Quinn Hartley`, `quinn.hartley@...`."""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.regexes import kept_regex
from scanner.names.lexicon import BIT, ORDINARY, Lexicon

_FLAGS: Final = regex.VERSION1
_ADDRESS: Final = kept_regex(r"(?<![\p{L}\d._%+-])(?P<first>\p{L}+)(?P<dot>[._-]?)(?P<last>\p{L}{3,})\d{0,4}@[\p{L}\d]", _FLAGS)
_PAIR: Final = kept_regex(
    r"(?<![\p{L}\d@&-])(?P<first>\p{Lu}[\p{Ll}\p{M}]+)[ ](?:\p{Lu}\.[ ])?(?P<last>\p{Lu}[\p{Ll}\p{M}]+)(?![\p{L}\d@-])", _FLAGS
)
_NAMES: Final = BIT["given"] | BIT["surname"] | BIT["surname_rare"] | BIT["given_part"]
_NO_NAME: Final = BIT["organisation"] | BIT["technical"] | BIT["month"] | BIT["street"]


def find_mailed(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Start and end of each such name.

    >>> from scanner.names.lexicon import load_lexicon
    >>> text = "of Quinn Hartley, mail quinn.hartley@mail.example.org; Customer Care, customer.care@example.org"
    >>> [text[start:end] for start, end in find_mailed(text, load_lexicon())]
    ['Quinn Hartley']
    """
    if "@" not in text:
        return
    spelled = {form for match in _ADDRESS.finditer(text) for form in _forms(match)}
    if not spelled:
        return
    for match in _PAIR.finditer(text):
        first, last = match["first"].lower(), match["last"].lower()
        written = {(first, last), (last, first), (first[0], last), (first, last[0])}
        if written & spelled and _are_names([match["first"], match["last"]], lexicon):
            yield match.span()


def _forms(match: "regex.Match[str]") -> Iterator[tuple[str, str]]:
    """The pairs of words, or of a word and an initial, that the part before the `@` may be written from."""
    first, last = match["first"].lower(), match["last"].lower()
    if match["dot"]:
        yield first, last
        return
    whole = first + last
    yield whole[0], whole[1:]
    yield whole[:-1], whole[-1]


def _are_names(words: list[str], lexicon: Lexicon) -> bool:
    """Whether one is in the lists of names, or in no list at all, and none is anything that names are not."""
    flags = lexicon.flags(words)
    return (
        not any(flag & _NO_NAME for flag in flags)
        and any(flag & _NAMES or not flag for flag in flags)
        and not all(flag & ORDINARY for flag in flags)
    )
