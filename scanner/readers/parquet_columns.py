"""A record batch as flat columns: structs, lists, maps and unions taken apart down to their plain values.

For whatever gives record batches: Parquet, ORC, Arrow, JSON Lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.model.segment import ColumnSegment
from scanner.readers.budget import MIB
from scanner.readers.encoding import UTF_8
from scanner.readers.locators import RecordLocator, path_element

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


# Elements of the lists of one column of a batch, each of which takes some 30 bytes: views of the same list and lists of runs
# can have any number.
_MOST_ELEMENTS: Final = 32 * MIB
SPANS: Final = frozenset({21, 22})
"""`Type` of Arrow for spans of months, and of days and milliseconds, which Python has nothing for (type_fwd.h)."""
_DECODED_BYTES: Final = 8 * MIB


@dataclass(frozen=True, slots=True)
class BatchPlace:
    """Where the values of an array lie.

    :param first_record: record of the first row of the batch, from 0
    :param key: of the column: `$.a.b[*]`
    :param names: elements of the path that are names
    :param template: elements of the path, None for an array index
    :param steps: the array indices of each value, one array for each None
    :param records: the row of each value within the batch; None when each value is the next row
    """

    first_record: int
    key: str = "$"
    names: tuple[str, ...] = ()
    template: tuple[str | None, ...] = ()
    steps: "tuple[npt.NDArray[np.int64], ...]" = ()
    records: "npt.NDArray[np.int64] | None" = None

    def field(self, name: str) -> "BatchPlace":
        """The place of the field `name` of a struct here."""
        return replace(self, key=self.key + path_element(name), names=(*self.names, name), template=(*self.template, name))

    def elements(self, parents: "npt.NDArray[np.int64]", indices: "npt.NDArray[np.int64]") -> "BatchPlace":
        """The place of list elements.

        :param parents: for each element the index of the list that holds it
        :param indices: for each element its index in that list
        """
        held = self.only(parents)
        return replace(held, key=f"{self.key}[*]", template=(*self.template, None), steps=(*held.steps, indices))

    def only(self, rows: "npt.NDArray[np.int64]") -> "BatchPlace":
        """The place of the values that have these indices."""
        records = rows if self.records is None else self.records[rows]
        return replace(self, steps=tuple(step[rows] for step in self.steps), records=records)

    @property
    def locator(self) -> RecordLocator:
        """Tells the place of each value."""
        return RecordLocator(self.template, self.steps, self.records, self.first_record)


def flat_columns(batch: "pa.RecordBatch", place: BatchPlace) -> Iterator[ColumnSegment]:
    """The plain columns of `batch`; raises ReadError (BUDGET_MEMORY) for more elements of lists than can be held."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _flat(column, place.field(name))


def _flat(array: "pa.Array", place: BatchPlace) -> Iterator[ColumnSegment]:
    import pyarrow as pa

    if not holds_something(array.type):
        return
    if isinstance(array, pa.ExtensionArray):
        yield from _flat(array.storage, place)
    elif pa.types.is_struct(array.type):
        # Fields of a struct that is null are null too, which `flatten` sees to.
        for field, values in zip(array.type, array.flatten(), strict=True):
            yield from _flat(values, place.field(field.name))
    elif pa.types.is_map(array.type):
        elements = place.elements(*_positions(array))
        yield from _flat(_within(array, array.keys), elements.field("key"))
        yield from _flat(_within(array, array.items), elements.field("value"))
    elif _is_list(array.type):
        elements = place.elements(*_positions(array))
        yield from _flat(array.flatten(), elements)
    elif pa.types.is_union(array.type):
        yield from _of_union(array, place)
    elif pa.types.is_run_end_encoded(array.type):
        yield from _coded(_runs(array), array.values, place)
    elif pa.types.is_dictionary(array.type):
        yield from _coded(array.indices, array.dictionary, place)
    else:
        yield ColumnSegment(_as_valid_text(array), place.key, place.names, place.locator)


def _of_union(array: "pa.Array", place: BatchPlace) -> Iterator[ColumnSegment]:
    """The values of each of its types by themselves: Arrow has a child array for each."""
    import numpy as np
    import pyarrow as pa

    codes = np.asarray(array.type_codes)
    for number, code in enumerate(array.type.type_codes):
        rows = np.flatnonzero(codes == code)
        lie_at = rows if array.type.mode == "sparse" else np.asarray(array.offsets)[rows]
        name = array.type.field(number).name
        yield from _flat(array.field(number).take(pa.array(lie_at)), place.only(rows).field(name))


