"""Numbers of Hong Kong identity cards, with a check character modulo 11.

https://en.wikipedia.org/wiki/Hong_Kong_identity_card
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict


def hk_id(value: str) -> Verdict:
    """VALID if the last character, which stands in brackets mostly, is the check digit of the others.

    >>> hk_id("A123456(3)"), hk_id("A123456(4)")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    letters, digits = number[:-7], number[-7:-1]
    if len(letters) not in (1, 2) or not letters.isalpha() or not digits.isdigit() or number[-1] not in "0123456789A":
        return Verdict.INVALID
    # A number with one letter has a blank before it, which counts as 36.
    values = [int(character, 36) for character in letters + digits]
    values = [36, *values] if len(letters) == 1 else values
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    return verdict(holds=(total + int(number[-1], 36)) % 11 == 0)
