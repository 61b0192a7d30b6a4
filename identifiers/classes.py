"""Patterns that are one character class after the other: for each length of a match which characters may stand at each place."""

from functools import cache
from typing import Final

from identifiers.atoms import may_be
from identifiers.errors import IdentifierError
from identifiers.shape import Atom, Branches, Node, Repeat, Sequence, parse

_ASCII: Final = tuple(map(chr, range(128)))
_MOST_PLACES: Final = 40
Classes = tuple[frozenset[int], ...]
Places = tuple[frozenset[int], int, int]


@cache
def classes_of(shape: str, length: int) -> tuple[Classes, ...] | None:
    """The ASCII codes that may stand at each place of a match of `length` characters, for each of the pattern's branches that has one.

    :return: None for a pattern of which a branch is no plain row of classes, at most one of them repeated a varying number of times

    >>> [[len(one) for one in row] for row in classes_of("[0-9]{2}-[A-C]|a", 4)], classes_of("[0-9]{2}", 3), classes_of("(?:a|b)c", 1)
    ([[10, 10, 1, 3]], (), None)
    """
    rows = _rows(shape)
    if rows is None or length > _MOST_PLACES:
        return None
    return tuple(places for places in (_places(row, length) for row in rows) if places is not None)


def _places(row: tuple[Places, ...], length: int) -> Classes | None:
    """What may stand at each place of a match of that length; None if there is none."""
    rest = length - sum(low for _, low, high in row if low == high)
    counted = [(taken, low if low == high else rest, low, high) for taken, low, high in row]
    if any(not low <= times <= high for _, times, low, high in counted) or sum(times for _, times, _, _ in counted) != length:
        return None
    return tuple(taken for taken, times, _, _ in counted for _ in range(times))


@cache
def _rows(shape: str) -> tuple[tuple[Places, ...], ...] | None:
    try:
        node = parse(shape)
    except IdentifierError:
        return None
    rows = [_row(branch) for branch in (node.parts if isinstance(node, Branches) else (node,))]
    known = [row for row in rows if row is not None]
    return tuple(known) if len(known) == len(rows) else None


def _row(node: Node) -> tuple[Places, ...] | None:
    """Each class with how often it stands at the least and at the most."""
    found = [_class(part) for part in _parts(node)]
    known = [one for one in found if one is not None]
    return tuple(known) if len(known) == len(found) and sum(low != high for _, low, high in known) <= 1 else None


def _parts(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Sequence):
        return (node,)
    return tuple(inner for part in node.parts for inner in _parts(part))


def _class(part: Node) -> Places | None:
    match part:
        case Atom(text, flags):
            return _codes(text, flags), 1, 1
        case Repeat(Atom(text, flags), low, high, False):
            return _codes(text, flags), low, high
        case _:
            return None


@cache
def _codes(text: str, flags: str) -> frozenset[int]:
    return frozenset(ord(letter) for letter in _ASCII if may_be(letter, text, flags))
