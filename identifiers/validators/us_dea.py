"""Registration numbers of the US Drug Enforcement Administration: two letters, six digits, a check digit.

https://www.deadiversion.usdoj.gov/schedules/orangebook/orangebook.pdf
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_DIGITS = 7


def us_dea(value: str) -> Verdict:
    """VALID if the last digit is that of the first, third and fifth added to twice the second, fourth and sixth.

    >>> us_dea("AB1234563"), us_dea("AB1234564")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    # The second character is a 9 in place of a letter for some.
    digits = digits_of(value)[-_DIGITS:]
    if len(digits) != _DIGITS or is_monotonous(digits):
        return Verdict.INVALID
    odd, even = digits[:6:2], digits[1:6:2]
    return verdict(holds=(sum(map(int, odd)) + 2 * sum(map(int, even))) % 10 == int(digits[-1]))
