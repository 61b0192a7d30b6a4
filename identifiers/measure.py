"""What parts of a pattern's structure have at the least: width, digits, literals; and how rare what they begin with is."""

from collections.abc import Iterable
from typing import Final

from identifiers.atoms import is_digit, is_word, may_be
from identifiers.shape import EMPTY, UNBOUNDED, Atom, Branches, Look, Node, Repeat, Sequence

SURE_LITERAL: Final = 3
"""Characters of a literal that tells enough by itself."""

# Marks that are rare enough to look for one alone.
_RARE_MARKS: Final = frozenset("@#$%&*!?^~|\\`;<>{}")
# A start that leaves less than this would tell too little.
_LEAST_WIDTH: Final = 8
_MOST_LITERAL: Final = 6


def flat(node: Node) -> list[Node]:
    """The parts of a sequence, those of sequences inside it included, without what takes no characters."""
    if isinstance(node, Look) or node == EMPTY:
        return []
    if not isinstance(node, Sequence):
        return [node]
    return [inner for part in node.parts for inner in flat(part)]


def bounds(node: Node) -> tuple[int, int]:
    """Characters of the shortest and of the longest match; `UNBOUNDED` if there is no longest."""
    match node:
        case Atom():
            return 1, 1
        case Sequence(parts):
            all_bounds = [bounds(part) for part in parts]
            return sum(low for low, _ in all_bounds), min(UNBOUNDED, sum(high for _, high in all_bounds))
        case Branches(parts):
            all_bounds = [bounds(part) for part in parts]
            return min(low for low, _ in all_bounds), max(high for _, high in all_bounds)
        case Repeat(body, least, most):
            low, high = bounds(body)
            return low * least, min(UNBOUNDED, high * most)
        case Look():
            return 0, 0
        case _:
            return 0, UNBOUNDED


def least_width(parts: Iterable[Node]) -> int:
    """Characters of the shortest match of `parts`, one after the other."""
    return sum(bounds(part)[0] for part in parts)


def all_digits(node: Node) -> bool:
    """Whether it matches nothing but digits, one at the least in each part."""
    match node:
        case Atom(text, flags):
            return is_digit(text, flags)
        case Sequence(parts) | Branches(parts):
            return bool(parts) and all(map(all_digits, parts))
        case Repeat(body):
            return all_digits(body)
        case _:
            return False


def touches_words(node: Node) -> bool:
    """Whether it can begin and end with nothing but a letter, digit or underscore."""
    match node:
        case Atom(text, flags):
            return is_word(text, flags)
        case Repeat(body, low, _):
            return low > 0 and touches_words(body)
        case Branches(branches):
            return all(map(touches_words, branches))
        case Sequence(inner):
            return bool(inner) and touches_words(inner[0]) and touches_words(inner[-1])
        case _:
            return False


def longest_literal(parts: list[Node]) -> int:
    """Characters of the longest run of single characters, capped; a mark that is rare counts as two."""
    longest = run = 0
    for part in parts:
        run = run + literal_width(part) if literal_width(part) else 0
        longest = max(longest, run, word_width(part))
    return min(longest, _MOST_LITERAL)


def word_width(part: Node) -> int:
    """Characters of the longest literal that every branch has."""
    return min(longest_literal(flat(branch)) for branch in part.parts) if isinstance(part, Branches) else 0


def literal_width(part: Node) -> int:
    """Characters of `part` if it is a literal, or one of several; else 0."""
    match part:
        case Atom(text, _):
            plain = text.removeprefix("\\") if len(text) == 2 and not text[1].isalnum() else text
            return (2 if plain in _RARE_MARKS else 1) if len(plain) == 1 and plain != "." else 0
        case Branches(parts):
            return min(literal_width(one) for one in parts)
        case Sequence(parts):
            widths = [literal_width(one) for one in parts if one != EMPTY]
            return sum(widths) if widths and all(widths) else 0
        case Repeat(body, low, high):
            return literal_width(body) * low if low == high else 0
        case _:
            return 0


def rarest_start(parts: list[Node]) -> int:
    """Where to begin so that few places of a text are a beginning, if enough is left."""
    best, start, left = commonness(parts[0]), 0, least_width(parts)
    for place, part in enumerate(parts):
        if left < _LEAST_WIDTH:
            break
        width = least_width([part])
        if width and commonness(part) < best:
            best, start = commonness(part), place
        left -= width
    return start


def commonness(part: Node) -> int:
    """How often a character that may begin `part` is met: small letters most."""
    match part:
        case Atom(text, flags):
            return 3 * may_be("e", text, flags) + may_be("5", text, flags) + may_be("M", text, flags)
        case Sequence(parts):
            return commonness(parts[0])
        case Branches(parts):
            return max(map(commonness, parts))
        case Repeat(body):
            return commonness(body)
        case _:
            return 5
