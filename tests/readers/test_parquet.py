"""Parquet: every plain value of every column, wherever it is nested, with its record and path."""

import base64
import io
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow.parquet import encryption

from scanner.errors import ReadError
from scanner.model.location import RecordLocation
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, Extent
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget, Limits
from scanner.readers.parquet import read

TABLE = pa.table(
    {
        "id": pa.array([1, None, 3]),
        "person": pa.array([{"name": "Ann", "tags": ["a", "b"]}, None, {"name": None, "tags": ["c"]}]),
        "labels": pa.array([[("k", "v"), ("l", None)], None, [("m", "w")]], pa.map_(pa.string(), pa.string())),
        "grid": pa.array([[["x"], ["y", "z"]], [], None]),
        "flag": pa.array([True, False, None]),
    }
)
VALUES = [
    ("$.id", "1"), ("$.id", "3"),
    ("$.person.name", "Ann"), ("$.person.tags[0]", "a"), ("$.person.tags[1]", "b"), ("$.person.tags[0]", "c"),
    ("$.labels[0].key", "k"), ("$.labels[1].key", "l"), ("$.labels[0].key", "m"), ("$.labels[0].value", "v"), ("$.labels[0].value", "w"),
    ("$.grid[0][0]", "x"), ("$.grid[1][0]", "y"), ("$.grid[1][1]", "z"),
]  # fmt: skip


