"""Other names, other numbers and other capitals in the texts of the corpus, so that the model learns what stands around a name."""

import random
from dataclasses import dataclass, field, replace
from typing import Final

from benchmarks.names.corpus import Document, Span
from benchmarks.names.pools import Kind, draw
from scanner.names.fold import fold
from scanner.names.lexicon import BIT, load_lexicon
from scanner.names.tokens import tokenise

_SHARE_SWAPPED: Final = 0.85
_SHARE_SMALL: Final = 0.07
_SHARE_LARGE: Final = 0.04
_SHARE_OF_NUMBERS: Final = 0.8
_SHARE_OF_STREETS: Final = 0.35
# What stays as it is inside of a name or an address.
_KEPT: Final = BIT["particle"] | BIT["title"] | BIT["street"] | BIT["address_label"]
_INITIALS: Final = "ABCDEFGHIJKLMNOPRSTUVWYZ"


@dataclass(slots=True)
class _Swap:
    """The names of one text; the same word always becomes the same other word."""

    language: str
    rng: random.Random
    words: dict[str, str] = field(default_factory=dict)


def augmented(document: Document, rng: random.Random) -> Document:
    """`document` with other names and addresses, mostly; seldom all in small or in capital letters."""
    swap = _Swap(document.language, rng)
    if rng.random() >= _SHARE_SWAPPED:
        return _cased(document, rng)
    pieces: list[str] = []
    spans: list[Span] = []
    size = behind = 0
    for span in sorted(document.spans):
        value = document.text[span.start : span.end]
        new = _name(value, swap) if span.kind == "NAME" else _address(value, swap)
        start = size + span.start - behind
        pieces += [document.text[behind : span.start], new]
        spans.append(Span(start, start + len(new), span.kind))
        size, behind = start + len(new), span.end
    return _cased(replace(document, text="".join([*pieces, document.text[behind:]]), spans=tuple(spans)), rng)


def _cased(document: Document, rng: random.Random) -> Document:
    chance = rng.random()
    text = (
        document.text.lower() if chance < _SHARE_SMALL else document.text.upper() if chance < _SHARE_SMALL + _SHARE_LARGE else document.text
    )
    return replace(document, text=text) if len(text) == len(document.text) else document


def _name(value: str, swap: _Swap) -> str:
    tokens = tokenise(value)
    flags = load_lexicon().flags(tokens.words)
    changed = [place for place, word in enumerate(tokens.words) if word[0].isalpha() and len(word) > 1 and not flags[place] & _KEPT]
    new = list(tokens.words)
    for place, word in enumerate(tokens.words):
        if len(word) == 1 and word.isupper():
            new[place] = swap.rng.choice(_INITIALS)
        elif place in changed:
            first = place == changed[0] and len(changed) > 1
            kind = _kind(flags[place], first=first != ("," in value), alone=len(changed) == 1)
            known = fold(word)
            if known not in swap.words:
                swap.words[known] = draw(kind, swap.language, swap.rng)
            new[place] = _like(swap.words[known], word)
    return _put(value, tokens.starts, tokens.words, new)


def _kind(flags: int, *, first: bool, alone: bool) -> Kind:
    if alone:
        return "given" if flags & BIT["given"] else "surname"
    return "given" if first else "surname"


def _address(value: str, swap: _Swap) -> str:
    tokens = tokenise(value)
    flags = load_lexicon().flags(tokens.words)
    new = list(tokens.words)
    for place, word in enumerate(tokens.words):
        if word[0].isdigit() and swap.rng.random() < _SHARE_OF_NUMBERS:
            new[place] = "".join(swap.rng.choice("123456789") for _ in word)
        elif word[0].isupper() and len(word) > 3 and not flags[place] & _KEPT and swap.rng.random() < _SHARE_OF_STREETS:
            new[place] = _like(draw("surname", swap.language, swap.rng), word)
    return _put(value, tokens.starts, tokens.words, new)


def _like(new: str, old: str) -> str:
    """`new` with the capitals of `old`."""
    return new.upper() if old.isupper() else new.lower() if old.islower() else new


def _put(value: str, starts: list[int], old: list[str], new: list[str]) -> str:
    pieces, behind = [], 0
    for start, before, after in zip(starts, old, new, strict=True):
        if before == "\n":
            continue
        pieces += [value[behind:start], after]
        behind = start + len(before)
    return "".join([*pieces, value[behind:]])
