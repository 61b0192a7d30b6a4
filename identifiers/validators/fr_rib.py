"""French bank account numbers (RIB): bank 5, branch 5, account 11, key 2.

The key is 97 - (89 bank + 15 branch + 3 account) mod 97, letters of the account read as digits:
https://fr.wikipedia.org/wiki/Clé_RIB
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, is_monotonous, verdict

# A and J read 1, B K S read 2, and so on to I R Z, which read 9.
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def fr_rib(value: str) -> Verdict:
    """VALID if the key fits bank, branch and account.

    >>> fr_rib("20041 01005 0500013M026 06"), fr_rib("20041 01005 0500013M026 07")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = compact(value).translate(_LETTERS)
    if len(digits) != 23 or is_monotonous(digits):
        return Verdict.INVALID
    bank, branch, account, key = int(digits[:5]), int(digits[5:10]), int(digits[10:21]), int(digits[21:])
    return verdict(holds=key == 97 - (89 * bank + 15 * branch + 3 * account) % 97)
