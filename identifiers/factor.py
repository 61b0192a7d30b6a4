"""A part that every match of a pattern must hold: what a prefilter looks for.

Whole patterns with long bounded repeats take seconds to compile into an automaton, and report every length that a run of
characters could have. A factor is a stretch of the pattern between two parts that may have almost any length: the stretch with
the most distinctive literal, with such a part beside it cut to its least. It is short, cheap, and inside every match.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.extent import is_digit, is_word, may_be
from identifiers.shape import EMPTY, UNBOUNDED, Atom, Branches, Look, Node, Repeat, Sequence, parse

# Repeats with more leeway than this end a stretch, or are widened to "any number" inside a group.
_LEEWAY: Final = 24
# Longer factors say no more, but cost more.
_MOST_WIDTH: Final = 48
# Marks that are rare enough to look for one alone.
_RARE_MARKS: Final = frozenset("@#$%&*!?^~|\\`;<>{}")


@cache
def factor(shape: str) -> str | None:
    """An expression, in syntax common to all engines, that matches inside every match of `shape`; None if none is known.

    >>> factor(r"(?:ab)?(?P<value>AKIA[A-Z2-7]{16})")
    'AKIA[A-Z2-7]{16}'
    >>> factor(r"[a-z.]{1,64}@(?:[a-z-]{1,63}[.]){1,8}[a-z]{2,24}")
    '@'
    >>> factor(r"db://[a-z]{0,80}:[^@]{3,80}@")
    'db://'
    >>> factor(r"[a-z]{0,9}") is None
    True
    """
    return _found(shape, lambda nodes: nodes)


@cache
def bounded_factor(shape: str) -> str | None:
    r"""As `factor`, for patterns that no letter, digit or underscore may touch: with `\b` where it reaches to an end of theirs.

    >>> bounded_factor("[0-9]{3}-[0-9]{4}"), bounded_factor("[+][0-9]{5}"), bounded_factor("AKIA[A-Z]{9,90}")
    ('\\b[0-9]{3}-[0-9]{4}\\b', '[+][0-9]{5}\\b', '\\bAKIA[A-Z]{9}')
    """
    return _found(shape, lambda nodes: nodes, bounded=True)


@cache
def sketch(shape: str) -> str | None:
    r"""As `factor`, but rougher, so that it is cheaper to look for and more patterns have the same.

    >>> sketch(r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}(?:25[0-5]|1?[0-9]{1,2})")
    '[0-9]\\.(?:[0-9]{1,3}\\.){2}[0-9]'
    >>> sketch(r"AKIA[A-Z2-7]{16}")
    'AKIA[A-Z2-7]{8}'
    """
    return _found(shape, roughened)


@cache
def has_literal(shape: str) -> bool:
    """Whether two letters or a rare mark stand together in every match of `shape`, as the country of an IBAN does.

    >>> has_literal("DE[0-9]{20}"), has_literal("[0-9]{4}-[0-9]{4}")
    (True, False)
    """
    try:
        node = parse(shape)
    except IdentifierError:
        return False
    stretches = [] if isinstance(node, Branches) else list(_stretches(_flat(node), lambda nodes: nodes))
    return any(stretch.worth[0] > 1 for stretch in stretches)


@cache
def digit_run(shape: str) -> tuple[int, int] | None:
    """How many digits a pattern of nothing but digits matches at the least and at the most; None for others and for endless ones.

    >>> digit_run("4[0-9]{12}|5[0-9]{15}"), digit_run("[0-9]{3}-[0-9]")
    ((13, 16), None)
    """
    try:
        node = parse(shape)
    except IdentifierError:
        return None
    low, high = _bounds(node)
    return (low, high) if _all_digits(node) and high <= _LONGEST_RUN else None


def _found(shape: str, change: Callable[[list[Node]], list[Node]], *, bounded: bool = False) -> str | None:
    try:
        return _factor(parse(shape), change, bounded=bounded) or None
    except IdentifierError:
        return None


def _factor(node: Node, change: Callable[[list[Node]], list[Node]], *, bounded: bool) -> str:
    if isinstance(node, Branches):
        branches = [_factor(branch, change, bounded=bounded) for branch in node.parts]
        return f"(?:{'|'.join(branches)})" if all(branches) else ""
    stretches = list(_stretches(_flat(node), change))
    best = max(stretches, key=lambda stretch: stretch.worth, default=None)
    return "" if best is None else best.bounded if bounded else best.text


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Part of a pattern as an expression, and how much it tells.

    :param edges: whether it begins, and ends, with a character of a word where the pattern does
    """

    text: str
    worth: tuple[int, int]
    edges: tuple[bool, bool] = (False, False)

    @property
    def bounded(self) -> str:
        begin, end = (r"\b" if edge else "" for edge in self.edges)
        return f"{begin}{self.text}{end}"


