"""Phone numbers of the North American Numbering Plan by their digits, without asking whether the area exists.

https://www.nationalnanpa.com/about_us/abt_nanp.html
"""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict


def nanp_phone(value: str) -> Verdict:
    """VALID if area code and exchange could exist: neither begins with 0 or 1, nor ends in 11. In the area 555 any exchange will do.

    Nobody has that area; those who invent people give it to them.

    >>> nanp_phone("(206) 555-0132"), nanp_phone("206-155-0132")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    # With the country's 1, and what is dialled before it abroad.
    prefix = {11: "1", 13: "001"}.get(len(digits), "")
    national = digits.removeprefix(prefix)
    area, exchange = national[:3], national[3:6]
    possible = area == "555" or all(part[:1] not in "01" and part[1:] != "11" for part in (area, exchange))
    return verdict(holds=len(national) == 10 and possible and len(set(national)) > 2)
