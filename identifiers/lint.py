"""Which regexes are refused: invalid ones, ones that match nothing at all, and ones that can take for ever.

A regex is judged by its structure first, since that needs no clock: an open-ended repeat inside another repeat, where both
can take the same characters, tries exponentially many ways to share them out. What structure does not show is then tried
on texts made to be the worst for it, with a limit on the time.
"""

from collections.abc import Iterator
from typing import Final

import regex

from identifiers.characters import alphabet, members, sample
from identifiers.compile import compile_pattern
from identifiers.errors import IdentifierError
from identifiers.model import Pattern
from identifiers.shape import UNBOUNDED, Atom, Back, Branches, Look, Node, Repeat, Sequence, parse

# A repeat counts as a loop from here on: fewer rounds cannot multiply to much.
_LOOP_ROUNDS: Final = 10
# Characters of an attack. Work that grows with the square of it takes some 10 ms, with the cube seconds.
_ATTACK_LENGTH: Final = 1000
_ATTACK_SECONDS: Final = 0.25
_REMEDY: Final = "could take for ever on some texts; let no repeat stand inside another, e.g. `a+` in place of `(a+)+`"


def check_regex(pattern: Pattern, where: str) -> None:
    """Refuse a pattern that cannot be searched with.

    :param where: file, identifier and key, for the message
    :raises IdentifierError: if the regex is invalid, can match the empty text, or could take for ever
    """
    try:
        # Without the guards of the boundary, so that the position in the message is the user's.
        regex.compile(pattern.regex, regex.ASCII)
    except regex.error as error:
        raise IdentifierError(f"is no valid regex: {error}", where=where) from error
    tree = parse(pattern.regex)
    if _min_width(tree) == 0:
        raise IdentifierError("can match the empty text; let it match at least one character", where=where)
    if _explodes(tree, ()) or any(_times_out(pattern, attack) for attack in attacks(tree)):
        raise IdentifierError(_REMEDY, where=where)


def attacks(tree: Node) -> Iterator[str]:
    """Texts on which the search for `tree` has the most to try: for each loop many rounds of it, then a dead end."""
    for before, loop in _loops(tree, ""):
        for round_of_it in _rounds(loop.body):
            yield before + round_of_it * (_ATTACK_LENGTH // len(round_of_it)) + "\0"


def _min_width(node: Node) -> int:
    match node:
        case Atom():
            return 1
        case Sequence(parts):
            return sum(map(_min_width, parts))
        case Branches(parts):
            return min(map(_min_width, parts))
        case Repeat(body, low):
            return _min_width(body) * low
        case Look() | Back():
            return 0


def _explodes(node: Node, loops: tuple[tuple[Node, ...], ...]) -> bool:
    """Whether a repeat in `node` can take the characters of a whole round of a loop around it.

    :param loops: for each loop around `node`, outermost first, what else one round of it has to match
    """
    match node:
        case Sequence(parts):
            return any(_explodes(part, _with_siblings(loops, parts[:i] + parts[i + 1 :])) for i, part in enumerate(parts))
        case Branches(parts):
            return any(_explodes(part, loops) for part in parts)
        case Repeat(body, possessive=True) | Look(body):
            return _explodes(body, ())
        case Repeat(body, low, high):
            takes_a_round = high - low >= _LOOP_ROUNDS and any(all(_made_of(part, alphabet(body)) for part in loop) for loop in loops)
            return takes_a_round or _explodes(body, (*loops, ()) if high >= _LOOP_ROUNDS else loops)
        case _:
            return False


def _with_siblings(loops: tuple[tuple[Node, ...], ...], siblings: tuple[Node, ...]) -> tuple[tuple[Node, ...], ...]:
    return tuple((*loop, *siblings) for loop in loops)


def _made_of(node: Node, letters: frozenset[str]) -> bool:
    """Whether `node` can match a text, perhaps an empty one, that is made of `letters` only."""
    match node:
        case Atom():
            return bool(members(node) & letters)
        case Sequence(parts):
            return all(_made_of(part, letters) for part in parts)
        case Branches(parts):
            return any(_made_of(part, letters) for part in parts)
        case Repeat(body, low):
            return low == 0 or _made_of(body, letters)
        case Look() | Back():
            return True


def _loops(node: Node, before: str) -> Iterator[tuple[str, Repeat]]:
    """Each loop in `node`, with a text that leads to it."""
    match node:
        case Sequence(parts):
            for part in parts:
                yield from _loops(part, before)
                before += sample(part)
        case Branches(parts):
            for part in parts:
                yield from _loops(part, before)
        case Repeat(body, _, high):
            if high >= _LOOP_ROUNDS:
                yield before, node
            yield from _loops(body, before)
        case Look(body):
            yield from _loops(body, before)
        case _:
            return


def _rounds(body: Node) -> set[str]:
    """Texts for one round of a loop: one for each way through its branches."""
    branches = body.parts if isinstance(body, Branches) else (body,)
    return {sample(branch) or sample(_once(branch)) for branch in branches} - {""}


def _once(node: Node) -> Node:
    """`node` where what may be left out is not: for texts that should not be empty."""
    match node:
        case Repeat(body, _, high):
            return Repeat(_once(body), 1, min(high, UNBOUNDED))
        case Sequence(parts):
            return Sequence(tuple(map(_once, parts)))
        case _:
            return node


def _times_out(pattern: Pattern, text: str) -> bool:
    try:
        compile_pattern(pattern).search(text, timeout=_ATTACK_SECONDS)
    except TimeoutError:
        return True
    return False