def _stretches(parts: list[Node], change: Callable[[list[Node]], list[Node]]) -> Iterator[_Stretch]:
    """All that stands between the parts that may have almost any length, or be left out, from the left."""
    inner: list[Node] = []
    before: Node | None = None
    for part in [*parts, None]:
        if part is not None and not _is_loose(part):
            inner.append(part)
            continue
        stretch = _stretch(before, inner, part, change)
        if stretch.text:
            yield stretch
        inner, before = [], part


def _is_loose(part: Node) -> bool:
    low, high = _bounds(part)
    return high - low > _LEEWAY


def _stretch(before: Node | None, inner: list[Node], behind: Node | None, change: Callable[[list[Node]], list[Node]]) -> _Stretch:
    left = right = False
    while inner and _bounds(inner[0])[0] == 0:
        inner, before, left = inner[1:], None, True
    while inner and _bounds(inner[-1])[0] == 0:
        inner, behind, right = inner[:-1], None, True
    start = _literal_start(inner) or _better_start(inner)
    left, inner, before = left or start > 0, inner[start:], None if start else before
    cut = _not_too_wide(inner)
    begins, ends = before is None and not left, behind is None and not right and len(cut) == len(inner)
    edges = begins and _is_word(cut[:1]), ends and _is_word(cut[-1:])
    if len(cut) < len(inner):
        behind = None
    inner = cut
    ahead, after = (_edge(part) for part in (before, behind))
    if not inner:
        return _Stretch(max("".join(map(_whole, ahead)), "".join(map(_whole, after)), key=len), (0, 0))
    literal = _longest_literal(inner)
    width = sum(_bounds(part)[0] for part in inner)
    # In front of a literal a class would only make the search begin everywhere.
    nodes = [*([] if literal else ahead), *inner, *after]
    return _Stretch("".join(map(_whole, change(nodes))), (literal, width), edges)


def _is_word(parts: list[Node]) -> bool:
    """Whether the only one of `parts` can begin and end with nothing but a letter, digit or underscore."""
    match parts:
        case [Atom(text, flags)]:
            return is_word(text, flags)
        case [Repeat(body, low, _)]:
            return low > 0 and _is_word([body])
        case [Branches(branches)]:
            return all(_is_word([branch]) for branch in branches)
        case [Sequence(inner)]:
            return bool(inner) and _is_word([inner[0]]) and _is_word([inner[-1]])
        case _:
            return False


def _edge(part: Node | None) -> list[Node]:
    """The least of a repeat of single characters that stands beside a stretch."""
    return [Repeat(part.body, part.low, part.low)] if isinstance(part, Repeat) and isinstance(part.body, Atom) and part.low else []


def _literal_start(inner: list[Node]) -> int:
    """Where the longest literal begins, if it tells enough to do without what is before it."""
    best, start, run, begin = 0, 0, 0, 0
    for place, part in enumerate(inner):
        width = _literal_width(part)
        begin = begin if width and run else place
        run = run + width if width else 0
        if run > best:
            best, start = run, begin
    return start if best >= _SURE_LITERAL and sum(_bounds(part)[0] for part in inner[:start]) > _SURE_LITERAL else 0


def _better_start(inner: list[Node]) -> int:
    """Where to begin instead of at a class that nearly every letter of a text is in."""
    if not inner or _longest_literal(inner) >= _SURE_LITERAL or _commonness(inner[0]) < _VERY_COMMON:
        return 0
    return _rarest_start(inner)


def _not_too_wide(inner: list[Node]) -> list[Node]:
    """The first parts, as many as tell enough: of a list of words and what follows it not much more than the words."""
    kept: list[Node] = []
    width, enough = 0, _MOST_WIDTH
    for part in inner:
        if width >= enough:
            break
        kept.append(part)
        width += _bounds(part)[0]
        if isinstance(part, Branches) and len(part.parts) >= _MANY_WORDS and _word_width(part) >= _SURE_LITERAL:
            enough = min(enough, width + 1)
    return kept


def _longest_literal(parts: list[Node]) -> int:
    """Characters of the longest run of single characters, capped; a mark that is rare counts as two."""
    longest = run = 0
    for part in parts:
        run = run + _literal_width(part) if _literal_width(part) else 0
        longest = max(longest, run, _word_width(part))
    return min(longest, 6)


