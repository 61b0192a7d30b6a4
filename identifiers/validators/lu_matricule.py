"""Luxembourgish national identification numbers: one Luhn and one Verhoeff check digit.

Règlement grand-ducal of 21.12.2012, https://legilux.public.lu/eli/etat/leg/rgd/2012/12/21/n2/jo
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict
from identifiers.validators.luhn import luhn_holds


def lu_matricule(value: str) -> Verdict:
    """VALID if of thirteen digits the twelfth is the Luhn and the last one the Verhoeff check digit of the first eleven.

    >>> lu_matricule("1893120105732"), lu_matricule("1893120105733")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum import verhoeff

    digits = digits_of(value)
    return verdict(holds=len(digits) == 13 and luhn_holds(digits[:12]) and verhoeff.is_valid(digits[:11] + digits[12]))
