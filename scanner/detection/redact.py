"""Names in locations may themselves be values: the header of a table without one, the keys of a map. They are masked too."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import regex

from scanner.detection.masking import mask
from scanner.detection.text import Placed
from scanner.model.location import CellLocation, Location, ParagraphLocation, RecordLocation

# What an address, a number or a key has and the name of a field has not.
_LIKE_DATA: Final = regex.compile(r"@|(?:[0-9][^0-9]{0,2}){5}|[^\s.\[\]']{16,}")
_MOST_KNOWN: Final = 10_000


class Redactor:
    """Masks values in names; remembers what it has looked at, since columns ask for the same name again and again.

    :param find: what stands in a text
    """

    def __init__(self, find: Callable[[str], list[Placed]]) -> None:
        self._find = find
        self._known: dict[str, str] = {}

    def location(self, location: Location) -> Location:
        """`location` with all values in its names masked."""
        if isinstance(location, CellLocation):
            return self._cell(location)
        if isinstance(location, ParagraphLocation):
            part, cell = self.text(location.part), self._sheet(location.cell)
            return location if (part, cell) == (location.part, location.cell) else replace(location, part=part, cell=cell)
        if isinstance(location, RecordLocation) and (path := self.text(location.json_path)) != location.json_path:
            return replace(location, json_path=path)
        return location

    def text(self, text: str) -> str:
        """`text` with all values in it masked."""
        if not _LIKE_DATA.search(text):
            return text
        if text not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = self._masked(text)
        return self._known[text]

    def _cell(self, location: CellLocation) -> CellLocation:
        name, reference = self.text(location.column_name), self._sheet(location.reference)
        is_plain = (name, reference) == (location.column_name, location.reference)
        return location if is_plain else replace(location, column_name=name, reference=reference)

    def _sheet(self, reference: str) -> str:
        """A reference to a cell with the values in the name of its sheet masked; what has none is left alone."""
        sheet, mark, cell = reference.rpartition("!")
        return self.text(sheet) + mark + cell

    def _masked(self, text: str) -> str:
        for placed in sorted(self._find(text), key=lambda placed: placed.match.start, reverse=True):
            hidden = mask(placed.value, placed.match.rule.identifier.category)
            text = text[: placed.match.start] + hidden + text[placed.match.end :]
        return text
