"""Indian permanent account numbers (PAN): the fourth letter says whose it is; the last one's rule is not published.

https://incometaxindia.gov.in/Pages/tax-services/apply-for-pan.aspx
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def in_pan(value: str) -> Verdict:
    """VALID if the kind of holder exists and the serial is not 0000.

    >>> in_pan("ACUPA7085R"), in_pan("ACUXA7085R")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.in_ import pan

    return verdict(holds=pan.is_valid(compact(value)))
