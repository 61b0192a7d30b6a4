"""Random texts of the shape of a regex: what its validator is measured on."""

import random
from functools import cache

from identifiers.characters import members
from identifiers.shape import UNBOUNDED, Atom, Back, Branches, Look, Node, Repeat, Sequence, parse

_parsed = cache(parse)


def random_text(shape: str, source: random.Random) -> str:
    """A text that `shape` matches, drawn evenly at each place; look-arounds are not obeyed."""
    return _drawn(_parsed(shape), source)


def _drawn(node: Node, source: random.Random) -> str:
    match node:
        case Atom():
            return source.choice(_letters(node))
        case Sequence(parts):
            return "".join(_drawn(part, source) for part in parts)
        case Branches(parts):
            return _drawn(source.choice(parts), source)
        case Repeat(body, low, high):
            count = source.randint(low, low + 20 if high >= UNBOUNDED else high)
            return "".join(_drawn(body, source) for _ in range(count))
        case Look():
            return ""
        case Back():
            raise ValueError("a back reference cannot be drawn")


@cache
def _letters(atom: Atom) -> str:
    """What may be drawn for `atom`: printable ASCII and what is written in it, or whatever it takes."""
    found = members(atom)
    plain = [character for character in found if (character.isascii() and character.isprintable()) or character in atom.text]
    return "".join(sorted(plain or found))
