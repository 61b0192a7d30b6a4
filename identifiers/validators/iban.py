"""International bank account numbers, ISO 13616: two check digits by ISO 7064 MOD 97-10.

The patterns know each country's length and characters: https://www.swift.com/resource/iban-registry-pdf
"""

from identifiers.model import Verdict
from identifiers.validators.digits import compact, is_monotonous, verdict


def iban(value: str) -> Verdict:
    """VALID if the check digits hold and the account is not one digit repeated.

    >>> iban("GB29 NWBK 6016 1331 9268 19"), iban("GB28 NWBK 6016 1331 9268 19")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = compact(value)
    return verdict(holds=not is_monotonous(number[4:]) and _remainder(number) == 1)


def _remainder(number: str) -> int:
    """`number`, its first four characters moved to the end and letters counted from A = 10, modulo 97."""
    return int("".join(str(int(character, 36)) for character in number[4:] + number[:4])) % 97
