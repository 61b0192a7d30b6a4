"""Numbers of the insured in Germany: pension insurance (VKVV § 2) and health insurance (SGB V § 290).

https://www.gesetze-im-internet.de/vkvv/__2.html, https://www.gesetze-im-internet.de/sgb_5/__290.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

_PENSION_LENGTH, _PENSION_LETTER = 12, 8
_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH_LENGTH = 10
_MOST_DAY, _MOST_MONTH = 31, 12
# Where a number was taken already, 50 was added to the day.
_DAY_SHIFT = 50


def de_rvnr(value: str) -> Verdict:
    """VALID for a pension insurance number: office, date of birth, first letter of the surname, serial, check digit.

    >>> de_rvnr("65 170839 J 003"), de_rvnr("65 170839 J 004")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    if len(number) != _PENSION_LENGTH or not number[_PENSION_LETTER].isalpha():
        return Verdict.INVALID
    digits = number[:_PENSION_LETTER] + _as_two_digits(number[_PENSION_LETTER]) + number[_PENSION_LETTER + 1 :]
    if not digits.isdigit():
        return Verdict.INVALID
    day, month = int(digits[2:4]) % _DAY_SHIFT, int(digits[4:6])
    total = sum(_crossed(int(digit) * weight) for digit, weight in zip(digits[:-1], _PENSION_WEIGHTS, strict=True))
    return verdict(holds=1 <= day <= _MOST_DAY and 1 <= month <= _MOST_MONTH and total % 10 == int(digits[-1]))


def de_kvnr(value: str) -> Verdict:
    """VALID for a health insurance number, the part of it that never changes: a letter, eight digits, a check digit.

    >>> de_kvnr("A000500015"), de_kvnr("A000500016")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    if len(number) != _HEALTH_LENGTH or not number[0].isalpha() or not number[1:].isdigit():
        return Verdict.INVALID
    digits = _as_two_digits(number[0]) + number[1:]
    total = sum(_crossed(int(digit) * (1 + place % 2)) for place, digit in enumerate(digits[:-1]))
    return verdict(holds=total % 10 == int(digits[-1]))


def _as_two_digits(letter: str) -> str:
    """A is 01, Z is 26."""
    return f"{int(letter, 36) - 9:02}"


def _crossed(number: int) -> int:
    """The sum of the digits of a number below 100."""
    return number // 10 + number % 10
