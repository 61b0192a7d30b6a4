"""Indian Aadhaar numbers: a Verhoeff check digit; they begin with 2 to 9 and do not read the same backwards.

https://uidai.gov.in/en/my-aadhaar/about-your-aadhaar.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict


def in_aadhaar(value: str) -> Verdict:
    """VALID if the check digit holds and the number could have been given out.

    >>> in_aadhaar("2341 2341 2346"), in_aadhaar("2341 2341 2347")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.in_ import aadhaar

    return verdict(holds=aadhaar.is_valid(digits_of(value)))
