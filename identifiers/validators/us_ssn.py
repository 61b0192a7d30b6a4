"""United States Social Security numbers.

There is no check digit, but areas 000, 666 and 900 to 999, group 00 and serial 0000 were never issued:
https://www.ssa.gov/employer/randomization.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_NEVER_AREAS = ("000", "666")


def us_ssn(value: str) -> Verdict:
    """VALID if the number could have been issued and is not one digit nine times.

    >>> us_ssn("219-22-9999"), us_ssn("666-22-9999")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    never_issued = area in _NEVER_AREAS or area[:1] == "9" or group == "00" or serial == "0000"
    return verdict(holds=len(digits) == 9 and not never_issued and not is_monotonous(digits))
