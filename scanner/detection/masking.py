"""What may be shown of a value: a mask for people, a keyed fingerprint for comparing."""

import hmac
from typing import Final

import regex

from identifiers.model import Category

_LONGEST_MASK: Final = 64
_SEPARATORS = regex.compile(r"[\s.\-]+")
_BLANKS = regex.compile(r"\s+")
_LETTERS = regex.compile(r"[\p{L}\p{N}]")


def _visible(length: int) -> int:
    """How many characters at the end stay readable: a third at most, so that nobody can guess the rest."""
    if length >= 12:
        return 4
    return 2 if length >= 8 else 0


def mask(value: str, category: Category) -> str:
    """`value` with all letters and digits but the last few starred; of a credential only the first four of sixteen or more.

    >>> mask("4111 1111 1111 1111", Category.FINANCIAL)
    '**** **** **** 1111'
    >>> mask("hunter2!", Category.CREDENTIALS)
    '********'
    """
    shown = _BLANKS.sub(" ", value)
    if category is Category.CREDENTIALS:
        head = shown[:4] if len(shown) >= 16 else ""
        return (head + "*" * (len(shown) - len(head)))[:_LONGEST_MASK]
    starred, letters = _LETTERS.subn("*", shown)
    end, visible = len(shown), _visible(letters)
    while visible:
        end -= 1
        visible -= starred[end] != shown[end]
    return (starred[:end] + shown[end:])[-_LONGEST_MASK:]


def normalise(value: str, category: Category) -> str:
    """The form in which equal values are equal: without separators and case, but credentials as they stand.

    >>> normalise("219-22-9999", Category.PERSONAL)
    '219229999'
    """
    return value if category is Category.CREDENTIALS else _SEPARATORS.sub("", value).casefold()


def fingerprint(value: str, category: Category, key: bytes) -> str:
    """Keyed HMAC-SHA-256 of the normalised value, the first 32 hex digits.

    Keyed, because a plain hash of a nine-digit number is reversed by trying them all.
    """
    message = normalise(value, category).encode("utf-8", "surrogatepass")
    return hmac.digest(key, message, "sha256").hex()[:32]
