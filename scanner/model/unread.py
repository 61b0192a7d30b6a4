"""A column of which a file tells something before its values are read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Values(StrEnum):
    """What kind of values a column has."""

    MUTE = "mute"
    """Truth values, or nothing but nulls."""
    MOMENT = "moment"
    """Dates, times, durations."""
    WHOLE = "whole"
    """Whole numbers."""
    FLOAT = "float"
    """Numbers that may have a fraction."""


@dataclass(frozen=True, slots=True)
class UnreadColumn:
    """A column, or some rows of it.

    :param names: as those of its segments will be
    :param most: largest of its numbers without their signs; None if that is not known
    """

    names: tuple[str, ...]
    values: Values
    most: float | None = None


MayHold = Callable[[UnreadColumn], bool]
"""Whether reading such a column could come to anything."""
