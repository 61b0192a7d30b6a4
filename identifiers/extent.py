"""What every match of a pattern must have at the least: how many characters, how many digits close together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial, reduce
from typing import Final

import regex

from identifiers.errors import IdentifierError
from identifiers.shape import Atom, Branches, Look, Node, Repeat, Sequence, parse

_ASCII: Final = tuple(map(chr, range(128)))
_MARKS: Final = frozenset(" .,-/_()+:")
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
        return _least(parse(shape))
    except IdentifierError:
        return 0


@cache
def least_digits(shape: str) -> int:
    """How many digits, with at most two marks between them, every match of `shape` holds in one stretch.

    >>> least_digits(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"), least_digits(r"[A-Z]{2}[0-9]{6}[A-D]?"), least_digits(r"[0-9A-F]{12}")
    (9, 6, 0)
    """
    try:
        return _after(_State(), parse(shape), _kind).surest
    except IdentifierError:
        return 0


TOKEN_REGEX: Final = "[0-9A-Za-z+/_-]{20}"  # noqa: S105 - what tokens look like
"""Finds, in all engines, a stretch of what keys and tokens are made of. Words are shorter, and names of hosts have points between."""
LEAST_TOKEN: Final = 20
_TOKEN_MARKS: Final = frozenset("+/_-")


@cache
def least_token(shape: str) -> int:
    """How many letters, digits and marks of base64 without anything else between them every match of `shape` holds.

    >>> least_token("[A-Za-z0-9/+]{40}"), least_token("[a-z]{8}[.][a-z]{8}")
    (40, 8)
    """
    try:
        return _after(_State(), parse(shape), _token_kind).surest
    except IdentifierError:
        return 0


def _least(node: Node) -> int:
    match node:
        case Atom():
            return 1
        case Sequence(parts):
            return sum(map(_least, parts))
        case Branches(parts):
            return min(map(_least, parts))
        case Repeat(body, low, _):
            return low * _least(body)
        case _:
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
        return _State(0, 0, self.surest)

    @property
    def surest(self) -> int:
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
        return _Decimal(self.length + times * other.length, self.points + times * other.points, self.signs + times * other.signs)

    def or_else(self, other: "_Decimal") -> "_Decimal":
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


def is_digit(text: str, flags: str) -> bool:
    """Whether an atom matches nothing but ASCII digits."""
    return _kind(text, flags) == "digit"


@cache
def is_word(text: str, flags: str) -> bool:
    """Whether an atom matches nothing but letters, digits and underscores of ASCII."""
    if text.startswith(("[^", ".")) or text in (r"\D", r"\W", r"\S"):
        return False
    compiled = _compiled(text, flags)
    return text.isascii() and not any(compiled.fullmatch(letter) for letter in _ASCII if not (letter.isalnum() or letter == "_"))


@cache
def may_be(letter: str, text: str, flags: str) -> bool:
    """Whether an atom matches `letter`."""
    return _compiled(text, flags).fullmatch(letter) is not None


def _compiled(text: str, flags: str) -> "regex.Pattern[str]":
    return regex.compile(f"(?i:{text})" if "i" in flags else text, regex.ASCII)


@cache
def _token_kind(text: str, flags: str) -> str:
    if text.startswith(("[^", ".")) or text in (r"\D", r"\W", r"\S") or not text.isascii():
        return ""
    compiled = _compiled(text, flags)
    taken = [letter for letter in _ASCII if compiled.fullmatch(letter)]
    return "digit" if taken and all(letter.isalnum() or letter in _TOKEN_MARKS for letter in taken) else ""


@cache
def _kind(text: str, flags: str) -> str:
    """`digit` if the atom matches nothing but ASCII digits, `mark` if nothing but marks and blanks; else empty."""
    if text.startswith(("[^", ".")) or text in (r"\D", r"\W", r"\S"):
        return ""
    compiled = _compiled(text, flags)
    taken = {letter for letter in _ASCII if compiled.fullmatch(letter)}
    if not taken:
        return ""
    if all("0" <= letter <= "9" for letter in taken):
        return "digit"
    return "mark" if taken <= _MARKS else ""
