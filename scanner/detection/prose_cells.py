"""Names and addresses in cells that hold prose: remarks, messages, descriptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scanner.detection.match import Match
from scanner.detection.prose import ProseFinder
from scanner.model.segment import ColumnSegment
from scanner.names.headers import Role, read_header

if TYPE_CHECKING:
    import pyarrow as pa

# A cell with fewer characters or blanks is no prose: columns of such are judged as a whole.
_LEAST_CHARACTERS: Final = 40
_LEAST_BLANKS: Final = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with something in it.

    :param row: index into the segment
    """

    row: int
    text: str
    matches: list[Match]


def find_in_cells(segment: ColumnSegment, finder: ProseFinder) -> Iterator[Cell]:
    """Cells with names or addresses in them, by row; what equal cells hold is found once.

    Columns whose header says that they hold names or addresses are judged as a whole, by `scanner.detection.judged`.
    """
    if read_header(segment.names).role not in {Role.NONE, Role.OTHER}:
        return
    texts = _texts(segment)
    known: dict[str, list[Match]] = {}
    rows = _prose_rows(texts) if texts is not None else []
    values = texts.take(rows).to_pylist() if texts is not None and rows else []
    places = finder.rules.search.worth_looking(values) if values else []
    found = finder.find_each(list(dict.fromkeys(values[place] for place in places)))
    for place in places:
        row, text = rows[place], values[place]
        if text not in known:
            known[text] = next(found)
        elif known[text] and not finder.take_again(known[text]):
            continue
        if known[text]:
            yield Cell(row, text, known[text])


def _texts(segment: ColumnSegment) -> "pa.Array | None":
    """The values as an array of strings; None if they are no texts."""
    import pyarrow as pa
    from pyarrow import types

    values = segment.values
    kind = values.type.value_type if types.is_dictionary(values.type) else values.type
    if not (types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind)):
        return None
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return array.cast(pa.large_string()) if array.type != pa.string() else array


def _prose_rows(texts: "pa.Array") -> list[int]:
    """Rows with as much text as prose has."""
    import numpy as np
    import pyarrow.compute as pc

    long = pc.greater_equal(pc.binary_length(texts), _LEAST_CHARACTERS)
    if not pc.any(long).as_py():
        return []
    rows = np.flatnonzero(long.fill_null(fill_value=False).to_numpy(zero_copy_only=False))
    blanks = pc.count_substring(texts.take(rows), " ").to_numpy(zero_copy_only=False)
    return list(rows[blanks >= _LEAST_BLANKS].tolist())
