"""Spanish bank account numbers (CCC): bank 4, branch 4, two check digits, account 10.

https://es.wikipedia.org/wiki/Código_cuenta_cliente
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict


def es_ccc(value: str) -> Verdict:
    """VALID if both check digits hold.

    >>> es_ccc("2100 0418 45 0200051332"), es_ccc("2100 0418 46 0200051332")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.es import ccc

    digits = digits_of(value)
    return verdict(holds=ccc.is_valid(digits) and not is_monotonous(digits))
