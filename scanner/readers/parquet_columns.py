"""A record batch as flat columns: structs, lists and maps taken apart down to their plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from scanner.model.segment import ColumnSegment
from scanner.readers.encoding import UTF_8
from scanner.readers.locators import RecordLocator, path_element

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa


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
        records = parents if self.records is None else self.records[parents]
        steps = (*(step[parents] for step in self.steps), indices)
        return replace(self, key=f"{self.key}[*]", template=(*self.template, None), steps=steps, records=records)

    @property
    def locator(self) -> RecordLocator:
        """Tells the place of each value."""
        return RecordLocator(self.template, self.steps, self.records, self.first_record)


def flat_columns(batch: "pa.RecordBatch", place: BatchPlace) -> Iterator[ColumnSegment]:
    """The plain columns of `batch`."""
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        yield from _flat(column, place.field(name))


def _flat(array: "pa.Array", place: BatchPlace) -> Iterator[ColumnSegment]:
    import pyarrow as pa

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
        yield from _flat(array.flatten(), place.elements(*_positions(array)))
    elif not _holds_nothing(array.type):
        yield ColumnSegment(_as_valid_text(array), place.key, place.names, place.locator)


def _is_list(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    tests = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list, pa.types.is_list_view, pa.types.is_large_list_view)
    return any(is_kind(kind) for is_kind in tests)


def _holds_nothing(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_boolean(kind) or pa.types.is_null(kind))


def _as_valid_text(array: "pa.Array") -> "pa.Array":
    """`array`, with the bytes of strings that are no UTF-8 as characters: a file may call strings what is none."""
    import pyarrow as pa

    texts = array.dictionary if pa.types.is_dictionary(array.type) else array
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
