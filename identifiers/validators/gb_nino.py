"""United Kingdom National Insurance numbers: no check digit, but letters that are not used.

HMRC manual NIM39110, https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
"""

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_NEVER_PREFIXES = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def gb_nino(value: str) -> Verdict:
    """VALID if the two letters in front are used.

    >>> gb_nino("AB 12 34 56 C"), gb_nino("QQ 12 34 56 C")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    first, second = value[:1].upper(), value[1:2].upper()
    unused = first in "DFIQUV" or second in "DFIOQUV" or first + second in _NEVER_PREFIXES
    return verdict(holds=not unused)
