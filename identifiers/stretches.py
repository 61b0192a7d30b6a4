"""Stretches of a pattern: what stands between parts that may have almost any length."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from identifiers.expression import LEEWAY, expression
from identifiers.measure import (
    SURE_LITERAL,
    bounds,
    commonness,
    least_width,
    literal_width,
    longest_literal,
    rarest_start,
    touches_words,
    word_width,
)
from identifiers.shape import Atom, Branches, Node, Repeat

Change = Callable[[list[Node]], list[Node]]
"""What is done to the parts of a stretch before it is written: nothing, or `identifiers.rough.roughened`."""

# Longer stretches say no more, but cost more.
_MOST_WIDTH: Final = 48
_MANY_WORDS: Final = 5
_VERY_COMMON: Final = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a pattern as an expression, and how much it tells.

    :param worth: characters of its longest literal, then of its shortest match
    :param edges: whether it begins, and ends, with a character of a word where the pattern does
    """

    text: str
    worth: tuple[int, int]
    edges: tuple[bool, bool] = (False, False)

    @property
    def bounded(self) -> str:
        r"""The expression with `\b` at those edges."""
        begin, end = (r"\b" if edge else "" for edge in self.edges)
        return f"{begin}{self.text}{end}"


def stretches_of(parts: list[Node], change: Change) -> Iterator[Stretch]:
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
    low, high = bounds(part)
    return high - low > LEEWAY


def _stretch(before: Node | None, inner: list[Node], behind: Node | None, change: Change) -> Stretch:
    """Of what stands between two parts of almost any length the piece that tells most, with the least of what is beside it."""
    begin, end = _required(inner)
    begin += _start(inner[begin:end])
    kept = _not_too_wide(inner[begin:end])
    from_begin, to_end = begin == 0, begin + len(kept) == len(inner)
    ahead, after = _edge(before if from_begin else None), _edge(behind if to_end else None)
    if not kept:
        return Stretch(max(_written(ahead), _written(after), key=len), (0, 0))
    literal = longest_literal(kept)
    # In front of a literal a class would only make the search begin everywhere.
    text = _written(change([*([] if literal else ahead), *kept, *after]))
    edges = (from_begin and before is None and touches_words(kept[0]), to_end and behind is None and touches_words(kept[-1]))
    return Stretch(text, (literal, least_width(kept)), edges)


def _required(parts: list[Node]) -> tuple[int, int]:
    """Where the first part stands that cannot be left out, and the end of the last one."""
    required = [place for place, part in enumerate(parts) if least_width([part])]
    return (required[0], required[-1] + 1) if required else (len(parts), len(parts))


def _written(parts: list[Node]) -> str:
    return "".join(map(expression, parts))


def _edge(part: Node | None) -> list[Node]:
    """The least of a repeat of single characters that stands beside a stretch."""
    return [Repeat(part.body, part.low, part.low)] if isinstance(part, Repeat) and isinstance(part.body, Atom) and part.low else []


def _start(inner: list[Node]) -> int:
    return _literal_start(inner) or _better_start(inner)


def _literal_start(inner: list[Node]) -> int:
    """Where the longest literal begins, if it tells enough to do without what is before it."""
    best, start, run, begin = 0, 0, 0, 0
    for place, part in enumerate(inner):
        width = literal_width(part)
        begin = begin if width and run else place
        run = run + width if width else 0
        if run > best:
            best, start = run, begin
    return start if best >= SURE_LITERAL and least_width(inner[:start]) > SURE_LITERAL else 0


def _better_start(inner: list[Node]) -> int:
    """Where to begin instead of at a class that nearly every letter of a text is in."""
    if not inner or longest_literal(inner) >= SURE_LITERAL or commonness(inner[0]) < _VERY_COMMON:
        return 0
    return rarest_start(inner)


def _not_too_wide(inner: list[Node]) -> list[Node]:
    """The first parts, as many as tell enough: of a list of words and what follows it not much more than the words."""
    kept: list[Node] = []
    width, enough = 0, _MOST_WIDTH
    for part in inner:
        if width >= enough:
            break
        kept.append(part)
        width += least_width([part])
        if isinstance(part, Branches) and len(part.parts) >= _MANY_WORDS and word_width(part) >= SURE_LITERAL:
            enough = min(enough, width + 1)
    return kept
