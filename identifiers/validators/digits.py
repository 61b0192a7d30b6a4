"""Small helpers for numbers with separators. Only ASCII counts, whatever a user's regex may have matched."""

from identifiers.model import Verdict


def digits_of(value: str) -> str:
    """The digits of `value`, without anything between them.

    >>> digits_of("219-22-9999")
    '219229999'
    """
    return "".join(character for character in value if "0" <= character <= "9")


def compact(value: str) -> str:
    """The ASCII letters and digits of `value` in capitals.

    >>> compact("qq 12-34")
    'QQ1234'
    """
    return "".join(character for character in value if character.isascii() and character.isalnum()).upper()


def is_monotonous(digits: str) -> bool:
    """Whether one digit repeats from end to end: such numbers pass some checks, but nobody has them."""
    return len(set(digits)) <= 1


def verdict(*, holds: bool) -> Verdict:
    """VALID or INVALID."""
    return Verdict.VALID if holds else Verdict.INVALID
