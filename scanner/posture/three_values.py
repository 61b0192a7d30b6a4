"""Yes, no and unknown: None stands for unknown here."""

from collections.abc import Iterable
from typing import TypeAlias

from scanner.posture.answers import Unknown

Truth: TypeAlias = bool | None


def truth(value: bool | Unknown | None) -> Truth:
    """A setting as a truth: UNKNOWN becomes None."""
    return None if isinstance(value, Unknown) else value


def negated(value: Truth) -> Truth:
    """Not."""
    return None if value is None else not value


def every(values: Iterable[Truth]) -> Truth:
    """No as soon as one is no, yes if all are yes, else unknown."""
    seen = list(values)
    if False in seen:
        return False
    return None if None in seen else True


def some(values: Iterable[Truth]) -> Truth:
    """Yes as soon as one is yes, no if all are no, else unknown."""
    seen = list(values)
    if True in seen:
        return True
    return None if None in seen else False
