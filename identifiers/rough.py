"""Cuts the parts of a pattern to what tells most."""

from typing import Final

from identifiers.measure import SURE_LITERAL, all_digits, bounds, flat, least_width, literal_width, longest_literal, rarest_start
from identifiers.shape import Atom, Branches, Node, Repeat, Sequence

_WIDTH: Final = 12
_DIGIT: Final = Atom("[0-9]", "")


def roughened(inner: list[Node]) -> list[Node]:
    """The parts cut to what tells most: digits of any kind are digits, and nothing far behind a literal is asked."""
    wide = flat(Sequence(tuple(_wide(part) for part in inner)))
    literal = longest_literal(wide)
    first = 0 if literal else rarest_start(wide)
    kept: list[Node] = []
    width = 0
    for part in wide[first:]:
        room = (_WIDTH if literal >= SURE_LITERAL else 2 * _WIDTH) - width
        if room <= 0:
            break
        kept.append(_cut(part, room))
        width += least_width(kept[-1:])
    return _trimmed(kept)


def _wide(node: Node) -> Node:
    """`node` with everything that is nothing but digits as plain digits."""
    if all_digits(node) and not literal_width(node):
        low, high = bounds(node)
        return _DIGIT if (low, high) == (1, 1) else Repeat(_DIGIT, low, high)
    match node:
        case Sequence(parts):
            return Sequence(tuple(map(_wide, parts)))
        case Branches(parts):
            distinct = tuple(dict.fromkeys(map(_wide, parts)))
            return distinct[0] if len(distinct) == 1 else Branches(distinct)
        case Repeat(body, low, high):
            return Repeat(_wide(body), low, high)
        case _:
            return node


def _cut(part: Node, room: int) -> Node:
    """`part`, of a repeat of single characters only as many as there is room for."""
    if isinstance(part, Repeat) and isinstance(part.body, Atom) and part.low > room:
        return Repeat(part.body, room, room)
    return part


def _trimmed(parts: list[Node]) -> list[Node]:
    """Without what may be left out at the ends: `[0-9]{1,3}` there is `[0-9]`."""
    if len(parts) > 1 and isinstance(parts[0], Repeat) and not isinstance(parts[0].body, Atom):
        body, low = parts[0].body, parts[0].low
        parts = [*flat(body), Repeat(body, low - 1, parts[0].high - 1), *parts[1:]] if low > 1 else parts
    ends = {0, len(parts) - 1}
    cut = [Repeat(part.body, part.low, part.low) if at in ends and isinstance(part, Repeat) else part for at, part in enumerate(parts)]
    return [part for part in cut if bounds(part)[1]]
