"""Hungarian personal numbers: the last digit is a weighted sum modulo 11, whose weights turned round in 1997.

Act XX of 1996, annex, https://net.jogtar.hu/jogszabaly?docid=99600020.tv
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

# Sex and century: 3 and 4 are the years from 2000 on.
_NEW_CENTURY = "34"


def hu_personal(value: str) -> Verdict:
    """VALID if the last of eleven digits fits the others.

    >>> hu_personal("1-561112-0148"), hu_personal("1-561112-0149")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != 11 or is_monotonous(digits):
        return Verdict.INVALID
    born_late = digits[0] in _NEW_CENTURY or (digits[0] in "12" and digits[1:3] >= "97")
    weights = range(10, 0, -1) if born_late else range(1, 11)
    total = sum(int(digit) * weight for digit, weight in zip(digits[:10], weights, strict=True))
    return verdict(holds=total % 11 == int(digits[10]))
