"""German tax identification numbers: ISO 7064 MOD 11,10, and one digit of the first ten stands twice or three times.

Bundeszentralamt für Steuern, https://www.bzst.de/DE/Privatpersonen/SteuerlicheIdentifikationsnummer/steuerlicheidentifikationsnummer_node.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict


def de_idnr(value: str) -> Verdict:
    """VALID if the check digit holds and digits repeat as they must.

    >>> de_idnr("36 574 261 809"), de_idnr("36 574 261 890")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.de import idnr

    return verdict(holds=idnr.is_valid(digits_of(value)))
