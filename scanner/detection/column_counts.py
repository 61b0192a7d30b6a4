"""In which columns an identifier was found, and how much of each."""

from typing import Final

from scanner.detection.tally import ColumnKey, Tally
from scanner.model.occurrence import Confidence
from scanner.model.result import ColumnCount
from scanner.model.segment import ColumnSegment

MOST_COLUMNS: Final = 1_000
"""Columns listed of one identifier in one object; a JSON document may have more paths than anybody reads."""


class ColumnCounts:
    """Counts the occurrences of one identifier by column.

    :param tally: says how many values the columns have, and what they are called
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._counts: dict[ColumnKey, tuple[int, Confidence]] = {}

    def add(self, column: ColumnKey, times: int, confidence: Confidence) -> None:
        """Note `times` occurrences in `column`; none in prose, whose key is empty."""
        if column[1]:
            count, best = self._counts.get(column, (0, Confidence.LOW))
            self._counts[column] = (count + times, max(best, confidence))

    def listed(self) -> tuple[ColumnCount, ...]:
        """The columns, by member, number and path; of too many those with the most occurrences."""
        most = sorted(self._counts, key=lambda column: (-self._counts[column][0], column))[:MOST_COLUMNS]
        return tuple(self._column(column) for column in sorted(most, key=_in_order))

    def _column(self, column: ColumnKey) -> ColumnCount:
        (member, key), (count, best) = column, self._counts[column]
        _, position = _sheet_and_number(key)
        name = self._tally.names.get(column, "") or ("" if position else key)
        return ColumnCount(name, position, count, self._tally.values.get(column, 0), best, member)


def column_name(segment: ColumnSegment) -> str:
    """The path of values of records; the header of a column of a table, which may be empty, behind the table's name if it has one.

    Of a workbook the sheet is the table, and a column without a header is `Sheet2.col0`, as crawlers call it.
    """
    if segment.key.startswith("$"):
        return segment.key
    sheet, number = _sheet_and_number(segment.key)
    return ".".join((sheet, *(segment.names or (f"col{number - 1}",))) if sheet else segment.names)


def _in_order(column: ColumnKey) -> tuple[object, ...]:
    member, key = column
    return (member, *_sheet_and_number(key), key)


def _sheet_and_number(key: str) -> tuple[str, int]:
    """The sheet of a column of a workbook, and the number of any column, from 1; 0 for a path."""
    sheet, _, number = key.rpartition("!")
    return (sheet, int(number)) if number.isdigit() and not key.startswith("$") else ("", 0)
