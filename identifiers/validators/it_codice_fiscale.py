"""Italian fiscal codes of persons: name, birth date, place and a check letter.

Agenzia delle Entrate, DM 23/12/1976: https://www.agenziaentrate.gov.it/portale/web/guest/codice-fiscale
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def it_codice_fiscale(value: str) -> Verdict:
    """VALID if the birth date can be and the check letter holds; digits replaced by letters (omocodia) are read back.

    >>> it_codice_fiscale("RCCMNL83S18D969H"), it_codice_fiscale("RCCMNL83S18D969A")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.it import codicefiscale

    return verdict(holds=codicefiscale.is_valid(compact(value)))
