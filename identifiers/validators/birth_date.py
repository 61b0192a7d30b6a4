"""Dates on which somebody could have been born."""

from datetime import date
from typing import Final

import regex

from identifiers.model import Verdict

_MONTHS: Final = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}
# Not the endings of 1st, 2nd, 3rd and 4th.
_PARTS = regex.compile(r"[0-9]+|[A-Za-z]{3,}")


def birth_date(value: str, *, first_year: int, last_year: int) -> Verdict:
    """VALID if `value` reads as a day from `first_year` to `last_year` in one of the usual orders.

    Years of two digits are taken as they are. Day before month and month before day are both tried.

    >>> birth_date("31/12/1985", first_year=1900, last_year=2030), birth_date("31/13/1985", first_year=1900, last_year=2030)
    (<Verdict.VALID: 'valid'>, <Verdict.INVALID: 'invalid'>)
    """
    parts = [_number(part) for part in _PARTS.findall(value)]
    if len(value) == 8 and value.isdecimal() and value.isascii():
        parts = [int(value[:4]), int(value[4:6]), int(value[6:])]
    if len(parts) != 3:
        return Verdict.INVALID
    a, b, c = parts
    orders = ((a, b, c), (c, b, a), (c, a, b))
    return Verdict.VALID if any(_is_day(*order, first_year, last_year) for order in orders) else Verdict.INVALID


def _number(part: str) -> int:
    return int(part) if part.isdigit() else _MONTHS.get(part[:3].lower(), 0)


def _is_day(year: int, month: int, day: int, first_year: int, last_year: int) -> bool:
    """Years below 100 could be of any century, so only month and day are asked then; 2000 has a 29 February."""
    full = year if year >= 100 else 2000
    if year >= 100 and not first_year <= year <= last_year:
        return False
    try:
        date(full, month, day)
    except ValueError:
        return False
    return True
