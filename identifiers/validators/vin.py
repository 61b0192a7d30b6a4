"""Vehicle identification numbers, ISO 3779. The ninth character is a check digit in North America only (49 CFR 565).

https://www.ecfr.gov/current/title-49/subtitle-B/chapter-V/part-565
"""

from identifiers.model import Verdict
from identifiers.validators.digits import verdict

_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", (*range(10), *range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin(value: str) -> Verdict:
    """VALID if the check digit holds; INVALID if it does not where it must (first character 1 to 5); else UNKNOWN.

    >>> vin("1M8GDM9AXKP042788"), vin("1M8GDM9A1KP042788"), vin("WVWZZZ1JZXW000001")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.UNKNOWN: 'unknown'>)
    """
    number = value.upper()
    if len(number) != len(_WEIGHTS) or not set(number) <= _VALUES.keys() or len(set(number)) < 4:
        return Verdict.INVALID
    check = sum(_VALUES[character] * weight for character, weight in zip(number, _WEIGHTS, strict=True)) % 11
    holds = number[8] == "0123456789X"[check]
    return verdict(holds=holds) if holds or number[0] in "12345" else Verdict.UNKNOWN
