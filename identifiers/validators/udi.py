"""Unique device identifiers of medical devices, as the three issuing agencies write them.

https://www.fda.gov/medical-devices/unique-device-identification-system-udi-system/udi-basics
"""

from itertools import cycle

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import is_monotonous, verdict

_GS1 = regex.compile(r"\(01\)([0-9]{14})")
_HIBC_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def gs1_udi(value: str) -> Verdict:
    """VALID if the 14 digits of the article behind `(01)` end in their check digit (GS1 General Specifications 7.9.1).

    >>> gs1_udi("(01)00844588003288(17)141120(10)7654321D"), gs1_udi("(01)00844588003289")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    found = _GS1.match(value)
    if not found or is_monotonous(found[1]):
        return Verdict.INVALID
    return verdict(holds=sum(int(digit) * weight for digit, weight in zip(found[1], cycle((3, 1)), strict=False)) % 10 == 0)


def hibc_udi(value: str) -> Verdict:
    """VALID if the last character is the sum of all others modulo 43 (ANSI/HIBC 2.6).

    >>> hibc_udi("+A123BJC5D6E71G"), hibc_udi("+A123BJC5D6E71H")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    places = [_HIBC_LETTERS.find(character) for character in value]
    return verdict(holds=bool(places) and -1 not in places and sum(places[:-1]) % len(_HIBC_LETTERS) == places[-1])
