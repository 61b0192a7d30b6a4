"""What the model is told of each word besides its letters: what the lists know of it, and what the rules say of the place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from scanner.names.address_small import find_small
from scanner.names.addresses import find_addresses
from scanner.names.around import find_around
from scanner.names.cited import find_cited
from scanner.names.fold import fold
from scanner.names.labelled import find_labelled
from scanner.names.lexicon import BIT, Lexicon, is_city, is_ordinary, is_person
from scanner.names.mailed import find_mailed
from scanner.names.personal import find_personal
from scanner.names.small import find_small as find_small_names
from scanner.names.tokens import Tokens, tokenise
from scanner.names.turned import find_turned

_NAMES: Final = BIT["given"] | BIT["given_part"] | BIT["surname"] | BIT["surname_rare"]
_PLAIN: Final = BIT["common"] | BIT["usual"] | BIT["seldom"] | BIT["city"] | BIT["city_part"] | BIT["region"]
_ROLES: Final = {
    BIT["title"]: "ADJ", BIT["name_label"]: "DET", BIT["address_label"]: "CCONJ", BIT["particle"]: "ADP", BIT["street"]: "VERB",
    BIT["organisation"]: "NOUN", BIT["month"]: "ADV", BIT["technical"]: "SYM",
}  # fmt: skip
_ROLE: Final = sum(_ROLES)
# Words that the model may know by themselves; of others, names above all, it sees their form and what the lists say.
_KNOWN: Final = BIT["common"] | BIT["usual"] | _ROLE
_LONGEST_NUMBER: Final = 6


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one text.

    :param flags: what the lexicon knows of each token
    :param addresses: spans that the rules take for addresses, in characters
    :param labelled: start, end and rule of what the rules take for names
    :param personal: start and end of names that plain sentences or e-mail addresses tell; the model does not know of them
    """

    text: str
    tokens: Tokens
    flags: list[int]
    addresses: list[tuple[int, int]]
    labelled: list[tuple[int, int, str]]
    personal: Sequence[tuple[int, int]] = ()

    def part(self, first: int, behind: int) -> "Features":
        """Of the tokens from `first` to before `behind` only, which keep their places in the text."""
        tokens = Tokens(self.tokens.words[first:behind], self.tokens.starts[first:behind])
        return replace(self, tokens=tokens, flags=self.flags[first:behind])


@dataclass(frozen=True, slots=True)
class Attributes:
    """One text for the model; all lists have one element a token, and each goes by the name of the attribute that carries it.

    :param lemmas: the word, if it is one that may be known, else what kind of word it is
    :param tags: how usual a word it is, and in which lists of places
    :param morphs: in which lists of names it is
    :param pos: `NUM` in what the rules take for an address, `PROPN` in what they take for a name, else which part it plays in a salutation,
        a name, an address; parts of speech, since the model wants such
    """

    words: list[str]
    lemmas: list[str]
    tags: list[str]
    morphs: list[str]
    pos: list[str]


def features_of(text: str, lexicon: Lexicon) -> Features:
    """All that is known of `text`."""
    tokens = tokenise(text)
    addresses = addresses_in(text, lexicon)
    labelled = labelled_in(text, lexicon)
    return Features(
        text, tokens, lexicon.flags(tokens.words), addresses, labelled, (*find_personal(text, lexicon), *find_mailed(text, lexicon))
    )


def labelled_in(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Start, end and rule of what the rules take for names, by place."""
    sure = {*find_labelled(text, lexicon), *find_around(text, lexicon)}
    for found in (find_cited(text, lexicon), find_turned(text, lexicon)):
        sure = {
            one for one in sure if not any(one[0] < end and start < one[1] and one[:2] != (start, end) for start, end, _ in found)
        } | set(found)
    small = [one for one in find_small_names(text, lexicon) if not any(one[0] < end and start < one[1] for start, end, _ in sure)]
    return sorted({*sure, *small})


def addresses_in(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Start and end of what the rules take for addresses, by place, without overlaps."""
    asked = tuple(partial(one, lexicon=lexicon) for one in (is_city, is_person, is_ordinary))
    found = find_addresses(text, *asked)
    small = find_small(text, lambda line: find_addresses(line, *asked), lexicon)
    kept = [one for one in found if not any(start < one[1] and one[0] < end for start, end in small)]
    return sorted([*kept, *small])


def attributes_of(told: Features) -> Attributes:
    """What the model sees."""
    words, flags = told.tokens.words, told.flags
    return Attributes(
        words,
        [_lemma(word, flag) for word, flag in zip(words, flags, strict=True)],
        [_tag(flag & _PLAIN) for flag in flags],
        [_morph(flag & _NAMES) for flag in flags],
        _parts(told.tokens, flags, told.addresses, [span[:2] for span in told.labelled]),
    )


@cache
def _tag(flags: int) -> str:
    return f"{flags:x}"


@cache
def _morph(flags: int) -> str:
    return f"Name={flags:x}" if flags else ""


def _lemma(word: str, flags: int) -> str:
    if not word[0].isalpha():
        return "0" * min(len(word), _LONGEST_NUMBER) if word[0].isdigit() else word
    if flags & _KNOWN:
        return fold(word)
    return "?seldom" if flags & BIT["seldom"] else "?"


def _parts(tokens: Tokens, flags: Sequence[int], addresses: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]]) -> list[str]:
    said = [_part(flag & _ROLE) for flag in flags]
    for spans, mark in ((names, "PROPN"), (addresses, "NUM")):
        for start, end in spans:
            for place in range(tokens.at(start), tokens.at(end)):
                said[place] = mark
    return said


@cache
def _part(flags: int) -> str:
    return next((part for role, part in _ROLES.items() if flags & role), "X")
