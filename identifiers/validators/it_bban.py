"""Italian bank account numbers (BBAN): check letter (CIN), bank 5 (ABI), branch 5 (CAB), account 12.

The letter is made as in fiscal codes: characters at odd and even places count differently, modulo 26:
https://it.wikipedia.org/wiki/Coordinate_bancarie
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

_ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def it_bban(value: str) -> Verdict:
    """VALID if the check letter fits the rest.

    >>> it_bban("X 05428 11101 000000123456"), it_bban("Y 05428 11101 000000123456")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    odd = sum(_ODD[_place(character)] for character in number[1::2])
    even = sum(_place(character) for character in number[2::2])
    return verdict(holds=len(number) == 23 and ord(number[0]) - ord("A") == (odd + even) % 26)


def _place(character: str) -> int:
    """0 to 9 for digits, 0 to 25 for letters."""
    return int(character) if character.isdigit() else ord(character) - ord("A")
