"""Letters whatever their case, one for one, so that places in a text stay the same."""

from typing import Final

# Turkish I with its dot and i without, the long s, the sign for kelvin.
_PLAIN: Final = (("\u0130", "I"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "K"))
# Small letters that share a capital with another one: the final sigma, the sign for micro.
_TWINS: Final = (("\u03c2", "\u03c3"), ("\u00b5", "\u03bc"))


def plain_letters(text: str) -> str:
    """`text` with those of its letters that are a letter of ASCII in another case as that one; as many characters.

    >>> plain_letters("KİMLİK")
    'KIMLIK'
    """
    return text if text.isascii() else _replaced(text, _PLAIN)


def fold(text: str) -> str:
    """`text` in small letters, with as many characters.

    >>> fold("KİMLİK Straße ΟΔΟΣ")
    'kimlik straße οδοσ'
    """
    if text.isascii():
        return text.lower()
    # Of all letters `İ` alone has a small form of two characters.
    return _replaced(plain_letters(text).lower(), _TWINS)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for letter, plain in pairs:
        if letter in text:
            text = text.replace(letter, plain)
    return text
