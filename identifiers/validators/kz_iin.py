"""Kazakh numbers of persons (IIN) and companies (BIN), with a check digit modulo 11 in two passes.

https://adilet.zan.kz/eng/docs/Z070000223_
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict

_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def kz_iin(value: str) -> Verdict:
    """VALID if the twelfth digit is the check digit of the others.

    >>> kz_iin("990101300300"), kz_iin("990101300301")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = [int(digit) for digit in digits_of(value)]
    if len(digits) != 12:
        return Verdict.INVALID
    check = _remainder(digits, _FIRST)
    if check == 10:
        check = _remainder(digits, _SECOND)
    return verdict(holds=check == digits[11] and len(set(digits)) > 1)


def _remainder(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
