"""Taiwanese business numbers; since 2023 the weighted sum of their digits is a multiple of five, before it was one of ten.

https://www.fia.gov.tw/singlehtml/3?cntId=c4d9cff38c8642ef8872774ee9987283
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)


def tw_ubn(value: str) -> Verdict:
    """VALID if the sum holds; a seventh digit of 7 may count one more.

    >>> tw_ubn("00501503"), tw_ubn("00501504"), tw_ubn("10458575")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>)
    """
    digits = digits_of(value)
    if len(digits) != 8 or is_monotonous(digits):
        return Verdict.INVALID
    total = sum(sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return verdict(holds=total % 5 == 0 or (digits[6] == "7" and (total + 1) % 5 == 0))
