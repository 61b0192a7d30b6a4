"""Addresses in bech32 and bech32m: a readable part, `1`, then characters of which the last six are the checksum.

https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki, https://github.com/bitcoin/bips/blob/master/bip-0350.mediawiki
"""

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32, _BECH32M = 1, 0x2BC830A3
_CHECKSUM = 6


def bech32(value: str) -> Verdict:
    """VALID if the checksum holds; either all letters are capitals or none is.

    >>> bech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), bech32("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)

    Taproot, in bech32m:

    >>> bech32("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")
    <Verdict.VALID: 'valid'>
    """
    readable, one, data = value.lower().rpartition("1")
    places = [_LETTERS.find(character) for character in data]
    if value not in (value.lower(), value.upper()) or not one or not readable or len(data) <= _CHECKSUM or -1 in places:
        return Verdict.INVALID
    spread = [ord(character) >> 5 for character in readable] + [0] + [ord(character) & 31 for character in readable]
    return verdict(holds=_polymod(spread + places) in (_BECH32, _BECH32M))


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            check ^= term if top >> bit & 1 else 0
    return check
