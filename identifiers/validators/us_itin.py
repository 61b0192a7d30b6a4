"""United States individual taxpayer identification numbers.

They begin with 9, and their fourth and fifth digits are 50 to 65, 70 to 88, 90 to 92 or 94 to 99:
https://www.irs.gov/individuals/international-taxpayers/taxpayer-identification-numbers-tin
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_GROUPS = frozenset(map(str, (*range(50, 66), *range(70, 89), *range(90, 93), *range(94, 100))))


def us_itin(value: str) -> Verdict:
    """VALID if the number lies in a range that was issued.

    >>> us_itin("912-70-1234"), us_itin("912-93-1234")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    return verdict(holds=len(digits) == 9 and digits[0] == "9" and digits[3:5] in _GROUPS and not is_monotonous(digits))
