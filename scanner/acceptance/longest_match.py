"""No match is longer than declared: windows overlap by that length, so a longer one would be lost on an edge."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from identifiers.characters import sample
from identifiers.compile import compile_pattern
from identifiers.model import Identifier, Pattern
from identifiers.shape import Back, Branches, Node, Repeat, Sequence, parse
from scanner.acceptance.bench import Bench
from scanner.acceptance.failure import Failure
from scanner.acceptance.specimens import Specimen, specimens_of

NAME: Final = "longest-match"


def check(identifier: Identifier, _bench: Bench) -> Iterator[Failure]:
    """A failure for each pattern that matches more than its `max_length` in texts stretched to tempt it."""
    specimens = specimens_of(identifier)
    for number, pattern in enumerate(identifier.patterns, start=1):
        longest = max((_longest(pattern, text) for text in _stretched(pattern, specimens)), default=0)
        if longest > pattern.max_length:
            said = f"pattern {number}: expected at most {pattern.max_length} characters as max_length says; found a match of {longest}"
            yield Failure(identifier.id, NAME, f"{said}; use {{m,n}} in place of * and +")


def _longest(pattern: Pattern, text: str) -> int:
    return max((len(match[0]) for match in compile_pattern(pattern).finditer(text)), default=0)


def _stretched(pattern: Pattern, specimens: tuple[Specimen, ...]) -> Iterator[str]:
    """Texts with more than the longest match of whatever can be repeated: as the regex says, and in each real value."""
    yield _most(parse(pattern.regex), pattern.max_length + 1)
    for specimen in specimens:
        runs = ["".join(run) for _, run in groupby(specimen.text, key=_kind)]
        for place in range(len(runs)):
            yield from _with_more_of(runs, place, pattern.max_length + 1)


def _with_more_of(runs: list[str], place: int, length: int) -> Iterator[str]:
    """The value with the last character of one run, or the run and the one behind it, over and over."""
    before, behind = "".join(runs[: place + 1]), "".join(runs[place + 1 :])
    yield before + runs[place][-1] * length + behind
    pair = "".join(runs[place : place + 2])
    yield "".join(runs[:place]) + pair * (1 + length // len(pair)) + "".join(runs[place + 2 :])


def _kind(character: str) -> str:
    if character.isalnum():
        return "word"
    return "space" if character.isspace() else character


def _most(node: Node, most: int) -> str:
    """A text for `node` in which each repeat goes round as often as it may, but not for more than about `most` characters."""
    match node:
        case Sequence(parts):
            return "".join(_most(part, most) for part in parts)
        case Branches(parts):
            return max((_most(part, most) for part in parts), key=len)
        case Repeat(body, _, high):
            once = _most(body, most)
            return once * min(high, 1 + most // max(1, len(once)))
        case Back():
            return ""
        case _:
            return sample(node)