def written(table: pa.Table, **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def items(data: bytes, part: ByteRange | None = None) -> list[object]:
    content = Content(io.BytesIO(data), "t.parquet", len(data), data[:65536], "application/vnd.apache.parquet", part)
    return list(read(content, Budget(Limits(), len(data))))


def items_one_by_one(data: bytes) -> Iterator[ColumnSegment]:
    """As `items`, but none is kept."""
    content = Content(io.BytesIO(data), "t.parquet", len(data), data[:65536], "application/vnd.apache.parquet")
    return (item for item in read(content, Budget(Limits(), len(data))) if isinstance(item, ColumnSegment))


def values(found: list[object], first_record: int = 0) -> list[tuple[int, str, str]]:
    triples = []
    for segment in found:
        if not isinstance(segment, ColumnSegment):
            continue
        for index, value in enumerate(segment.values.to_pylist()):
            if value is not None:
                location = segment.locator.at(index, 0, 1)
                assert isinstance(location, RecordLocation)
                triples.append((first_record + location.record_index, location.json_path, str(value)))
    return triples


@pytest.mark.parametrize("codec", ["NONE", "SNAPPY", "ZSTD", "GZIP"])
def test_every_nested_value_has_its_path(codec: str) -> None:
    found = values(items(written(TABLE, compression=codec)))

    assert [(path, value) for _, path, value in found] == VALUES
    assert [record for record, path, _ in found if path.startswith("$.person.tags")] == [0, 0, 2]


def test_names_are_the_elements_of_the_path() -> None:
    segments = [item for item in items(written(TABLE)) if isinstance(item, ColumnSegment)]

    assert [(segment.key, segment.names) for segment in segments[1:4]] == [
        ("$.person.name", ("person", "name")),
        ("$.person.tags[*]", ("person", "tags")),
        ("$.labels[*].key", ("labels", "key")),
    ]


def test_types_that_are_stored_as_bytes_or_numbers_keep_their_values() -> None:
    table = pa.table({"amount": pa.array([Decimal("1.50")]), "raw": pa.array([b"abc"]), "text": pa.array(["x"]).dictionary_encode()})

    assert [value for _, _, value in values(items(written(table)))] == ["1.50", "b'abc'", "x"]


def test_parts_together_are_the_whole() -> None:
    table = pa.table({"n": pa.array(range(1000)), "s": pa.array([f"value {n}" for n in range(1000)])})
    data = written(table, row_group_size=130)
    whole = values(items(data))
    cuts = [0, 700, 1500, 4000, len(data)]

    together, before = [], 0
    for start, end in pairwise(cuts):
        found = items(data, ByteRange(start, end))
        together += values(found, before)
        last = found[-1]
        assert isinstance(last, Extent)
        assert (last.start, last.end) == (start, end)
        before += last.units

    assert sorted(together) == sorted(whole)
    assert before == 1000


def test_a_value_that_is_repeated_many_times_is_held_once() -> None:
    codes = pa.array([0] * 50_000, pa.int32())
    data = written(pa.table({"big": pa.DictionaryArray.from_arrays(codes, pa.array(["x" * 100_000]))}))

    before = pa.total_allocated_bytes()
    segments = [item for item in items(data) if isinstance(item, ColumnSegment)]

    assert sum(len(segment.values) for segment in segments) == 50_000
    assert pa.total_allocated_bytes() - before < 100_000_000


def test_views_and_lists_of_fixed_size_are_lists() -> None:
    rows = [["a", "b"], None, ["c", "d"]]
    for kind in (pa.list_view(pa.string()), pa.large_list(pa.large_string()), pa.list_(pa.string(), 2)):
        found = values(items(written(pa.table({"x": pa.array(rows, kind)}))))

        assert found == [(0, "$.x[0]", "a"), (0, "$.x[1]", "b"), (2, "$.x[0]", "c"), (2, "$.x[1]", "d")]


def test_strings_that_are_no_utf_8_keep_every_byte() -> None:
    raw = pa.array([b"ok", b"219-09-9999 \xe9", None])
    strings = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    found = values(items(written(pa.table({"plain": strings, "in_list": pa.ListArray.from_arrays(pa.array([0, 2, 2, 3]), strings)}))))

    assert found == [
        (0, "$.plain", "ok"), (1, "$.plain", "219-09-9999 é"), (0, "$.in_list[0]", "ok"), (0, "$.in_list[1]", "219-09-9999 é"),
    ]  # fmt: skip


def test_many_distinct_strings_are_not_gathered_in_a_dictionary() -> None:
    table = pa.table({"s": pa.array([f"{number * 7919:032d}" for number in range(400_000)])})
    before = pa.total_allocated_bytes()
    kinds, most = set(), 0
    for segment in items_one_by_one(written(table)):
        kinds.add(segment.values.type)
        most = max(most, pa.total_allocated_bytes() - before)

    assert kinds == {pa.string()}
    assert most < 40_000_000


def test_a_damaged_footer_is_malformed() -> None:
    data = written(TABLE)

    with pytest.raises(ReadError) as caught:
        items(data[:-8] + b"\xff\xff\xff\x7fPAR1")

    assert caught.value.reason is Reason.MALFORMED


def test_a_file_with_an_encrypted_footer_is_encrypted() -> None:
    data = written(TABLE)

    with pytest.raises(ReadError) as caught:
        items(b"PARE" + data[4:-4] + b"PARE")

    assert caught.value.reason is Reason.ENCRYPTED


def test_row_groups_around_a_damaged_one_count() -> None:
    table = pa.table({"s": pa.array([f"{number * 7919:012d}" for number in range(20_000)])})
    data = bytearray(written(table, row_group_size=5000, use_dictionary=False, compression="GZIP"))
    metadata = pq.ParquetFile(io.BytesIO(bytes(data))).metadata
    start = metadata.row_group(2).column(0).data_page_offset
    data[start : start + 400] = b"\xff" * 400

    found = items(bytes(data))

    rows = [row for row, _, _ in values(found)]
    assert rows == [*range(10_000), *range(15_000, 20_000)]
    assert found[-1] == Problem(Reason.MALFORMED, "1 of 4 row groups cannot be read to the end, the first is number 3")


def test_rows_behind_a_part_that_is_wholly_damaged_keep_their_numbers() -> None:
    table = pa.table({"s": pa.array([f"{number * 7919:012d}" for number in range(3000)])})
    data = bytearray(written(table, row_group_size=1000, use_dictionary=False, compression="GZIP"))
    metadata = pq.ParquetFile(io.BytesIO(bytes(data))).metadata
    starts = [metadata.row_group(number).column(0).data_page_offset for number in range(3)]
    data[starts[1] : starts[1] + 400] = b"\xff" * 400

    together, before = [], 0
    for start, end in pairwise([*starts, len(data)]):
        *found, extent = items(bytes(data), ByteRange(start, end))
        assert isinstance(extent, Extent)
        together += values(found, before)
        before += extent.units
        if start == starts[1]:
            assert found == [Problem(Reason.MALFORMED, "1 of 3 row groups cannot be read to the end, the first is number 2")]

    assert [row for row, _, _ in together] == [*range(1000), *range(2000, 3000)]
    assert before == 3000


class Kms(encryption.KmsClient):  # type: ignore[misc]  # pyarrow has no types
    """Keeps keys by writing them down, which is enough for a test."""

    def __init__(self, _: object) -> None:
        super().__init__()

    def wrap_key(self, key_bytes: bytes, _: str) -> bytes:
        return base64.b64encode(key_bytes)

    def unwrap_key(self, wrapped_key: bytes, _: str) -> bytes:
        return base64.b64decode(wrapped_key)


def encrypted(table: pa.Table, columns: list[str], *, plain_footer: bool) -> bytes:
    factory = encryption.CryptoFactory(Kms)
    settings = encryption.EncryptionConfiguration(footer_key="footer", column_keys={"column": columns}, plaintext_footer=plain_footer)
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), settings)
    sink = io.BytesIO()
    with pq.ParquetWriter(sink, table.schema, encryption_properties=properties) as writer:
        writer.write_table(table)
    return sink.getvalue()


