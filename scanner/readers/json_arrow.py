"""JSON Lines with Arrow: several times as fast as Python's parser, for windows in which it is certain to read the same.

Left alone it would take strings for timestamps and numbers for floats; it is told not to. It drops null elements of arrays
(version 26) and overflows the stack on deep nesting; where there might be such, it is not tried.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.json_labels import is_value_name, may_label
from scanner.readers.json_paths import PathNode
from scanner.readers.json_quoted import with_quoted_numbers
from scanner.readers.json_tables import is_heads_name, is_rows_name

if TYPE_CHECKING:
    import pyarrow as pa

_LONGEST_LINE: Final = 4096
"""Bytes. Arrow survives nesting as deep as that; at 20,000 it does not."""
_DEEPEST: Final = 100
_LEARNED_BYTES: Final = 64 * 1024
_MOST_REFUSALS: Final = 4
"""Windows in a row, after which it is not tried again."""
_NEGATIVE_ZERO: Final = regex.compile(rb"-0(?=[,\]}\s])")


class ArrowLines:
    """Reads the windows of one object.

    :param root: of the paths of the object
    """

    def __init__(self, root: PathNode) -> None:
        self._root = root
        self._refusals = 0
        self._texts: dict[str, pa.DataType] = {}
        self._quotes_numbers = False
        self._has_learned = False

    def read(self, data: bytes, lines: int) -> "pa.Table | None":
        """A row for each line; None where Arrow cannot or must not read the window.

        :param data: valid UTF-8, `lines` lines of it
        """
        if self._refusals >= _MOST_REFUSALS:
            return None
        table = self._table(data) if _is_regular(data) else None
        trusted = table is not None and table.num_rows == lines and _is_read_exactly(data, table) and _fits(self._root, table.schema, 0)
        self._refusals = 0 if trusted else self._refusals + 1
        return table if trusted else None

    def _table(self, data: bytes) -> "pa.Table | None":
        """Parsed again with numbers as text where they must not be numbers, and once more where strings became timestamps."""
        if not self._has_learned:
            self._learn(data)
        table = self._parsed(data)
        if not self._quotes_numbers and (table is None or _has_floats(table.schema.types)):
            self._quotes_numbers = True
            table = self._parsed(data)
        if table is not None and (texts := _texts_for_timestamps(table.schema)):
            self._texts |= texts
            table = self._parsed(data)
        return table if table is not None and not _has_floats(table.schema.types) and not _texts_for_timestamps(table.schema) else None

    def _learn(self, data: bytes) -> None:
        """Find out with the first few lines what is not to be taken for a timestamp, so that the first window need not be parsed twice."""
        self._has_learned = True
        end = data.rfind(b"\n", 0, _LEARNED_BYTES) + 1
        if 0 < end < len(data):
            self._table(data[:end])

    def _parsed(self, data: bytes) -> "pa.Table | None":
        import pyarrow as pa
        from pyarrow import json

        source = with_quoted_numbers(data) if self._quotes_numbers else data
        if source is None:
            return None
        schema = pa.schema(self._texts) if self._texts else None
        try:
            return json.read_json(
                pa.BufferReader(source),
                read_options=json.ReadOptions(use_threads=False, block_size=len(source)),
                parse_options=json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="infer"),
            )
        except pa.ArrowInvalid:
            return None


def _is_regular(data: bytes) -> bool:
    """Whether each line is an object, as far as its first and last character tell, and not nested too deeply to be tried.

    No value can span such lines, so that as many rows as lines means a row for each line.
    """
    import numpy as np

    if not data.startswith(b"{"):
        return False
    codes = np.frombuffer(data, np.uint8)
    feeds = np.flatnonzero(codes == ord("\n"))
    feeds = feeds if data.endswith(b"\n") else np.append(feeds, len(codes))
    if np.diff(feeds, prepend=-1).max() > _LONGEST_LINE or (codes[feeds[:-1] + 1] != ord("{")).any():
        return False
    ends = feeds - 1 - (codes[feeds - 1] == ord("\r"))
    return bool((codes[ends] == ord("}")).all())


def _is_read_exactly(data: bytes, table: "pa.Table") -> bool:
    """Whether nothing is in the lines of which the table does not tell: null elements of arrays, zeros with a sign, heads of columns."""
    if _has_lists(table.schema.types) and _has_null_elements(data):
        return False
    if _may_be_tables(table):
        return False
    zero = any(_holds_zero(chunk) for column in table.columns for chunk in column.chunks)
    return not (zero and _NEGATIVE_ZERO.search(data))


def _holds_zero(array: "pa.Array") -> bool:
    """Whether an integer below `array` is zero."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_struct(array.type):
        return any(_holds_zero(array.field(number)) for number in range(array.type.num_fields))
    if pa.types.is_list(array.type):
        return _holds_zero(array.values)
    return bool(pa.types.is_integer(array.type) and pc.any(pc.equal(array, 0)).as_py())


