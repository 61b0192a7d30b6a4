"""Number formats of a workbook (ECMA-376 part 1, 18.8.30 and .31): which numbers are dates, which have zeros in front."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.docx_xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

BUILT_IN: Final = {
    2: "0.00",
    4: "0.00",
    **dict.fromkeys((14, 15, 16, 17, 22), "yyyy-mm-dd"),
    **dict.fromkeys(range(27, 37), "yyyy-mm-dd"),
    **dict.fromkeys(range(50, 59), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21), "hh:mm:ss"),
}
"""Formats without a code of their own that matter here: all that are dates are alike, and are shown by one code."""
_LITERAL: Final = regex.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_DATE: Final = regex.compile(r"[ymdhs]", regex.IGNORECASE)
_ELAPSED: Final = regex.compile(r"\[(?:h+|m+|s+)\]", regex.IGNORECASE)
_GENERAL: Final = regex.compile(r"general|standard", regex.IGNORECASE)
_DIGITS: Final = regex.compile(r"[0#]*0(?:\.0+)?|(?=(?:[^0#]*[0#]){4})[0#()+ /-]+")
_ESCAPED: Final = regex.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]')


class Formats:
    """The formats of cells, by the number of their style."""

    def __init__(self, root: "_Element | None" = None) -> None:
        codes = dict(BUILT_IN)
        self._codes: list[str] = []
        if root is not None:
            for element in root.iterfind("{*}numFmts/{*}numFmt"):
                if (number := attribute(element, "numFmtId")).isdecimal():
                    codes[int(number)] = attribute(element, "formatCode")
            for element in root.iterfind("{*}cellXfs/{*}xf"):
                number = attribute(element, "numFmtId")
                self._codes.append(codes.get(int(number), "") if number.isdecimal() else "")
        self._kinds = [(is_date(code), digits_of(code)) for code in self._codes]

    @classmethod
    def numbered(cls, codes: Mapping[int, str], styles: Iterable[int]) -> "Formats":
        """Formats as binary workbooks have them.

        :param codes: those that the workbook declares, by their numbers
        :param styles: for each style the number of its format
        """
        formats = cls()
        known = BUILT_IN | dict(codes)
        formats._kinds = [(is_date(code), digits_of(code)) for code in (known.get(number, "") for number in styles)]
        return formats

    def of(self, style: str) -> tuple[bool, str]:
        """Whether a number in that style is a date, and the digits that it is to have (`000-00-0000`, `0.00`), else nothing."""
        return self._kinds[int(style)] if style.isdecimal() and int(style) < len(self._kinds) else (False, "")


def is_date(code: str) -> bool:
    """Whether numbers in this format are dates or times of day. Elapsed times are none.

    >>> is_date("dd/mm/yyyy;@"), is_date('#,##0.00 "days"'), is_date("[h]:mm:ss")
    (True, False, False)
    """
    if _ELAPSED.search(code):
        return False
    first = _LITERAL.sub("", code).partition(";")[0]
    return _DATE.search(_GENERAL.sub("", first)) is not None


def digits_of(code: str) -> str:
    """The code where it only says which digits to show, and what stands between them; else nothing.

    >>> digits_of("000-00-0000"), digits_of("00000"), digits_of("#,##0.00")
    ('000-00-0000', '00000', '')
    """
    first, _, second = code.partition(";")
    # `[<=9999999]###-####;(###) ###-####` is one way to write phones; the longer one does for both.
    chosen = second.partition(";")[0] if second and first.startswith("[<") else first
    plain = _ESCAPED.sub(lambda found: found[1] or found[2] or "", chosen)
    return plain if plain not in {"", "0"} and _DIGITS.fullmatch(plain) else ""
