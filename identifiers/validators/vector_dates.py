"""Checks of dates, many at once."""

from typing import TYPE_CHECKING, Final

from identifiers.validators.matrices import by_length

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Bytes = npt.NDArray[np.uint8]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Where digits stand in the usual ten characters: 1985-12-31, and 31/12/1985.
_YEAR_FIRST: Final = (0, 1, 2, 3, 5, 6, 8, 9)
_YEAR_LAST: Final = (0, 1, 3, 4, 6, 7, 8, 9)
_LENGTH: Final = 10


def birth_dates(texts: "pa.Array", *, first_year: int, last_year: int) -> "Flags":
    """As `birth_date`."""
    import numpy as np

    from identifiers.model import Verdict
    from identifiers.validators.birth_date import birth_date

    found = np.zeros(len(texts), dtype=bool)
    left = np.ones(len(texts), dtype=bool)
    for places, rows in by_length(texts):
        if rows.shape[1] == _LENGTH:
            flags, read = _ten(rows, first_year, last_year)
            found[places], left[places] = flags, ~read
    for place in np.flatnonzero(left).tolist():
        found[place] = birth_date(texts[place].as_py(), first_year=first_year, last_year=last_year) is Verdict.VALID
    return found


def _ten(rows: "Bytes", first_year: int, last_year: int) -> "tuple[Flags, Flags]":
    """Which rows of ten characters are days in the span of years, and which were read at all."""
    import numpy as np

    digits = rows - np.uint8(0x30)
    is_digit = digits < 10
    year_first, year_last = (_stand_at(is_digit, places) for places in (_YEAR_FIRST, _YEAR_LAST))
    found, read = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    for shaped, year, orders in (
        (year_first, _number(digits, 0, 4), ((5, 8),)),
        (year_last, _number(digits, 6, 10), ((3, 0), (0, 3))),
    ):
        # A year of less than three digits could be a day or a month as well.
        shaped = shaped & (year >= 100)  # noqa: PLW2901 - narrowed
        read |= shaped
        for month, day in orders:
            found |= shaped & _are_days(year, _number(digits, month, month + 2), _number(digits, day, day + 2), first_year, last_year)
    return found, read


def _stand_at(is_digit: "Flags", places: tuple[int, ...]) -> "Flags":
    """Rows that have digits at `places`, and none elsewhere."""
    import numpy as np

    wanted = np.isin(np.arange(_LENGTH), places)
    found: Flags = (is_digit == wanted).all(axis=1)
    return found


def _number(digits: "Bytes", start: int, stop: int) -> "Numbers":
    import numpy as np

    number = np.zeros(len(digits), dtype=np.int64)
    for place in range(start, stop):
        number = number * 10 + digits[:, place]
    return number


def _are_days(year: "Numbers", month: "Numbers", day: "Numbers", first_year: int, last_year: int) -> "Flags":
    """Which are days of the calendar in the span of years."""
    import numpy as np

    months = np.array(_DAYS)[np.where(month <= 12, month, 0)]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    days = months - ((month == 2) & ~leap)
    found: Flags = (first_year <= year) & (year <= last_year) & (day >= 1) & (day <= days)
    return found
