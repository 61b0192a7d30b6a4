"""Iranian national codes (code-e melli), with a check digit modulo 11.

https://en.wikipedia.org/wiki/National_identification_number#Iran
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict


def ir_code(value: str) -> Verdict:
    """VALID if the tenth digit is the check digit of the others.

    >>> ir_code("0499370899"), ir_code("0499370898")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != 10 or is_monotonous(digits):
        return Verdict.INVALID
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return verdict(holds=int(digits[9]) == (remainder if remainder < 2 else 11 - remainder))
