"""Canadian social insurance numbers: a Luhn check digit, and no number begins with 0 or 8.

https://www.canada.ca/en/employment-social-development/services/sin.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict
from identifiers.validators.luhn import luhn_holds


def ca_sin(value: str) -> Verdict:
    """VALID if the check digit holds and the first digit is in use.

    >>> ca_sin("130 692 544"), ca_sin("130 692 543"), ca_sin("046 454 286")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    return verdict(holds=len(digits) == 9 and digits[0] not in "08" and luhn_holds(digits) and not is_monotonous(digits))