def _word_width(part: Node) -> int:
    """Characters of the longest literal that every branch has."""
    return min(_longest_literal(_flat(branch)) for branch in part.parts) if isinstance(part, Branches) else 0


def _literal_width(part: Node) -> int:
    match part:
        case Atom(text, _):
            plain = text.removeprefix("\\") if len(text) == 2 and not text[1].isalnum() else text
            return (2 if plain in _RARE_MARKS else 1) if len(plain) == 1 and plain != "." else 0
        case Branches(parts):
            return min(_literal_width(one) for one in parts)
        case Sequence(parts):
            widths = [_literal_width(one) for one in parts if one != EMPTY]
            return sum(widths) if widths and all(widths) else 0
        case Repeat(body, low, high):
            return _literal_width(body) * low if low == high else 0
        case _:
            return 0


def roughened(inner: list[Node]) -> list[Node]:
    """The parts cut to what tells most: digits of any kind are digits, and nothing far behind a literal is asked."""
    wide = _flat(Sequence(tuple(_wide(part) for part in inner)))
    literal = _longest_literal(wide)
    first = 0 if literal else _rarest_start(wide)
    kept: list[Node] = []
    width = 0
    for part in wide[first:]:
        room = (_ROUGH_WIDTH if literal >= _SURE_LITERAL else 2 * _ROUGH_WIDTH) - width
        if room <= 0:
            break
        kept.append(_cut(part, room))
        width += _bounds(kept[-1])[0]
    return _trimmed(kept)


_ROUGH_WIDTH: Final = 12
_LEAST_ROUGH: Final = 8
_SURE_LITERAL: Final = 3
_MANY_WORDS: Final = 5
_LONGEST_RUN: Final = 64
_VERY_COMMON: Final = 4
_DIGIT: Final = Atom("[0-9]", "")


def _wide(node: Node) -> Node:
    """`node` with everything that is nothing but digits as plain digits."""
    if _all_digits(node) and not _literal_width(node):
        low, high = _bounds(node)
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


def _all_digits(node: Node) -> bool:
    match node:
        case Atom(text, flags):
            return is_digit(text, flags)
        case Sequence(parts) | Branches(parts):
            return bool(parts) and all(map(_all_digits, parts))
        case Repeat(body):
            return _all_digits(body)
        case _:
            return False


def _cut(part: Node, room: int) -> Node:
    """`part`, of a repeat of single characters only as many as there is room for."""
    if isinstance(part, Repeat) and isinstance(part.body, Atom) and part.low > room:
        return Repeat(part.body, room, room)
    return part


def _trimmed(parts: list[Node]) -> list[Node]:
    """Without what may be left out at the ends: `[0-9]{1,3}` there is `[0-9]`."""
    if len(parts) > 1 and isinstance(parts[0], Repeat) and not isinstance(parts[0].body, Atom):
        body, low = parts[0].body, parts[0].low
        parts = [*_flat(body), Repeat(body, low - 1, parts[0].high - 1), *parts[1:]] if low > 1 else parts
    ends = {0, len(parts) - 1}
    cut = [Repeat(part.body, part.low, part.low) if at in ends and isinstance(part, Repeat) else part for at, part in enumerate(parts)]
    return [part for part in cut if _bounds(part)[1]]


def _rarest_start(parts: list[Node]) -> int:
    """Where to begin so that few places of a text are a beginning, if enough is left."""
    best, at, left = _commonness(parts[0]), 0, sum(_bounds(part)[0] for part in parts)
    for number, part in enumerate(parts):
        if left < _LEAST_ROUGH:
            break
        if _bounds(part)[0] and _commonness(part) < best:
            best, at = _commonness(part), number
        left -= _bounds(part)[0]
    return at


def _commonness(part: Node) -> int:
    """How often a character that may begin `part` is met: small letters most."""
    match part:
        case Atom(text, flags):
            return 3 * may_be("e", text, flags) + may_be("5", text, flags) + may_be("M", text, flags)
        case Sequence(parts):
            return _commonness(parts[0])
        case Branches(parts):
            return max(map(_commonness, parts))
        case Repeat(body):
            return _commonness(body)
        case _:
            return 5


def _flat(node: Node) -> list[Node]:
    """The parts of a sequence, those of sequences inside it included, without what takes no characters."""
    if isinstance(node, Look) or node == EMPTY:
        return []
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
