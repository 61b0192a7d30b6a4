"""What one character of a pattern can be. An atom is given as the pattern writes it, with its flags."""

from functools import cache
from typing import Final

import regex

_ASCII: Final = tuple(map(chr, range(128)))
_MARKS: Final = frozenset(" .,-/_()+:")
_TOKEN_MARKS: Final = frozenset("+/_-")


def is_digit(text: str, flags: str) -> bool:
    """Whether an atom matches nothing but ASCII digits."""
    return counted(text, flags) == "digit"


@cache
def is_word(text: str, flags: str) -> bool:
    """Whether an atom matches nothing but letters, digits and underscores of ASCII."""
    if _is_open(text) or not text.isascii():
        return False
    return all(letter.isalnum() or letter == "_" for letter in _taken(text, flags))


@cache
def may_be(letter: str, text: str, flags: str) -> bool:
    """Whether an atom matches `letter`."""
    return _compiled(text, flags).fullmatch(letter) is not None


@cache
def counted(text: str, flags: str) -> str:
    """`digit` if the atom matches nothing but ASCII digits, `mark` if nothing but marks and blanks; else empty."""
    taken = set() if _is_open(text) else _taken(text, flags)
    if taken and all("0" <= letter <= "9" for letter in taken):
        return "digit"
    return "mark" if taken and taken <= _MARKS else ""


@cache
def token_counted(text: str, flags: str) -> str:
    """`digit` if the atom matches nothing but letters, digits and marks of base64; else empty."""
    taken = _taken(text, flags) if text.isascii() and not _is_open(text) else set()
    return "digit" if taken and all(letter.isalnum() or letter in _TOKEN_MARKS for letter in taken) else ""


def _is_open(text: str) -> bool:
    """Whether nearly everything matches, beyond ASCII, too."""
    return text.startswith(("[^", ".")) or text in (r"\D", r"\W", r"\S")


def _taken(text: str, flags: str) -> set[str]:
    compiled = _compiled(text, flags)
    return {letter for letter in _ASCII if compiled.fullmatch(letter)}


def _compiled(text: str, flags: str) -> "regex.Pattern[str]":
    return regex.compile(f"(?i:{text})" if "i" in flags else text, regex.ASCII)
