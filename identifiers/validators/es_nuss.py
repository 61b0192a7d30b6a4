"""Spanish social security numbers (NUSS, NAF): province, eight digits, and the remainder of both modulo 97.

Tesorería General de la Seguridad Social, https://www.seg-social.es/
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_DIGITS = 12
_SHORT_SERIAL = 10_000_000


def es_nuss(value: str) -> Verdict:
    """VALID if the last two digits are the remainder. Where the serial begins with a zero, that zero is not counted.

    >>> es_nuss("28/12345678/40"), es_nuss("28/12345678/41")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    if len(digits) != _DIGITS or is_monotonous(digits):
        return Verdict.INVALID
    province, serial = int(digits[:2]), int(digits[2:10])
    number = province * _SHORT_SERIAL + serial if serial < _SHORT_SERIAL else int(digits[:10])
    return verdict(holds=number % 97 == int(digits[10:]))
