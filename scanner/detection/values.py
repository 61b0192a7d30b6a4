"""Columns as texts: what is equal is looked at once, and what can hold nothing is not looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Places = npt.NDArray[np.int64]

# NUL, since no built-in pattern can step over it into the next value.
SEPARATOR: Final = "\0"
_PROBE: Final = 2000
# Of so many texts at the head of a column one in `_FEW` may differ for it to be taken for a column of few values.
_HEAD: Final = 500
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """Some of the values of a column segment, each text once.

    :param texts: Arrow string array, no nulls
    :param codes: for each of the values the index into `texts`
    :param rows: for each of the values its index into the segment, ascending
    """

    texts: "pa.Array"
    codes: "Places"
    rows: "Places"

    def counts(self) -> "Places":
        """How often each of `texts` occurs."""
        import numpy as np

        return np.bincount(self.codes, minlength=len(self.texts))

    def rows_of(self, wanted: "Places") -> "Places":
        """Indices into the segment of all values that are one of `wanted`, ascending."""
        import numpy as np

        member = np.zeros(len(self.texts), dtype=bool)
        member[wanted] = True
        return self.rows[member[self.codes]]

    def texts_at(self, rows: Sequence[int]) -> list[str]:
        """The values at `rows` of the segment."""
        import numpy as np

        texts: list[str] = self.texts.take(self.codes[self.rows.searchsorted(np.array(rows, dtype=np.int64))]).to_pylist()
        return texts

    def code_at(self, row: int) -> int:
        """The index into `texts` of the value at `row` of the segment."""
        return int(self.codes[self.rows.searchsorted(row)])


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """All values of a column segment.

    :param texts: Arrow string array; nulls are no values
    :param codes: for each value of the segment the index into `texts`, -1 for null; None when `texts` are the values as they are
    :param rows: for each of `texts` its index into the segment, ascending, where `codes` is None; None for all of them
    """

    texts: "pa.Array"
    codes: "Places | None" = None
    rows: "Places | None" = None

    def only(self, places: "Places") -> "ColumnTexts":
        """Those at `places`, ascending. Not for texts with codes."""
        return ColumnTexts(self.texts.take(places), None, places if self.rows is None else self.rows[places])

    def repeating(self) -> "ColumnTexts":
        """The same with each text once if they seem to be few."""
        head = self.texts.slice(0, _HEAD)
        if self.codes is not None or self.rows is not None or len(self.texts) <= 2 * _HEAD or len(head.unique()) * _FEW > len(head):
            return self
        encoded = self.texts.dictionary_encode()
        codes = encoded.indices.fill_null(-1) if encoded.indices.null_count else encoded.indices
        return ColumnTexts(encoded.dictionary, codes.to_numpy(zero_copy_only=False))

    def distinct(self, places: "Places") -> DistinctValues:
        """Those with one of the texts at `places` (ascending, none of them null), each once."""
        import numpy as np

        chosen = self.texts if len(places) == len(self.texts) else self.texts.take(places)
        if self.codes is None:
            texts, codes = _encoded(chosen)
            return DistinctValues(texts, codes, places if self.rows is None else self.rows[places])
        number = np.full(len(self.texts) + 1, -1, dtype=np.int64)
        number[places] = np.arange(len(places))
        numbers = number[self.codes]
        rows = np.flatnonzero(numbers >= 0)
        return DistinctValues(chosen, numbers[rows], rows)


def column_texts(values: "pa.Array | pa.ChunkedArray", *, whole_only: bool = False) -> ColumnTexts | None:
    """The texts of `values`; None when they can hold no identifier (booleans, durations, nothing but nulls).

    :param whole_only: also leave out numbers with a fraction and points in time, and small numbers
    """
    import pyarrow as pa

    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if len(array) == array.null_count:
        return None
    if pa.types.is_dictionary(array.type):
        texts = as_texts(array.dictionary, whole_only=whole_only)
        return None if texts is None else _coded(array.indices, texts)
    texts = as_texts(array, whole_only=whole_only)
    return None if texts is None else ColumnTexts(texts)


def _encoded(texts: "pa.Array") -> "tuple[pa.Array, Places]":
    """`texts`, which hold no null, each once, and for each its index; those that differ nearly all are left as they are."""
    import numpy as np

    head = texts.slice(0, _PROBE)
    if len(texts) > _PROBE and len(head.unique()) * 2 > len(head):
        return texts, np.arange(len(texts))
    encoded = texts.dictionary_encode()
    return encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _coded(indices: "pa.Array", texts: "pa.Array") -> ColumnTexts:
    """Texts from a dictionary, which may itself hold nulls, repeats and values that are not used."""
    import numpy as np
    import pyarrow.compute as pc

    encoded = texts.dictionary_encode()
    inner = np.append(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64), -1)
    codes = inner[pc.fill_null(indices.cast("int64"), -1).to_numpy(zero_copy_only=False)]
    used = np.unique(codes[codes >= 0])
    places = np.full(len(encoded.dictionary) + 1, -1, dtype=np.int64)
    places[used] = np.arange(len(used))
    return ColumnTexts(encoded.dictionary.take(used), places[codes])


def as_texts(array: "pa.Array", *, whole_only: bool = False) -> "pa.Array | None":
    """`array` as strings in the form a CSV file would have them; None for types that can hold no identifier."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_string(kind):
        return array
    if pa.types.is_integer(kind) and whole_only and _all_small(array):
        return None
    if pa.types.is_floating(kind):
        return _whole_floats(array) if whole_only else _floats_as_texts(array)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind) or pa.types.is_binary_view(kind):
        return _bytes_as_texts(array)
    return None if _is_mute(kind) or (whole_only and pa.types.is_temporal(kind)) else array.cast(pa.string())