def _runs(array: "pa.Array") -> "pa.Array":
    """For each value the number of its run."""
    import numpy as np
    import pyarrow as pa

    rows = array.offset + np.arange(len(array))
    return pa.array(np.searchsorted(np.asarray(array.run_ends), rows, side="right"))


def _coded(indices: "pa.Array", values: "pa.Array", place: BatchPlace) -> Iterator[ColumnSegment]:
    """Values of which each is one of `values`; those of nested types some at a time, since they must be copied."""
    import numpy as np
    import pyarrow as pa

    if isinstance(values, pa.ExtensionArray):
        yield from _coded(indices, values.storage, place)
    elif pa.types.is_dictionary(values.type):
        yield from _coded(values.indices.take(indices), values.dictionary, place)
    elif not pa.types.is_nested(values.type):
        texts = _as_valid_text(pa.DictionaryArray.from_arrays(indices, values))
        yield ColumnSegment(texts, place.key, place.names, place.locator)
    else:
        rows = max(1, _DECODED_BYTES // max(values.nbytes, 1))
        for start in range(0, len(indices), rows):
            chunk = indices.slice(start, rows)
            yield from _flat(values.take(chunk), place.only(np.arange(start, start + len(chunk))))


def _is_list(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    tests = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list, pa.types.is_list_view, pa.types.is_large_list_view)
    return any(is_kind(kind) for is_kind in tests)


def holds_something(kind: "pa.DataType") -> bool:
    """Whether there are values somewhere in it which could be looked at."""
    import pyarrow as pa

    if isinstance(kind, pa.ExtensionType):
        return holds_something(kind.storage_type)
    if pa.types.is_dictionary(kind) or pa.types.is_run_end_encoded(kind):
        return holds_something(kind.value_type)
    if pa.types.is_nested(kind):
        return any(holds_something(kind.field(number).type) for number in range(kind.num_fields))
    return not (pa.types.is_boolean(kind) or pa.types.is_null(kind) or kind.id in SPANS)


def _as_valid_text(array: "pa.Array") -> "pa.Array":
    """`array`, with the bytes of strings that are no UTF-8 as characters: a file may call strings what is none. Times are in UTC."""
    import pyarrow as pa

    texts = array.dictionary if pa.types.is_dictionary(array.type) else array
    if pa.types.is_timestamp(array.type) and array.type != pa.timestamp(array.type.unit, "UTC"):
        # Nobody may know the zone that a file names.
        return array.cast(pa.timestamp(array.type.unit))
    if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type) or pa.types.is_string_view(texts.type)):
        return array
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raw = texts.cast(pa.large_binary()).to_pylist()
        decoded = pa.array([None if value is None else UTF_8.decode(value) for value in raw], pa.large_string())
        return decoded if texts is array else pa.DictionaryArray.from_arrays(array.indices, decoded)
    return array


def _positions(array: "pa.Array") -> "tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]":
    """For each element of the lists in `array`, null lists left out: the index of its list, and its index in that list."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    listed = array.cast(pa.list_(array.type.field(0).type)) if pa.types.is_map(array.type) else array
    lengths = pc.fill_null(pc.list_value_length(listed), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    if (count := int(lengths.sum())) > _MOST_ELEMENTS:
        raise ReadError(Reason.BUDGET_MEMORY, f"the lists of a column have {count} elements at once, more than {_MOST_ELEMENTS}")
    parents = np.repeat(np.arange(len(array), dtype=np.int64), lengths)
    starts = np.cumsum(lengths) - lengths
    return parents, np.arange(len(parents), dtype=np.int64) - starts[parents]


def _within(array: "pa.Array", flat: "pa.Array") -> "pa.Array":
    """The keys or items that belong to the maps of `array`, which may be a slice of a longer one."""
    import numpy as np

    offsets = np.asarray(array.offsets)
    if not array.null_count:
        return flat.slice(int(offsets[0]), int(offsets[-1] - offsets[0]))
    present = np.asarray(array.is_valid())
    wanted = [np.arange(start, end) for start, end, there in zip(offsets[:-1], offsets[1:], present, strict=True) if there]
    return flat.take(np.concatenate(wanted) if wanted else np.array([], dtype=np.int64))
