"""Singaporean numbers of citizens (S, T), foreigners (F, G) and, since 2022, foreigners (M), with a check letter.

https://en.wikipedia.org/wiki/National_Registration_Identity_Card
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, verdict

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2)
_CITIZENS, _FOREIGNERS, _SINCE_2022 = "JZIHGFEDCBA", "XWUTRQPNMLK", "XWUTRQPNJLK"
# First letter: what it adds to the sum, and the check letters.
_KINDS = {"S": (0, _CITIZENS), "T": (4, _CITIZENS), "F": (0, _FOREIGNERS), "G": (4, _FOREIGNERS), "M": (3, _SINCE_2022)}


def sg_nric(value: str) -> Verdict:
    """VALID if the check letter is that of the first letter and the seven digits.

    >>> sg_nric("S1234567D"), sg_nric("S1234567E"), sg_nric("M5398242L")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.VALID: 'valid'>)
    """
    number = compact(value)
    if len(number) != 9 or number[0] not in _KINDS or not number[1:8].isdigit():
        return Verdict.INVALID
    added, letters = _KINDS[number[0]]
    place = (added + sum(int(digit) * weight for digit, weight in zip(number[1:8], _WEIGHTS, strict=True))) % 11
    return verdict(holds=number[8] == letters[place])
