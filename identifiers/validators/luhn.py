"""The Luhn check digit, ISO/IEC 7812-1 annex B."""

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, verdict

_DOUBLED = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}


def luhn_holds(digits: str) -> bool:
    """Whether the last of `digits` is the Luhn check digit of the others."""
    return (sum(map(int, digits[-1::-2])) + sum(_DOUBLED[digit] for digit in digits[-2::-2])) % 10 == 0


def luhn(value: str, prefix: str = "") -> Verdict:
    """VALID if the digits of `value` end in their Luhn check digit; other characters do not count.

    :param prefix: digits that belong before the number but are never written, e.g. 80840 for US health care providers

    >>> luhn("7992-7398-713"), luhn("7992-7398-714")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    digits = digits_of(value)
    return verdict(holds=bool(digits) and luhn_holds(prefix + digits))
