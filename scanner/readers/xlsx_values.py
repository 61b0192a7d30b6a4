"""Cells as the texts that they stand for (ECMA-376 part 1, 18.3.1.4 and 18.18.11)."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from scanner.readers.xlsx_strings import SharedStrings, unescaped
from scanner.readers.xlsx_styles import Formats

EPOCH_1900: Final = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
EPOCH_1904: Final = dt.datetime(1904, 1, 1, tzinfo=dt.UTC)
_LEAP_1900: Final = 60
"""The serial number of 29 February 1900, which never was (ECMA-376 part 1, 18.17.4.1)."""
LAST_DAY: Final = {False: 2_958_465, True: 2_957_003}
"""31 December 9999 in the epochs of 1900 and of 1904; larger numbers are no dates."""
_ROUNDING: Final = 0.5 / 86400
"""Half a second: times are rounded to seconds."""
_EXACT_DIGITS: Final = 15
"""Digits that a number in a spreadsheet has; what is behind them is rounding."""
_LONGEST_EXPONENT: Final = 30
_LONGEST_INDEX: Final = 10


class Values:
    """Turns cells into texts.

    :param epoch_1904: serial numbers of dates count from 1904
    """

    def __init__(self, strings: SharedStrings, formats: Formats, *, epoch_1904: bool = False) -> None:
        self._strings = strings
        self._formats = formats
        self._epoch_1904 = epoch_1904

    def text(self, kind: str, value: str, style: str) -> str:
        """The text of a cell; empty where there is none.

        :param kind: its attribute `t`
        :param value: what its elements `v` or `t` hold
        :param style: its attribute `s`
        """
        if kind == "s":
            return (self._strings.text(int(value)) or "") if value.isdecimal() and len(value) <= _LONGEST_INDEX else ""
        if kind == "n":
            return self._number(value, style)
        if kind == "b":
            return {"0": "FALSE", "1": "TRUE"}.get(value, value)
        return value.removesuffix("T00:00:00") if kind == "d" else unescaped(value)

    def _number(self, value: str, style: str) -> str:
        if not style or not value:
            return number(value)
        dated, digits = self._formats.of(style)
        if dated:
            return date(value, epoch_1904=self._epoch_1904) or number(value)
        return with_digits(number(value), digits) if digits else number(value)


def number(value: str) -> str:
    """A number without exponent, all its digits, nothing behind a whole one.

    >>> number("4.111111111111111E15"), number("219229999.0"), number("0.30000000000000004")
    ('4111111111111111', '219229999', '0.3')
    """
    if value.isdecimal():
        return value
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return value
    if not exact.is_finite() or abs(exact.adjusted()) > _LONGEST_EXPONENT:
        return value
    if exact != exact.to_integral_value() and len(exact.as_tuple().digits) > _EXACT_DIGITS:
        exact = Decimal(format(float(value), f".{_EXACT_DIGITS}g"))
    whole = exact == exact.to_integral_value()
    return format(exact.to_integral_value() if whole else exact.normalize(), "f")


@lru_cache(maxsize=4096)
def date(value: str, *, epoch_1904: bool) -> str:
    """A serial number as an ISO date, with the time of day unless that is midnight; below 1 a time of day; empty for no date.

    >>> date("25569", epoch_1904=False), date("25569.5", epoch_1904=False), date("0.25", epoch_1904=False)
    ('1970-01-01', '1970-01-01 12:00:00', '06:00:00')
    """
    try:
        serial = float(value)
    except ValueError:
        return ""
    if not 0 <= serial < LAST_DAY[epoch_1904] + 1 - _ROUNDING:
        return ""
    if serial < _LEAP_1900 and not epoch_1904:
        serial += 1
    moment = (EPOCH_1904 if epoch_1904 else EPOCH_1900) + dt.timedelta(seconds=round(serial * 86400))
    if float(value) < 1:
        return moment.strftime("%H:%M:%S")
    text = moment.replace(tzinfo=None).isoformat(" ")
    return text.removesuffix(" 00:00:00")


def with_digits(text: str, digits: str) -> str:
    """A number with zeros where its format has them, and what the format has between digits; never with fewer digits.

    >>> with_digits("12345678", "000-00-0000"), with_digits("501", "00000"), with_digits("1.5", "0.00")
    ('012-34-5678', '00501', '1.50')
    """
    whole, point, fraction = text.partition(".")
    places, _, decimals = digits.partition(".")
    if decimals:
        return f"{whole.zfill(places.count('0'))}.{fraction.ljust(len(decimals), '0')}" if whole.isdecimal() else text
    if point or not whole.isdecimal():
        return text
    return _filled(whole, places)


def _filled(whole: str, places: str) -> str:
    left, shown = list(whole), []
    for place in reversed(places):
        if place not in "0#":
            shown.append(place)
        elif left:
            shown.append(left.pop())
        elif place == "0":
            shown.append("0")
        else:
            return "".join(reversed(shown)).lstrip(" -/)")
    return "".join(left) + "".join(reversed(shown))
