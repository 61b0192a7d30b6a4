"""A part that every match of a pattern must hold: what a prefilter looks for.

Whole patterns with long bounded repeats take seconds to compile into an automaton, and report every length that a run of
characters could have. A factor is a stretch of the pattern between two parts that may have almost any length: the stretch with
the most distinctive literal, with such a part beside it cut to its least. It is short, cheap, and inside every match.
"""

from functools import cache
from typing import Final

from identifiers.errors import IdentifierError
from identifiers.measure import all_digits, bounds, flat
from identifiers.rough import roughened
from identifiers.shape import Branches, Node, parse
from identifiers.stretches import Change, stretches_of

_LONGEST_RUN: Final = 64


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
    stretches = [] if isinstance(node, Branches) else list(stretches_of(flat(node), lambda nodes: nodes))
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
    low, high = bounds(node)
    return (low, high) if all_digits(node) and high <= _LONGEST_RUN else None


def _found(shape: str, change: Change, *, bounded: bool = False) -> str | None:
    try:
        return _factor(parse(shape), change, bounded=bounded) or None
    except IdentifierError:
        return None


def _factor(node: Node, change: Change, *, bounded: bool) -> str:
    if isinstance(node, Branches):
        branches = [_factor(branch, change, bounded=bounded) for branch in node.parts]
        return f"(?:{'|'.join(branches)})" if all(branches) else ""
    stretches = list(stretches_of(flat(node), change))
    best = max(stretches, key=lambda stretch: stretch.worth, default=None)
    return "" if best is None else best.bounded if bounded else best.text
