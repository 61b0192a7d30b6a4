"""Addresses in base 58 with version and checksum: Bitcoin, Litecoin, Dogecoin, Tron, XRP Ledger and others.

https://en.bitcoin.it/wiki/Base58Check_encoding
"""

from collections.abc import Sequence
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_ALPHABETS: Final = MappingProxyType(
    {
        "bitcoin": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
        "ripple": "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz",
    }
)
# A hash of a key, and the first bytes of the hash of all before them.
_HASH, _CHECKSUM = 20, 4


def base58check(value: str, *, versions: Sequence[str], alphabet: str = "bitcoin") -> Verdict:
    """VALID if the checksum holds and the address begins with one of `versions`, in hexadecimal and equally long.

    The address that opens Bitcoin's chain:

    >>> base58check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", versions=["00", "05"])
    <Verdict.VALID: 'valid'>
    >>> base58check("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", versions=["00", "05"])
    <Verdict.INVALID: 'invalid'>

    :param alphabet: `bitcoin` or `ripple`
    """
    letters = _ALPHABETS[alphabet]
    prefixes = [bytes.fromhex(version) for version in versions]
    size = len(prefixes[0]) + _HASH + _CHECKSUM
    number = 0
    for character in value:
        place = letters.find(character)
        if place < 0:
            return Verdict.INVALID
        number = number * len(letters) + place
    if number.bit_length() > 8 * size:
        return Verdict.INVALID
    raw = number.to_bytes(size)
    # Zeros in front are written one by one.
    written = len(value) - len(value.lstrip(letters[0])) == size - len(raw.lstrip(b"\0"))
    holds = sha256(sha256(raw[:-_CHECKSUM]).digest()).digest()[:_CHECKSUM] == raw[-_CHECKSUM:]
    return verdict(holds=written and holds and raw.startswith(tuple(prefixes)))
