"""From characters of a segment to places; asked only when something was found."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scanner.model.location import CellLocation, LineLocation, Location, RecordLocation

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class LineLocator:
    """Lines and columns of a text segment.

    :param first_line: line of its first character, from 1
    :param first_column: column of its first character, from 1
    """

    first_line: int
    first_column: int

    def at(self, text: str, start: int, end: int) -> LineLocation:
        """The lines that hold `text[start:end]`."""
        first_line, first_column = self._place(text, start)
        last_line, last_column = self._place(text, max(start, end - 1))
        return LineLocation(first_line, first_column, last_line, last_column)

    def _place(self, text: str, index: int) -> tuple[int, int]:
        starts = _line_starts(text)
        row = bisect_right(starts, index) - 1
        column = index - int(starts[row]) + (self.first_column if row == 0 else 1)
        return self.first_line + row, column


@lru_cache(maxsize=1)
def _line_starts(text: str) -> "npt.NDArray[np.int64]":
    """Where the lines of `text` start. Kept for the latest text, since a dense segment is asked a hundred thousand times."""
    import numpy as np

    codes = (
        np.frombuffer(text.encode(), np.uint8) if text.isascii() else np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    )
    ends = codes == ord("\n")
    carriages = np.flatnonzero(codes == ord("\r"))
    if len(carriages):
        followed = np.append(codes[1:], 0)[carriages] == ord("\n")
        ends[carriages[~followed]] = True
    return np.concatenate(([0], np.flatnonzero(ends) + 1))


@dataclass(frozen=True, slots=True)
class CellLocator:
    """Cells of one column.

    :param first_row: row of the first value, from 1, the header row included
    :param column: from 1
    """

    first_row: int
    column: int
    name: str = ""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        """The cell at `index`."""
        return CellLocation(self.first_row + index, self.column, self.name, start=start, end=end)


@dataclass(frozen=True, slots=True, eq=False)
class RecordLocator:
    """Values below one path of records.

    :param template: elements of the path from the outermost in; None where each value has its own, out of `steps`
    :param steps: for each None in `template` what stands there for each value: an array index from 0 or a name
    :param records: for each value its record, counted from `first_record`; None when each value is the next record
    """

    template: tuple[str | None, ...]
    steps: "tuple[npt.NDArray[np.int64] | npt.NDArray[np.object_], ...]" = ()
    records: "npt.NDArray[np.int64] | None" = None
    first_record: int = 0

    def at(self, index: int, start: int, end: int) -> RecordLocation:
        """The record and path of the value at `index`."""
        record = self.first_record + (index if self.records is None else int(self.records[index]))
        own = iter(self.steps)
        elements = [next(own)[index] if element is None else element for element in self.template]
        return RecordLocation(record, json_path(elements), start, end)


def json_path(elements: "list[str | np.int64] | list[str | int]") -> str:
    """The path in Macie's form, which is that of RFC 9535: `$.access.key[2]`, `$[0]['Card Number']`."""
    return "$" + "".join(path_element(element) if isinstance(element, str) else f"[{element}]" for element in elements)


def path_element(name: str) -> str:
    """One name as a path has it: `.name`, or quoted in brackets when it is no identifier."""
    if name.isidentifier():
        return f".{name}"
    return f"['{''.join(map(_escaped, name))}']"


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if "\ud800" <= character <= "\udfff" else _ESCAPES.get(character, character)


# RFC 9535, section 2.3.1.1; halves of surrogate pairs, which it does not know, are escaped likewise.
_ESCAPES: Final = {chr(code): f"\\u{code:04x}" for code in range(32)} | {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    "'": "\\'",
    "\\": "\\\\",
}


def shift(location: Location, units: int) -> Location:
    """`location` when `units` lines, rows or records of the same object come before the part that it was counted in."""
    match location:
        case LineLocation():
            return replace(location, start=location.start + units, end=location.end + units)
        case CellLocation():
            return replace(location, row=location.row + units)
        case RecordLocation():
            return replace(location, record_index=location.record_index + units)
        case _:
            return location
