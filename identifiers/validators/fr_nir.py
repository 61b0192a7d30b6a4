"""French social security numbers (NIR): sex, year, month, department, commune, serial, and a key modulo 97.

INSEE, https://www.insee.fr/fr/metadonnees/definition/c1409
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def fr_nir(value: str) -> Verdict:
    """VALID if the key of the last two digits holds; Corsican departments 2A and 2B are counted as the law says.

    >>> fr_nir("2 95 10 99 126 111 93"), fr_nir("2 95 10 99 126 111 94")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.fr import nir

    return verdict(holds=nir.is_valid(compact(value)))
