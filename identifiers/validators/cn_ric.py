"""Chinese resident identity numbers of 18 characters, GB 11643-1999: region, birth date, serial and a check character.

The region is looked at by province only: codes of districts that were merged or renamed stay in the numbers of those born there.
"""

from datetime import date

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

# The north, north-east, east, middle and south, south-west, north-west; Taiwan, Hong Kong, Macau; foreigners.
_PROVINCES = frozenset(
    code
    for part in (
        "11 12 13 14 15",
        "21 22 23",
        "31 32 33 34 35 36 37",
        "41 42 43 44 45 46",
        "50 51 52 53 54",
        "61 62 63 64 65",
        "71 81 82 83 91",
    )
    for code in part.split()
)


def cn_ric(value: str) -> Verdict:
    """VALID if the province and the birth date exist and the check character, ISO 7064 MOD 11-2, is right.

    >>> cn_ric("11010519491231002X"), cn_ric("110105194912310021"), cn_ric("440524188001010014")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>)
    """
    from stdnum.iso7064 import mod_11_2

    number = compact(value)
    if len(number) != 18 or not number[:17].isdigit() or number[:2] not in _PROVINCES or not _is_date(number[6:14]):
        return Verdict.INVALID
    return verdict(holds=mod_11_2.is_valid(number))


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
