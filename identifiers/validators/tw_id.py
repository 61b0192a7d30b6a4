"""Taiwanese numbers of citizens and residents, with a check digit modulo 10.

https://en.wikipedia.org/wiki/National_identification_card_(Taiwan)
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

# The place of a letter, from 10 on, is the number that stands for it.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
_WEIGHTS = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)


def tw_id(value: str) -> Verdict:
    """VALID if the last digit is the check digit of the letter and the other digits.

    >>> tw_id("A123456789"), tw_id("A123456788")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    if len(number) != 10 or number[0] not in _LETTERS or not number[1:].isdigit():
        return Verdict.INVALID
    digits = f"{_LETTERS.index(number[0]) + 10}{number[1:]}"
    return verdict(holds=sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10 == 0)
