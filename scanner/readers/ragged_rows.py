"""Rows that have more or fewer fields than the others, which Arrow leaves out, put back into their places."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal

from scanner.readers.dialect import Dialect

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import csv

MOST_RAGGED: Final = 0.2
"""Share of the rows up to which this is faster than reading all of them with the `csv` module."""
_FEW_ROWS: Final = 100
"""However many of the first rows are ragged, the others need not be."""


class RaggedRows:
    """Takes the rows that Arrow cannot place: its `invalid_row_handler`."""

    def __init__(self, dialect: Dialect) -> None:
        self.rows: list[list[str]] = []
        self._places: list[int] = []
        self._dialect = dialect
        self._is_plain = True

    def __call__(self, row: "csv.InvalidRow") -> Literal["skip", "error"]:
        """Keep the row and tell Arrow to go on, unless there are too many of them."""
        if len(self.rows) >= max(_FEW_ROWS, MOST_RAGGED * row.number):
            return "error"
        found = list(self._dialect.rows(row.text))
        self._is_plain &= len(found) == 1
        self.rows += found
        self._places.append(row.number - 1)  # known, since Arrow uses one thread
        return "skip"

    def fit(self, rows: int) -> bool:
        """Whether they can be put back among `rows` others."""
        return self._is_plain and len(self.rows) <= MOST_RAGGED * (rows + len(self.rows))

    def merged(self, columns: "Sequence[pa.ChunkedArray]", rows: int) -> "list[pa.Array]":
        """All rows in their places: what is too much in further columns, nulls for what is missing."""
        import numpy as np
        import pyarrow as pa

        order = np.empty(rows + len(self.rows), np.int64)
        ragged = np.zeros(len(order), dtype=bool)
        ragged[self._places] = True
        order[ragged] = rows + np.arange(len(self.rows))
        order[~ragged] = np.arange(rows)
        merged = []
        for column, cells in zip_longest(columns, zip_longest(*self.rows)):
            regular = pa.nulls(rows, pa.string()) if column is None else column.combine_chunks()
            own = pa.array(cells or [None] * len(self.rows), pa.string())
            merged.append(pa.concat_arrays([regular, own]).take(pa.array(order)))
        return merged
