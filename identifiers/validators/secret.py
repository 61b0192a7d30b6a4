"""Tokens and keys: whether a text of the right shape is a secret, or a place where one belongs.

Made-up tokens in documents say so (`example`, `xxxx`) or repeat themselves; real ones look random.
"""

from collections import Counter
from math import log2
from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

# Long enough not to occur by chance in a random text of some hundred characters.
_PLACEHOLDERS: Final = (
    "example", "sample", "dummy", "placeholder", "changeme", "change_me", "change-me", "redacted", "replace_", "replace-",
    "replaceme", "insert_", "insert-", "your_", "your-", "yourkey", "yourtoken", "xxxxx", "*****", "00000000", "12345678",
    "abcdefgh", "deadbeef", "privatekey", "publickey", "secretkey", "accesskey",
    "eby8vdm02xnocqfl",  # the key of every emulator of Azure's storage
)  # fmt: skip
# `AeadAes256CbcHmac256EncryptionKey`: words run together, each with a capital. No random text looks so.
_WORDS: Final = regex.compile(r"(?:[A-Z][a-z]{2,}[0-9]{0,4}){3,}")
_HEX: Final = frozenset("0123456789abcdefABCDEF")


def is_placeholder(value: str) -> bool:
    """Whether `value` says that a secret belongs in its place.

    >>> is_placeholder("your-api-key-here"), is_placeholder("Zq8vR2mK")
    (True, False)
    """
    lowered = value.lower()
    return any(word in lowered for word in _PLACEHOLDERS)


def entropy(value: str) -> float:
    """Shannon entropy of the characters of `value`, in bits for each.

    >>> entropy("aaaa"), entropy("abcd")
    (0.0, 2.0)
    """
    counts = Counter(value).values()
    return sum(count / len(value) * log2(len(value) / count) for count in counts)


def secret(value: str, *, min_entropy: float = 3.0, mixed: bool = False, digits: bool = False) -> Verdict:
    """VALID if `value` looks random and is no placeholder.

    :param min_entropy: bits for each character; random base64 of 40 characters has about 4.7, of 20 about 4.1
    :param mixed: capitals, small letters and digits must all occur, and something that hexadecimal numbers do not have
    :param digits: a digit must occur, which names and paths seldom have, and a letter

    >>> secret("qW3eR9tZ" + "uI0pL5kJ"), secret("x" * 36)
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    if is_placeholder(value) or entropy(value) < min_entropy or _WORDS.fullmatch(value):
        return Verdict.INVALID
    if digits and not (any(map(str.isdigit, value)) and any(map(str.isalpha, value))):
        return Verdict.INVALID
    return verdict(holds=not mixed or _is_mixed(value))


def _is_mixed(value: str) -> bool:
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(kind(character) for character in value) for kind in kinds) and not set(value) <= _HEX
