"""Marks that are written for a space, a hyphen or a digit of ASCII, as those of ASCII.

Word processors, web pages and spreadsheets keep a number on one line with no-break spaces and hyphens, and forms in Japan and
China take digits of full width. One character stands for one character, so that places stay as they are.
"""

from dataclasses import replace
from functools import cache
from struct import Struct
from typing import TYPE_CHECKING, Final

from scanner.model.segment import ColumnSegment, Segment, ShortColumns, TextSegment

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# No-break, figure, thin and narrow no-break space.
_SPACES: Final = "\u00a0\u2007\u2009\u202f"
# Hyphen, no-break hyphen, figure dash, and that of full width. A dash is none: keywords and patterns may well ask for one.
_HYPHENS: Final = "\u2010\u2011\u2012\uff0d"
_DIGITS: Final = "".join(map(chr, range(0xFF10, 0xFF1A)))
_PLAIN: Final = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-") | dict(zip(_DIGITS, "0123456789", strict=True))
# All bytes but those that the marks begin with in UTF-8.
_OTHERS: Final = bytes(set(range(256)) - {mark.encode()[0] for mark in _PLAIN})
# Offsets of strings in Arrow's arrays.
_SMALL: Final = Struct("=i")
_LARGE: Final = Struct("=q")


def with_plain_marks(segment: Segment) -> Segment:
    """The segment with the marks of ASCII; itself where it has no others."""
    if isinstance(segment, TextSegment):
        text = plain_text(segment.text)
        return segment if text is segment.text else replace(segment, text=text)
    if isinstance(segment, ShortColumns):
        columns = tuple(map(_plain_column, segment.columns))
        return segment if all(map(_is, columns, segment.columns)) else ShortColumns(columns)
    return _plain_column(segment)


def plain_text(text: str) -> str:
    """The text with the marks of ASCII; of the same length."""
    if text.isascii():
        return text
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return _looked_up(text)
    return text.replace("\u00a0", " ") if "\u00a0" in text else text


def _looked_up(text: str) -> str:
    import numpy as np

    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    plain = _table()[codes]
    return text if np.array_equal(codes, plain) else plain.tobytes().decode("utf-16-le", "surrogatepass")


@cache
def _table() -> "npt.NDArray[np.uint16]":
    """For each code unit of UTF-16 what it is read as."""
    import numpy as np

    table = np.arange(0x10000, dtype=np.uint16)
    for mark, plain in _PLAIN.items():
        table[ord(mark)] = ord(plain)
    return table


def _is(one: object, other: object) -> bool:
    return one is other


def _plain_column(column: ColumnSegment) -> ColumnSegment:
    values = _plain_values(column.values)
    return column if values is column.values else replace(column, values=values)


def _plain_values(values: "pa.Array | pa.ChunkedArray") -> "pa.Array | pa.ChunkedArray":
    import pyarrow as pa

    if isinstance(values, pa.ChunkedArray):
        chunks = [_plain_values(chunk) for chunk in values.chunks]
        return values if all(map(_is, chunks, values.chunks)) else pa.chunked_array(chunks, values.type)
    if pa.types.is_dictionary(values.type):
        words = _plain_values(values.dictionary)
        return values if words is values.dictionary else pa.DictionaryArray.from_arrays(values.indices, words)
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)) or not _has_marks(values):
        return values
    return pa.array([one if one is None else plain_text(one) for one in values.to_pylist()], values.type)


def _has_marks(values: "pa.Array") -> bool:
    import pyarrow as pa

    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return False
    kind = _LARGE if pa.types.is_large_string(values.type) else _SMALL
    start, end = (kind.unpack_from(offsets, place * kind.size)[0] for place in (values.offset, values.offset + len(values)))
    octets = memoryview(data)[start:end].tobytes()
    if octets.isascii() or not octets.translate(None, _OTHERS):
        return False
    text = octets.decode("utf-8", "replace")
    return plain_text(text) is not text
