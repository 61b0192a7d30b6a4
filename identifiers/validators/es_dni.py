"""Spanish identity numbers: DNI for citizens, NIE for foreigners. The last letter is the number modulo 23.

Real Decreto 1553/2005, https://www.boe.es/buscar/act.php?id=BOE-A-2005-21163
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, digits_of, is_monotonous, verdict


def es_dni(value: str) -> Verdict:
    """VALID if the letter fits the eight digits and they are not all the same.

    >>> es_dni("54362315-K"), es_dni("54362315-J")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.es import dni

    return verdict(holds=dni.is_valid(compact(value)) and not is_monotonous(digits_of(value)))


def es_nie(value: str) -> Verdict:
    """VALID if the last letter fits the first one and the seven digits, which are not all the same.

    >>> es_nie("X-2482300-W"), es_nie("X-2482300-A")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.es import nie

    return verdict(holds=nie.is_valid(compact(value)) and not is_monotonous(digits_of(value)))