def _is_mute(kind: "pa.DataType") -> bool:
    """Whether values of this type can hold no identifier."""
    import pyarrow as pa

    asked = (pa.types.is_boolean, pa.types.is_duration, pa.types.is_interval, pa.types.is_nested, pa.types.is_null)
    return any(is_kind(kind) for is_kind in asked)


SMALLEST: Final = 10**7
"""Numbers below it have fewer digits than any identifier that needs no name over it."""


def _all_small(array: "pa.Array") -> bool:
    import pyarrow.compute as pc

    ends = pc.min_max(array)
    return bool(ends["max"].as_py() < SMALLEST and ends["min"].as_py() > -SMALLEST)


def _whole_floats(array: "pa.Array") -> "pa.Array | None":
    """The whole numbers among floats as digits, everything else as null; None when all of them are small."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wide = array.cast(pa.float64())
    large = pc.greater_equal(pc.abs(wide), float(SMALLEST))
    if not pc.any(large).as_py():
        return None
    whole = pc.and_(pc.equal(wide, pc.floor(wide)), pc.less(pc.abs(wide), _EXACT))
    return pc.if_else(whole, wide, None).cast(pa.int64()).cast(pa.string())


# Beyond 2**53 a float is no longer exact, so no digits of it can be trusted.
_EXACT: Final = float(2**53)


def _floats_as_texts(array: "pa.Array") -> "pa.Array":
    """Whole numbers without `.0` or exponent: a column of numbers with gaps is often stored as floats."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wide = array.cast(pa.float64())
    whole = pc.and_(pc.equal(wide, pc.floor(wide)), pc.less(pc.abs(wide), _EXACT))
    if pc.all(whole, skip_nulls=True).as_py():
        return wide.cast(pa.int64()).cast(pa.string())
    integers = pc.if_else(whole, wide, None).cast(pa.int64()).cast(pa.string())
    return pc.coalesce(integers, wide.cast(pa.string()))


def _bytes_as_texts(array: "pa.Array") -> "pa.Array":
    """Bytes as UTF-8 where they are that, else null."""
    import pyarrow as pa

    try:
        return array.cast(pa.binary()).cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([_decoded(value) for value in array.to_pylist()], pa.string())


def _decoded(value: bytes | None) -> str | None:
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def bytes_of(texts: "pa.Array") -> memoryview:
    """All texts one after the other without anything between them, as they lie in memory."""
    import numpy as np

    _, offsets, data = texts.buffers()
    if data is None:
        return memoryview(b"")
    ends = np.frombuffer(offsets, dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(data)[int(ends[0]) : int(ends[-1])]


def are_numbers(texts: "pa.Array") -> bool:
    """Whether all texts are decimal numbers without exponent and plus."""
    import numpy as np
    import pyarrow as pa

    letters = np.frombuffer(bytes_of(texts), dtype=np.uint8)
    # Between them lies the slash, with which nothing is a number.
    if not len(letters) or int(letters.max()) > ord("9") or int(letters.min()) < ord("-"):
        return False
    if int(letters.min()) >= ord("0"):
        return True
    try:
        texts.cast(pa.float64())
    except pa.ArrowInvalid:
        return False
    return True


def longest_of(texts: "pa.Array") -> int:
    """Bytes of the longest text."""
    import numpy as np

    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return int(np.diff(offsets).max(initial=0))


def join(texts: "pa.Array") -> "tuple[memoryview, Places]":
    """All texts in one buffer with a separator behind each, and where each begins; no copies in Python."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(texts)], pa.int64()), texts.cast(pa.large_string()))
    joined = pc.binary_join(whole, pa.scalar(SEPARATOR, pa.large_string()))
    return memoryview(joined[0].as_buffer()), starts


def places_of(ends: "Sequence[int]", starts: "Places") -> "Places":
    """The texts in which matches end that end at `ends` of the joined buffer; each once, ascending."""
    import numpy as np

    return np.unique(starts.searchsorted(np.asarray(ends, dtype=np.int64), "left") - 1)
