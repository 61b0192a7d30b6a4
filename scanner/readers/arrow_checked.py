"""Record batches from files that may lie: nothing is looked at that points outside of its own buffers."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from scanner.readers.budget import MIB
from scanner.readers.parquet_columns import SPANS, holds_something

if TYPE_CHECKING:
    import pyarrow as pa

_SLICE_BYTES: Final = 8 * MIB
_MOST_ROWS: Final = 131_072


def checked(batch: "pa.RecordBatch") -> "tuple[pa.RecordBatch, bool]":
    """The columns of `batch` that hold something and are what they say, which Arrow does not look at by itself.

    :return: also whether there are others that hold something
    """
    import pyarrow as pa

    worth = [number for number, field in enumerate(batch.schema) if holds_something(field.type)]
    known = {number: batch.column(number) for number in worth if not _is_foreign(batch.schema.field(number).type)}
    sound = [number for number, column in known.items() if _is_sound(column)]
    schema = pa.schema([batch.schema.field(number) for number in sound])
    return pa.RecordBatch.from_arrays([known[number] for number in sound], schema=schema), len(sound) < len(worth)


def _is_foreign(kind: "pa.DataType") -> bool:
    """Whether values of it, or within it, cannot be had in Python: spans of months, or of days and milliseconds."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return _is_foreign(kind.value_type)
    return kind.id in SPANS or any(_is_foreign(kind.field(number).type) for number in range(kind.num_fields))


def check_names(kind: "pa.Schema | pa.DataType") -> None:
    """Raises UnicodeDecodeError where a name of a field somewhere in `kind` is no UTF-8; Arrow does so only when it is asked for."""
    import pyarrow as pa

    if isinstance(kind, pa.DataType) and pa.types.is_dictionary(kind):
        check_names(kind.value_type)
        return
    count = len(kind) if isinstance(kind, pa.Schema) else kind.num_fields
    for number in range(count):
        field = kind.field(number)
        field.name.encode()
        check_names(field.type)


def slices(batch: "pa.RecordBatch") -> "Iterator[tuple[int, pa.RecordBatch]]":
    """`batch` in pieces of some MiB, each with its first row, from 0."""
    size = sum(_own_bytes(column) for column in batch.columns)
    rows = min(_MOST_ROWS, max(1, _SLICE_BYTES * batch.num_rows // max(size, 1)))
    return ((start, batch.slice(start, rows)) for start in range(0, batch.num_rows, rows))


def _own_bytes(column: "pa.Array") -> int:
    """Bytes without those of a dictionary, which is shared by all slices."""
    import pyarrow as pa

    return int(column.indices.nbytes if pa.types.is_dictionary(column.type) else column.nbytes)


def _is_sound(column: "pa.Array") -> bool:
    """Whether it can be read without fear. Strings that are no UTF-8 can, and times that are none."""
    import pyarrow as pa

    try:
        column.validate(full=True)
    except pa.ArrowException:
        return _is_sound_as_bytes(column)
    return True


def _is_sound_as_bytes(column: "pa.Array") -> bool:
    import pyarrow as pa

    try:
        if pa.types.is_dictionary(column.type):
            return _is_within(column.indices, len(column.dictionary)) and _is_sound(column.dictionary)
        column.view(_as_bytes(column.type)).validate(full=True)
    # The second is what Arrow (version 26) raises for a dictionary that is not there.
    except (pa.ArrowException, SystemError):
        return False
    return True


def _is_within(indices: "pa.Array", count: int) -> bool:
    import pyarrow.compute as pc

    indices.validate(full=True)
    ends = pc.min_max(indices)
    return ends["min"].as_py() is None or (ends["min"].as_py() >= 0 and ends["max"].as_py() < count)


def _as_bytes(kind: "pa.DataType") -> "pa.DataType":
    """A type with the same buffers, which holds whatever bytes they have."""
    import pyarrow as pa

    plain = {
        pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view(),
        pa.date64(): pa.int64(), pa.time32("s"): pa.int32(), pa.time32("ms"): pa.int32(),
        pa.time64("us"): pa.int64(), pa.time64("ns"): pa.int64(),
    }  # fmt: skip
    if pa.types.is_decimal(kind):
        return pa.binary(kind.byte_width)
    if pa.types.is_struct(kind):
        return pa.struct([field.with_type(_as_bytes(field.type)) for field in kind])
    if pa.types.is_map(kind):
        return pa.map_(_as_bytes(kind.key_type), _as_bytes(kind.item_type))
    if pa.types.is_fixed_size_list(kind):
        return pa.list_(_as_bytes(kind.value_type), kind.list_size)
    for is_kind, listed in _lists():
        if is_kind(kind):
            return listed(_as_bytes(kind.value_type))
    return plain.get(kind, kind)


def _lists() -> "tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.DataType], pa.DataType]], ...]":
    import pyarrow as pa

    return (
        (pa.types.is_list, pa.list_),
        (pa.types.is_large_list, pa.large_list),
        (pa.types.is_list_view, pa.list_view),
        (pa.types.is_large_list_view, pa.large_list_view),
    )
