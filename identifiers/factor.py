"""A part that every match of a pattern must hold: what a prefilter looks for.

Whole patterns with long bounded repeats take seconds to compile into an automaton, and report every length that a run of
characters could have. A factor is the beginning of the pattern, without optional parts in front and with the last repeat cut
to its least: short, cheap, and inside every match.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.shape import EMPTY, UNBOUNDED, Atom, Branches, Look, Node, Repeat, Sequence, parse

# Repeats with more leeway than this end the factor, or are widened to "any number" inside it.
_LEEWAY: Final = 24
# A factor shorter than this says too little; it goes on behind the repeat that would have ended it.
_LEAST_WIDTH: Final = 4


@cache
def factor(shape: str) -> str | None:
    """An expression, in syntax common to all engines, that matches inside every match of `shape`; None if none is known.

    >>> factor(r"(?:ab)?(?P<value>AKIA[A-Z2-7]{16})")
    'AKIA[A-Z2-7]{16}'
    >>> factor(r"[a-z.]{1,64}@(?:[a-z-]{1,63}[.]){1,8}[a-z]{2,24}")
    '[a-z.]@[a-z-]+[.]'
    >>> factor(r"db://[a-z]{0,80}:[^@]{3,80}@")
    'db://'
    >>> factor(r"[a-z]{0,9}") is None
    True
    """
    try:
        node = parse(shape)
        found = _factor(node)
    except IdentifierError:
        return None
    return found or None


def _factor(node: Node) -> str:
    if isinstance(node, Branches):
        branches = [_factor(branch) for branch in node.parts]
        return f"(?:{'|'.join(branches)})" if all(branches) else ""
    return _Writer().written(_flat(node))


@dataclass(slots=True)
class _Writer:
    """Writes parts from the left until enough is said."""

    text: str = ""
    width: int = 0

    def written(self, parts: list[Node]) -> str:
        for part in parts:
            if isinstance(part, Look) or part == EMPTY:
                continue
            low, high = _bounds(part)
            if not self.text and low == 0:
                continue
            if not self._add(part, low, high):
                break
        return self.text

    def _add(self, part: Node, low: int, high: int) -> bool:
        """Adds `part`; False when the factor ends with it."""
        loose = high - low > _LEEWAY
        last = loose and self.width + low >= _LEAST_WIDTH
        self.text += _least(part) if last or not self.text else _whole(part)
        self.width += low
        return not last


def _flat(node: Node) -> list[Node]:
    """The parts of a sequence, those of sequences inside it included."""
    if not isinstance(node, Sequence):
        return [node]
    return [inner for part in node.parts for inner in _flat(part)]


def _bounds(node: Node) -> tuple[int, int]:
    """Characters of the shortest and of the longest match."""
    match node:
        case Atom():
            return 1, 1
        case Sequence(parts):
            bounds = [_bounds(part) for part in parts]
            return sum(low for low, _ in bounds), min(UNBOUNDED, sum(high for _, high in bounds))
        case Branches(parts):
            bounds = [_bounds(part) for part in parts]
            return min(low for low, _ in bounds), max(high for _, high in bounds)
        case Repeat(body, least, most):
            low, high = _bounds(body)
            return low * least, min(UNBOUNDED, high * most)
        case Look():
            return 0, 0
        case _:
            return 0, UNBOUNDED


def _least(node: Node) -> str:
    """The first part of the factor: of a repeat only as many as there must be."""
    if isinstance(node, Repeat):
        return _counted(_whole(node.body), node.low, node.low)
    return _whole(node)


def _whole(node: Node) -> str:
    """An expression that matches wherever `node` does, and perhaps elsewhere."""
    match node:
        case Atom(text, flags):
            return _atom(text, flags)
        case Sequence(parts):
            return "".join(_whole(part) for part in parts)
        case Branches(parts):
            return f"(?:{'|'.join(_whole(part) for part in parts)})"
        case Repeat(body, low, high):
            return _counted(_whole(body), low, high if high - low <= _LEEWAY else UNBOUNDED)
        case Look():
            return ""
        case _:
            return "(?s:.)*"


_QUANTIFIERS: Final = {(0, 1): "?", (0, UNBOUNDED): "*", (1, UNBOUNDED): "+", (1, 1): ""}


def _counted(body: str, low: int, high: int) -> str:
    if not body or (low, high) == (0, 0):
        return ""
    single = len(body) == 1 or _is_class(body) or (len(body) == 2 and body[0] == "\\")
    wrapped = body if single else f"(?:{body})"
    if (low, high) in _QUANTIFIERS:
        return (wrapped if _QUANTIFIERS[low, high] else body) + _QUANTIFIERS[low, high]
    return wrapped + ("{%d}" % low if low == high else "{%d,%s}" % (low, "" if high >= UNBOUNDED else high))  # noqa: UP031 - braces


def _is_class(body: str) -> bool:
    return body.startswith("[") and body.find("]", 2) == len(body) - 1


def _atom(text: str, flags: str) -> str:
    marks = "".join(flag for flag in "is" if flag in flags)
    # In verbose patterns a space or `#` stands in a class or behind a backslash, which keeps its meaning here.
    return f"(?{marks}:{text})" if marks else text
