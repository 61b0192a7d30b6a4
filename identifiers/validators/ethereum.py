"""Addresses of Ethereum and its kin, whose capitals are a checksum: https://eips.ethereum.org/EIPS/eip-55"""

from identifiers.model import Verdict
from identifiers.validators.digits import verdict
from identifiers.validators.keccak import keccak_256

_DIGITS = 40
_HEXADECIMAL = frozenset("0123456789abcdef")


def ethereum(value: str) -> Verdict:
    """VALID if the capitals are where the hash of the address wants them; INVALID also where all letters are alike.

    >>> ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = value.removeprefix("0x")
    plain = digits.lower()
    if len(digits) != _DIGITS or digits in (plain, digits.upper()) or not _HEXADECIMAL.issuperset(plain):
        return Verdict.INVALID
    hashed = keccak_256(plain.encode()).hex()
    return verdict(holds=digits == "".join(map(_cased, plain, hashed)))


def _cased(digit: str, nibble: str) -> str:
    return digit.upper() if nibble >= "8" else digit