@pytest.mark.parametrize(("columns", "plain_footer"), [(["a"], False), (["a", "b"], True)])
def test_an_encrypted_file_is_encrypted(columns: list[str], *, plain_footer: bool) -> None:
    with pytest.raises(ReadError) as caught:
        items(encrypted(pa.table({"a": ["x"], "b": ["y"]}), columns, plain_footer=plain_footer))

    assert caught.value.reason is Reason.ENCRYPTED


def test_the_columns_that_are_not_encrypted_are_read() -> None:
    data = encrypted(pa.table({"a": ["x"], "b": ["y"]}), ["a"], plain_footer=True)
    found = items(data, ByteRange(0, len(data)))

    assert values(found) == [(0, "$.b", "y")]
    assert found[1:] == [Problem(Reason.ENCRYPTED, "1 of 2 columns are encrypted"), Extent(0, len(data), 1)]


def test_every_column_of_a_wide_table_is_read_once_with_its_rows() -> None:
    rows = range(1500)
    plain = {f"column {number}": pa.array([f"{number}-{row}" for row in rows]) for number in range(40)}
    awkward = {"a.b": pa.array([f"dot {row}" for row in rows]), "a": pa.array([{"b": f"in {row}", "c": row} for row in rows])}
    found = values(items(written(pa.table(plain | awkward), row_group_size=500)))

    expected = [(row, f"$['{name}']", f"{name.split()[1]}-{row}") for row in rows for name in plain]
    expected += [(row, "$['a.b']", f"dot {row}") for row in rows]
    expected += [(row, f"$.a.{name}", str(value)) for row in rows for name, value in (("b", f"in {row}"), ("c", row))]
    assert sorted(found) == sorted(expected)


def test_texts_of_which_each_is_another_are_no_dictionaries_and_repeated_ones_are() -> None:
    numbers = range(50_000)
    table = pa.table({"other": [f"{number * 7919:016d}" for number in numbers], "same": [f"kind {number % 50}" for number in numbers]})
    kinds = {item.names: item.values.type for item in items(written(table)) if isinstance(item, ColumnSegment)}

    assert kinds[("other",)] == pa.string()
    assert pa.types.is_dictionary(kinds[("same",)])
