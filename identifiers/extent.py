"""What every match of a pattern must have at the least: how many characters, how many digits close together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial, reduce
from typing import Final

from identifiers.atoms import counted, may_be, token_counted
from identifiers.errors import IdentifierError
from identifiers.measure import least_width
from identifiers.shape import Atom, Branches, Look, Node, Repeat, Sequence, parse

_MOST_MARKS: Final = 2
_MOST_REPEATS: Final = 64


def digits_regex(count: int) -> str:
    """An expression for all engines that finds `count` digits with at most two marks between each two."""
    more = f"(?:[ .,/_()+:-]{{0,{_MOST_MARKS}}}[0-9]){{{count - 1}}}" if count > 1 else ""
    return f"[0-9]{more}"


@cache
def least_length(shape: str) -> int:
    """Characters of the shortest match of `shape`; 0 where it cannot be said.

    >>> least_length(r"AB[0-9]{6,8}|X"), least_length(r"[a-z]*")
    (1, 0)
    """
    try:
        return least_width([parse(shape)])
    except IdentifierError:
        return 0


@cache
def least_digits(shape: str) -> int:
    """How many digits, with at most two marks between them, every match of `shape` holds in one stretch.

    >>> least_digits(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"), least_digits(r"[A-Z]{2}[0-9]{6}[A-D]?"), least_digits(r"[0-9A-F]{12}")
    (9, 6, 0)
    """
    try:
        return _after(_State(), parse(shape), counted).surest
    except IdentifierError:
        return 0


TOKEN_REGEX: Final = "[0-9A-Za-z+/_-]{20}"  # noqa: S105 - what tokens look like
"""Finds, in all engines, a stretch of what keys and tokens are made of. Words are shorter, and names of hosts have points between."""
LEAST_TOKEN: Final = 20


@cache
def least_token(shape: str) -> int:
    """How many letters, digits and marks of base64 without anything else between them every match of `shape` holds.

    >>> least_token("[A-Za-z0-9/+]{40}"), least_token("[a-z]{8}[.][a-z]{8}")
    (40, 8)
    """
    try:
        return _after(_State(), parse(shape), token_counted).surest
    except IdentifierError:
        return 0


Kind = Callable[[str, str], str]
"""Gives `digit` for an atom that is counted, `mark` for one that may stand between, empty for others."""


@dataclass(frozen=True, slots=True)
class _State:
    """What is sure on every way to a place in a pattern.

    :param digits: of the stretch that ends here, at the least
    :param marks: behind the last of them, at the most
    :param longest: digits of the longest stretch before
    """

    digits: int = 0
    marks: int = 0
    longest: int = 0

    def ended(self) -> "_State":
        """The same with the stretch at its end behind it."""
        return _State(0, 0, self.surest)

    @property
    def surest(self) -> int:
        """The most digits that are sure to stand close together."""
        return max(self.longest, self.digits)

    def or_else(self, other: "_State") -> "_State":
        """What is sure whichever of two ways was taken."""
        return _State(min(self.digits, other.digits), max(self.marks, other.marks), min(self.surest, other.surest))


def _after(state: _State, node: Node, kind: Kind) -> _State:
    match node:
        case Atom(text, flags):
            return _after_atom(state, kind(text, flags))
        case Sequence(parts):
            return reduce(partial(_after, kind=kind), parts, state)
        case Branches(parts):
            return reduce(_State.or_else, [_after(state, part, kind) for part in parts])
        case Repeat(body, low, high):
            return _after_repeat(state, body, (low, high), kind)
        case Look():
            return state
        case _:
            return state.ended()


def _after_atom(state: _State, kind: str) -> _State:
    if kind == "digit":
        return _State(state.digits + 1, 0, state.longest)
    if kind == "mark" and state.marks < _MOST_MARKS:
        return _State(state.digits, state.marks + 1, state.longest)
    return state.ended()


def _after_repeat(state: _State, body: Node, times: tuple[int, int], kind: Kind) -> _State:
    low, high = times
    for _ in range(min(low, _MOST_REPEATS)):
        state = _after(state, body, kind)
    if low > _MOST_REPEATS:
        return state.ended()
    for _ in range(min(high - low, _MOST_MARKS + 1)):
        further = state.or_else(_after(state, body, kind))
        if further == state:
            return state
        state = further
    return state if high - low <= _MOST_MARKS + 1 else state.ended()


@cache
def may_hold_point(shape: str) -> bool:
    """Whether a decimal point may stand in a match of `shape`.

    >>> may_hold_point(r"[0-9]{3}[.-]?[0-9]{2}"), may_hold_point("[0-9]{5}")
    (True, False)
    """
    try:
        return _holds_point(parse(shape))
    except IdentifierError:
        return True


def _holds_point(node: Node) -> bool:
    match node:
        case Atom(text, flags):
            return may_be(".", text, flags)
        case Sequence(parts) | Branches(parts):
            return any(map(_holds_point, parts))
        case Repeat(body):
            return _holds_point(body)
        case Look():
            return False
        case _:
            return True


@cache
def least_decimal(shape: str) -> int | None:
    """Characters of the shortest match of `shape` that could stand in a decimal number: digits, at most one point and one minus.

    :return: None where no match could

    >>> least_decimal(r"[0-9]{13,16}"), least_decimal(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"), least_decimal(r"[0-9]+[.][0-9]{2}")
    (13, None, 4)
    """
    try:
        found = _decimal(parse(shape))
    except IdentifierError:
        return 0
    return None if found is None or found.points > 1 or found.signs > 1 else found.length


@dataclass(frozen=True, slots=True)
class _Decimal:
    """The least of each that a match within the letters of a number has; taken apart, so perhaps in no single match."""

    length: int = 0
    points: int = 0
    signs: int = 0

    def and_then(self, other: "_Decimal", times: int = 1) -> "_Decimal":
        """What `times` of `other` behind it make of it."""
        return _Decimal(self.length + times * other.length, self.points + times * other.points, self.signs + times * other.signs)

    def or_else(self, other: "_Decimal") -> "_Decimal":
        """The least of either."""
        return _Decimal(min(self.length, other.length), min(self.points, other.points), min(self.signs, other.signs))


def _decimal(node: Node) -> _Decimal | None:
    match node:
        case Atom(text, flags):
            taken = [letter for letter in "5.-" if _may_be_any(letter, text, flags)]
            return _Decimal(1, int(taken == ["."]), int(taken == ["-"])) if taken else None
        case Sequence(parts):
            found = [_decimal(part) for part in parts]
            return reduce(_Decimal.and_then, filter(None, found), _Decimal()) if all(found) else None
        case Branches(parts):
            known = [one for one in map(_decimal, parts) if one is not None]
            return reduce(_Decimal.or_else, known) if known else None
        case Repeat(body, low, _):
            inner = _decimal(body) if low else _Decimal()
            return None if inner is None else _Decimal().and_then(inner, low)
        case _:
            return _Decimal()


_ALIKE: Final = {"5": "0123456789", ".": ".", "-": "-"}


def _may_be_any(kind: str, text: str, flags: str) -> bool:
    return any(may_be(letter, text, flags) for letter in _ALIKE[kind])
