"""What is known of a pattern's matches. Finding it out takes a while for a thousand patterns, so it can be written down and read again."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from identifiers.extent import least_decimal, least_digits, least_length, least_token, may_hold_point


class Facts(NamedTuple):
    """The least that every match of a pattern has; see the functions of the same names in `identifiers.extent`.

    :param length: characters
    :param digits: close together
    :param token: letters, digits and marks of base64 in one stretch
    :param decimal: characters of the shortest match in a decimal number; None if there is none
    :param point: 1 if a decimal point may stand in a match, else 0
    """

    length: int
    digits: int
    token: int
    decimal: int | None
    point: int


# Grows with the patterns of a process, as a cache of the functions themselves would.
_KNOWN: dict[str, Facts] = {}


def facts_of(shape: str) -> Facts:
    """The facts of a pattern.

    >>> facts_of("[0-9]{3}-[0-9]{2}-[0-9]{4}")
    Facts(length=11, digits=9, token=11, decimal=None, point=0)
    """
    if shape not in _KNOWN:
        least = least_length(shape), least_digits(shape), least_token(shape), least_decimal(shape)
        _KNOWN[shape] = Facts(*least, int(may_hold_point(shape)))
    return _KNOWN[shape]


def written_facts(shapes: Iterable[str]) -> dict[str, Facts]:
    """The facts of many patterns, in a form that JSON keeps."""
    return {shape: facts_of(shape) for shape in shapes}


def read_facts(written: Mapping[str, Sequence[int | None]]) -> None:
    """Take over what `written_facts` gave for the same patterns."""
    for shape, (length, digits, token, decimal, point) in written.items():
        _KNOWN.setdefault(shape, Facts(length or 0, digits or 0, token or 0, decimal, point or 0))
