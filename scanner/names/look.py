"""What a value looks like, as the name of a person."""

from enum import Enum


class Look(Enum):
    """FULL: a known given name beside a known surname. HALF: one of them known, the other might be. PLAIN: words that no list has."""

    FULL = "full"
    HALF = "half"
    GIVEN = "given"
    SURNAME = "surname"
    INITIALS = "initials"
    PLACE = "place"
    PLAIN = "plain"
    OTHER = "other"
