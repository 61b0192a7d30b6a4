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
        position = int(key) if key.isdigit() else 0
        name = self._tally.names.get(column, "") or ("" if position else key)
        return ColumnCount(name, position, count, self._tally.values.get(column, 0), best, member)


def column_name(segment: ColumnSegment) -> str:
    """The path of values of records; the header of a column of a table, which may be empty, behind the table's name if it has one."""
    return segment.key if segment.key.startswith("$") else ".".join(segment.names)


def _in_order(column: ColumnKey) -> tuple[object, ...]:
    member, key = column
    return (member, int(key) if key.isdigit() else 0, key)
