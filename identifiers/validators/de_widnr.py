"""German business identification numbers (W-IdNr): `DE`, nine digits with check digit (ISO 7064 MOD 11,10), a dash and five more.

Bundeszentralamt für Steuern,
https://www.bzst.de/DE/Unternehmen/Identifikationsnummern/Wirtschafts-Identifikationsnummer/wirtschaftsidentifikationsnummer_node.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict

_CHECKED = 9


def de_widnr(value: str) -> Verdict:
    """VALID if the ninth digit is the check digit of those before it.

    >>> de_widnr("DE136695976-00001"), de_widnr("DE136695977-00001")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.iso7064 import mod_11_10

    digits = digits_of(value)[:_CHECKED]
    return verdict(holds=len(digits) == _CHECKED and not is_monotonous(digits) and mod_11_10.is_valid(digits))
