"""Which characters one atom of a regex stands for, as far as structure checks need to know."""

from functools import cache
from typing import Final

import regex

from identifiers.shape import Atom, Back, Branches, Look, Node, Repeat, Sequence

# All of ASCII, and one letter, digit, space and symbol beyond it for each script that behaves differently.
_SAMPLES: Final = "".join(map(chr, range(128))) + "éßЖ中あ한٣\u00a0€"


@cache
def members(atom: Atom) -> frozenset[str]:
    """The sample characters, and those written in the atom itself, that it matches."""
    flags = "".join(flag for flag in "imsuaw" if flag in atom.flags)
    mode = regex.ASCII if "u" not in flags else 0
    compiled = regex.compile(f"(?{flags})(?:{atom.text})" if flags else atom.text, mode)
    return frozenset(character for character in _SAMPLES + atom.text if compiled.fullmatch(character))


def alphabet(node: Node) -> frozenset[str]:
    """All characters that can occur in a match of `node`."""
    match node:
        case Atom():
            return members(node)
        case Sequence(parts) | Branches(parts):
            return frozenset().union(*map(alphabet, parts))
        case Repeat(body):
            return alphabet(body)
        case Look() | Back():
            return frozenset()


def sample(node: Node) -> str:
    """A short text that `node` alone would match; letters and digits are preferred."""
    match node:
        case Atom():
            return min(members(node), key=lambda character: (not character.isalnum(), character), default="")
        case Sequence(parts):
            return "".join(map(sample, parts))
        case Branches(parts):
            return min(map(sample, parts), key=len)
        case Repeat(body, low):
            return sample(body) * low
        case Look() | Back():
            return ""
