"""United States employer identification numbers: no check digit, but prefixes that were never given out.

https://www.irs.gov/businesses/small-businesses-self-employed/how-eins-are-assigned-and-valid-ein-prefixes
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict


def us_ein(value: str) -> Verdict:
    """VALID if the first two digits are a prefix of the IRS.

    >>> us_ein("91-1144442"), us_ein("07-1144442")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    from stdnum.us import ein

    digits = digits_of(value)
    return verdict(holds=ein.is_valid(digits) and not is_monotonous(digits))
