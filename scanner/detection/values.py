"""Columns as distinct texts: what is equal is looked at once, and what can hold nothing is not looked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

# NUL, since no built-in pattern can step over it into the next value.
SEPARATOR: Final = "\0"
_PROBE: Final = 2000


@dataclass(frozen=True, slots=True)
class DistinctValues:
    """The values of a column segment, each once.

    :param texts: Arrow string array, no nulls
    :param codes: for each value of the segment the index into `texts`, -1 for null; None when `texts` are the values as they are
    :param total: values that are not null
    """

    texts: "pa.Array"
    codes: "npt.NDArray[np.int64] | None"
    total: int

    def counts(self) -> "npt.NDArray[np.int64]":
        """How often each of `texts` occurs."""
        import numpy as np

        if self.codes is None:
            return np.ones(len(self.texts), dtype=np.int64)
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.texts))

    def rows_of(self, wanted: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
        """Indices into the segment of all values that are one of `wanted`, ascending."""
        import numpy as np

        if self.codes is None:
            return np.sort(wanted)
        member = np.zeros(len(self.texts) + 1, dtype=bool)
        member[wanted] = True
        return np.flatnonzero(member[self.codes])

    def code_at(self, row: int) -> int:
        """The index into `texts` of the value at `row` of the segment."""
        return row if self.codes is None else int(self.codes[row])


def distinct_values(values: "pa.Array | pa.ChunkedArray") -> "DistinctValues | None":
    """The distinct texts of `values`; None when their type can hold no identifier (booleans, durations, nothing but nulls)."""
    import pyarrow as pa

    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if len(array) == array.null_count:
        return None
    if pa.types.is_dictionary(array.type):
        texts = as_texts(array.dictionary)
        return None if texts is None else _coded(array.indices, texts)
    texts = as_texts(array)
    return None if texts is None else _distinct(texts)


def _distinct(texts: "pa.Array") -> DistinctValues:
    head = texts.slice(0, _PROBE)
    if len(texts) > _PROBE and len(head.unique()) * 2 > len(head) and not texts.null_count:
        return DistinctValues(texts, None, len(texts))
    encoded = texts.dictionary_encode()
    return _coded(encoded.indices, encoded.dictionary)


def _coded(indices: "pa.Array", texts: "pa.Array") -> DistinctValues:
    """Distinct values from a dictionary, which may itself hold nulls, repeats and values that are not used."""
    import numpy as np
    import pyarrow.compute as pc

    encoded = texts.dictionary_encode()
    inner = np.append(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64), -1)
    codes = inner[pc.fill_null(indices.cast("int64"), -1).to_numpy(zero_copy_only=False)]
    used = np.unique(codes[codes >= 0])
    places = np.full(len(encoded.dictionary) + 1, -1, dtype=np.int64)
    places[used] = np.arange(len(used))
    return DistinctValues(encoded.dictionary.take(used), places[codes], int((codes >= 0).sum()))


def as_texts(array: "pa.Array") -> "pa.Array | None":
    """`array` as strings in the form a CSV file would have them; None for types that can hold no identifier."""
    import pyarrow as pa

    kind = array.type
    if pa.types.is_string(kind):
        return array
    if pa.types.is_floating(kind):
        return _floats_as_texts(array)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind) or pa.types.is_binary_view(kind):
        return _bytes_as_texts(array)
    if pa.types.is_boolean(kind) or pa.types.is_duration(kind) or pa.types.is_interval(kind) or pa.types.is_nested(kind):
        return None
    return None if pa.types.is_null(kind) else array.cast(pa.string())


def _floats_as_texts(array: "pa.Array") -> "pa.Array":
    """Whole numbers without `.0` or exponent: a column of numbers with gaps is often stored as floats."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wide = array.cast(pa.float64())
    # Beyond 2**53 a float is no longer exact, so no digits of it can be trusted.
    whole = pc.and_(pc.equal(wide, pc.floor(wide)), pc.less(pc.abs(wide), float(2**53)))
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


def join(texts: "pa.Array") -> "tuple[memoryview, npt.NDArray[np.int64]]":
    """All texts in one buffer with a separator behind each, and where each begins; no copies in Python."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(texts)], pa.int64()), texts.cast(pa.large_string()))
    joined = pc.binary_join(whole, pa.scalar(SEPARATOR, pa.large_string()))
    return memoryview(joined[0].as_buffer()), starts


def places_of(ends: "Sequence[int]", starts: "npt.NDArray[np.int64]") -> "npt.NDArray[np.int64]":
    """The texts in which matches end that end at `ends` of the joined buffer; each once, ascending."""
    import numpy as np

    return np.unique(starts.searchsorted(np.asarray(ends, dtype=np.int64), "left") - 1)
