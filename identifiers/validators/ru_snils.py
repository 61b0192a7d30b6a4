"""Russian pension insurance numbers (SNILS): two check digits.

Order 1n of the pension fund's board of 13.01.2020; the check digits are explained at https://sfr.gov.ru
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict

# Numbers up to 001-001-998 were given out before there were check digits.
_LAST_UNCHECKED = 1_001_998


def ru_snils(value: str) -> Verdict:
    """VALID if the last two of eleven digits are the weighted sum of the first nine, modulo 101, and a hundred counts as 00.

    >>> ru_snils("112-233-445 95"), ru_snils("112-233-445 96")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != 11 or int(digits[:9]) <= _LAST_UNCHECKED:
        return Verdict.INVALID
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return verdict(holds=total % 101 % 100 == int(digits[9:]))
