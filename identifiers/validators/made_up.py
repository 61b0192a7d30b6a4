"""Numbers that nobody has: one digit throughout, or all digits in order. For what has no check digit but a telling name."""

from typing import Final

import regex

from identifiers.model import Verdict
from identifiers.validators.digits import digits_of, is_monotonous, verdict
from identifiers.validators.us_ssn import us_ssn

_UP: Final = "0123456789" * 4
_DOWN: Final = _UP[::-1]
_MOMENT: Final = regex.compile(
    r"""(?x) (?:19|20)[0-9]{2} [-/. ] [0-9]{1,2} [-/. ] [0-9]{1,2} (?: [T ] [0-9:.Z+-]* )?
  | [0-9]{1,2} [-/. ] [0-9]{1,2} [-/. ] (?:19|20)[0-9]{2}
  | [0-9]{1,3} (?: \. [0-9]{1,3} ){3} | [0-9]{1,3} (?: [ .,] [0-9]{3} )+ [.,] [0-9]{2}"""
)


# Of the United States, which say what numbers they never give out.
_SSN: Final = regex.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")


def not_made_up(value: str, *, digits: int = 1) -> Verdict:
    """INVALID if the digits of `value` are all the same or in order, or if it is a date, an IPv4 address or an amount of money.

    So is an American social security number that nobody can have.

    :param digits: so many it must have at least

    >>> not_made_up("7301-88213"), not_made_up("123-45-6789"), not_made_up("2024-01-31")
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>, <Verdict.INVALID: 'invalid'>)
    """
    number = digits_of(value)
    if len(number) < digits or is_monotonous(number) or number in _UP or number in _DOWN:
        return Verdict.INVALID
    return us_ssn(value) if _SSN.fullmatch(value) else verdict(holds=not _MOMENT.fullmatch(value))
