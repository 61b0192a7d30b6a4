"""Cells of OpenDocument sheets as the texts that they stand for (OpenDocument 1.3 part 3, 9.1.4 and 19.385)."""

from dataclasses import dataclass, field
from typing import Final

import regex

from scanner.readers.xlsx_values import number

_NUMBERS: Final = frozenset({"currency", "float", "percentage"})
_MIDNIGHT: Final = regex.compile(r"T00:00:00(?:\.0+)?Z?$")
_WHERE: Final = {"date": "office:date-value", "string": "office:string-value"}
"""Attribute of the value, by its kind."""


@dataclass(slots=True)
class OdfCell:
    """A cell that is being read.

    :param kind: of its value, as `float`; empty for none
    :param value: as programs compute with it
    :param repeated: how many cells side by side it stands for
    :ivar shown: the paragraphs that it shows
    """

    kind: str
    value: str
    formula: str
    repeated: int
    shown: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, attributes: dict[str, str], repeated: int) -> "OdfCell":
        """The cell with these attributes."""
        kind = attributes.get("office:value-type", "")
        value = attributes.get(_WHERE.get(kind, "office:value"), "")
        return cls(kind, value, attributes.get("table:formula", ""), repeated)

    @property
    def text(self) -> str:
        """What it stands for: the text that it shows; a number with all its digits where that shows fewer, a day as ISO date."""
        shown = "\n".join(self.shown)
        if self.kind in _NUMBERS and self.value:
            return shown if _digits(shown).lstrip("0") == _digits(number(self.value)).lstrip("0") != "" else number(self.value)
        if self.kind == "date" and self.value:
            return _MIDNIGHT.sub("", self.value).replace("T", " ")
        return shown or (self.value if self.kind == "string" else "")


def _digits(text: str) -> str:
    """The digits of a number as it is shown.

    >>> _digits("012-34-5678"), _digits("1,234.50")
    ('012345678', '123450')
    """
    return "".join(filter(str.isdecimal, text))
