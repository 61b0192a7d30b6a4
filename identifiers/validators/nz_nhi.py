"""Numbers of the national health index of New Zealand, old (AAANNNC) and new (AAANNAC).

HISO 10046, https://www.tewhatuora.govt.nz/health-services-and-programmes/digital-health/national-health-index/
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def nz_nhi(value: str) -> Verdict:
    """VALID if the check digit (old form, modulo 11) or check letter (new form, modulo 23 or 24) is right, and it is no test number.

    >>> nz_nhi("JBX3656"), nz_nhi("JBX3657"), nz_nhi("ALU18KZ"), nz_nhi("ZZZ0016")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    known = len(number) == 7 and all(character in _LETTERS or character.isdigit() for character in number)
    if not known or not (number[:3].isalpha() and number[3:5].isdigit()) or number.startswith("ZZZ"):
        return Verdict.INVALID
    values = [int(character) if character.isdigit() else _LETTERS.index(character) + 1 for character in number]
    total = sum(value * weight for value, weight in zip(values, range(7, 1, -1), strict=False))
    if number[5:].isdigit():
        return verdict(holds=total % 11 != 0 and values[6] == (11 - total % 11) % 10)
    # Editions of the standard differ in the modulus: its own example ALU18KZ holds with 24, others with 23.
    return verdict(holds=number[5:].isalpha() and values[6] in (23 - total % 23, 24 - total % 24))