def _has_null_elements(data: bytes) -> bool:
    """Whether a null may stand anywhere else than behind the name of a member."""
    return b"null" in data and data.count(b"null") != data.count(b":null") + data.count(b": null")


def _has_lists(kinds: "Iterable[pa.DataType]") -> bool:
    import pyarrow as pa

    return any(
        pa.types.is_list(kind) or (pa.types.is_struct(kind) and _has_lists(kind.field(number).type for number in range(kind.num_fields)))
        for kind in kinds
    )


def _fits(node: PathNode, fields: "Iterable[pa.Field]", depth: int) -> bool:
    """Whether no object here is a map, or has names that are data: Arrow has a column for each name."""
    by_name = {field.name: field.type for field in fields}
    node.note(by_name.keys())
    if depth > _DEEPEST or _may_tell(by_name) or node.is_map or node.data_names(by_name.keys()):
        return False
    return all(_type_fits(node.member(name), kind, depth + 1) for name, kind in by_name.items())


def _type_fits(node: PathNode, kind: "pa.DataType", depth: int) -> bool:
    import pyarrow as pa

    while pa.types.is_list(kind):
        node, kind, depth = node.element(), kind.value_type, depth + 1
    return _fits(node, kind, depth) if pa.types.is_struct(kind) else depth <= _DEEPEST


def _may_tell(members: "Mapping[str, pa.DataType]") -> bool:
    """Whether one member may say what another holds, which only Python's reader looks at."""
    from pyarrow import types

    values = any(is_value_name(name) and not types.is_nested(kind) for name, kind in members.items())
    labels = any(may_label(name) and not types.is_list(kind) for name, kind in members.items()) if values else False
    rows = any(is_rows_name(name) and types.is_list(kind) for name, kind in members.items())
    return (values and labels) or (rows and any(is_heads_name(name) and types.is_nested(kind) for name, kind in members.items()))


def _may_be_tables(table: "pa.Table") -> bool:
    """Whether there are arrays of arrays in which not everything is a number, so that the first may head the others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def has_words(array: "pa.Array") -> bool:
        if pa.types.is_struct(array.type):
            return any(has_words(array.field(number)) for number in range(array.type.num_fields))
        if not pa.types.is_list(array.type):
            return False
        if not pa.types.is_list(array.type.value_type):
            return has_words(array.values)
        cells = array.values.values
        return pa.types.is_string(cells.type) and bool(pc.any(pc.match_substring_regex(cells, r"\pL")).as_py())

    return any(has_words(chunk) for column in table.columns for chunk in column.chunks)


def _leaves(kind: "pa.DataType") -> "Iterable[pa.DataType]":
    import pyarrow as pa

    stack = [kind]
    while stack:
        kind = stack.pop()
        if pa.types.is_nested(kind):
            stack.extend(kind.field(number).type for number in range(kind.num_fields))
        else:
            yield kind


def _has_timestamps(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return any(map(pa.types.is_timestamp, _leaves(kind)))


def _has_floats(kinds: "Iterable[pa.DataType]") -> bool:
    import pyarrow as pa

    return any(pa.types.is_floating(leaf) for kind in kinds for leaf in _leaves(kind))


def _texts_for_timestamps(schema: "pa.Schema") -> "dict[str, pa.DataType]":
    """The types to ask for instead of those in which there are timestamps."""
    return {field.name: _timestamps_as_text(field.type) for field in schema if _has_timestamps(field.type)}


def _timestamps_as_text(kind: "pa.DataType") -> "pa.DataType":
    """The type to ask for instead of one in which there are timestamps; of structs only the fields that hold text."""
    import pyarrow as pa

    if pa.types.is_list(kind):
        return pa.list_(_timestamps_as_text(kind.value_type))
    if not pa.types.is_struct(kind):
        return pa.string()
    texts = [field for field in kind if _has_timestamps(field.type) or pa.types.is_string(field.type)]
    return pa.struct([(field.name, _timestamps_as_text(field.type)) for field in texts])
