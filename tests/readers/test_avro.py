"""Avro: every value with its record and path, in every codec, and files that are damaged or lie."""

import datetime as dt
import io
import zlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import fastavro
import pyarrow as pa
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.location import RecordLocation
from scanner.model.outcome import Problem, Reason
from scanner.readers.avro import read
from scanner.readers.budget import MIB, Limits
from tests.readers.opening import opened
from tests.readers.reading import items, problems, values

SCHEMA: dict[str, Any] = {
    "type": "record",
    "name": "Person",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "ssn", "type": ["null", "string"]},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "home", "type": {"type": "record", "name": "Home", "fields": [{"name": "city", "type": "string"}]}},
        {"name": "born", "type": {"type": "int", "logicalType": "date"}},
        {"name": "paid", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "raw", "type": "bytes"},
        {"name": "card", "type": "double"},
        {"name": "ok", "type": "boolean"},
    ],
}


def person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "ssn": f"219-22-{number:04}" if number % 2 else None,
        "tags": ["a", f"b{number}"],
        "home": {"city": "Zürich"},
        "born": dt.date(1950, 1, 2),
        "paid": Decimal("1.50"),
        "raw": b"text" if number else b"\0\xff\1\2",
        "card": 4111111111111111.0,
        "ok": True,
    }


MARK = b"0123456789abcdef"
# Codecs for which fastavro needs packages of their own.
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "snappy": lambda data: bytes(pa.Codec("snappy").compress(data, asbytes=True)) + zlib.crc32(data).to_bytes(4, "big"),
    "zstandard": zstandard.compress,
}


def written(schema: object, records: list[Any], codec: str = "null", block: int = 16_000) -> bytes:
    sink = io.BytesIO()
    # A mark that is fixed keeps tests the same.
    by_itself = "null" if codec in PACKED else codec
    fastavro.writer(sink, schema, records, codec=by_itself, sync_interval=block, sync_marker=MARK)  # type: ignore[arg-type]
    return packed(sink.getvalue(), codec) if codec in PACKED else sink.getvalue()


def packed(plain: bytes, codec: str) -> bytes:
    """The container with each block packed."""
    head, *blocks = plain.split(MARK)
    made = [head.replace(b"\x08null", bytes((2 * len(codec),)) + codec.encode(), 1)]
    for block in blocks[:-1]:
        stream = io.BytesIO(block)
        records, _ = (int(str(fastavro.schemaless_reader(stream, "long", None))) for _ in range(2))
        data = PACKED[codec](stream.read())
        sizes = io.BytesIO()
        for number in (records, len(data)):
            fastavro.schemaless_writer(sizes, "long", number)
        made.append(sizes.getvalue() + data)
    return MARK.join((*made, b""))


def found(data: bytes) -> list[tuple[int, str, str]]:
    """Record, path and text of each value."""
    places = [(value.location, value.text) for value in values(items(read, data, seekable=False))]
    return sorted((place.record_index, place.json_path, text) for place, text in places if isinstance(place, RecordLocation))


def expected(number: int) -> list[tuple[int, str, str]]:
    texts = {
        "$.id": str(number), "$.tags[0]": "a", "$.tags[1]": f"b{number}", "$.home.city": "Zürich", "$.born": "1950-01-02",
        "$.paid": "1.50", "$.card": "4111111111111111",
    }  # fmt: skip
    texts |= {"$.ssn": f"219-22-{number:04}"} if number % 2 else {}
    texts |= {"$.raw": "text"} if number else {}
    return [(number, path, text) for path, text in texts.items()]


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz", *PACKED])
def test_every_value_has_its_record_and_path(codec: str) -> None:
    data = written(SCHEMA, [person(number) for number in range(300)], codec)
    assert found(data) == sorted(value for number in range(300) for value in expected(number))


def test_it_is_recognised_by_its_content() -> None:
    one = opened(written(SCHEMA, [person(1)]), "part-0", seekable=False)
    assert (one.media_type, one.failure, one.problems) == ("application/vnd.apache.avro", None, [])


def test_strings_that_are_no_utf_8_keep_every_byte() -> None:
    data = written("string", ["219-22-9999 #"]).replace(b"9999 #", b"9999 \xe9")
    assert found(data) == [(0, "$", "219-22-9999 é")]


def test_a_damaged_block_leaves_the_others_with_their_rows() -> None:
    data = written(
        {"type": "record", "name": "R", "fields": [{"name": "s", "type": "string"}]}, [{"s": f"{n:04}"} for n in range(40)], block=40
    )
    place = data.index(b"0017")
    got = items(read, data[: place - 1] + b"\xff" + data[place:])
    rows = [(value.location.record_index, value.text) for value in values(got) if isinstance(value.location, RecordLocation)]

    assert all(text == f"{row:04}" for row, text in rows)
    assert {text for _, text in rows} >= {f"{n:04}" for n in (*range(8), *range(24, 40))}
    assert "0017" not in {text for _, text in rows}
    assert [one.reason for one in problems(got)] == [Reason.MALFORMED]
    assert isinstance(got[-1], Problem)


@pytest.mark.parametrize("codec", ["deflate", "bzip2", "xz", *PACKED])
def test_a_block_that_becomes_too_large_is_not_unpacked(codec: str) -> None:
    data = written("string", ["small", "x" * 20 * MIB], codec, block=1)
    one = opened(data, "x.avro", Limits(memory_bytes=16 * MIB))
    assert [texts for _, _, texts in one.columns] == [["small"]]
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_MEMORY


@pytest.mark.parametrize("codec", PACKED)
def test_a_packed_block_that_is_damaged_leaves_the_others(codec: str) -> None:
    data = bytearray(written("string", [f"value {number} " * 20 for number in range(6)], codec, block=1))
    second = data.index(MARK, data.index(MARK) + 16) + 16
    data[second + 3 : second + 9] = b"\xff" * 6
    got = items(read, bytes(data))
    texts = [value.text for value in values(got)]
    assert [text for number in (0, 2, 3, 4, 5) for text in [f"value {number} " * 20] if text in texts] == [
        f"value {number} " * 20 for number in (0, 2, 3, 4, 5)
    ]
    assert [one.reason for one in problems(got)] == [Reason.MALFORMED]


def test_records_of_nothing_are_bounded() -> None:
    data = bytearray(written("null", [None]))
    end = len(data) - 16
    assert data[end - 2 :] == b"\x02\x00" + b"0123456789abcdef"
    one = opened(bytes(data[: end - 2] + b"\xfe\xff\xff\xff\xff\xff\xff\x01\x00" + data[end:]), "x.avro")
    assert one.failure
    assert one.failure.reason in {Reason.BUDGET_RATIO, Reason.BUDGET_BYTES}


@pytest.mark.parametrize(
    "kind",
    [
        {"type": "array", "items": "null"},
        {"type": "map", "values": {"type": "array", "items": {"type": "record", "name": "E", "fields": [{"name": "n", "type": "null"}]}}},
        {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]},
    ],
)
def test_schemas_without_bounds_are_refused(kind: object) -> None:
    data = written(kind, [])
    one = opened(data, "x.avro")
    assert one.failure
    assert one.failure.reason is Reason.UNSUPPORTED_TYPE


def test_a_kind_that_is_used_twice_is_not_endless() -> None:
    inner = {"type": "record", "name": "I", "fields": [{"name": "x", "type": "string"}]}
    schema = {"type": "record", "name": "O", "fields": [{"name": "a", "type": inner}, {"name": "b", "type": "I"}]}
    assert found(written(schema, [{"a": {"x": "1"}, "b": {"x": "2"}}])) == [(0, "$.a.x", "1"), (0, "$.b.x", "2")]


def test_what_is_cut_off_anywhere_is_malformed_unless_it_ends_behind_a_block() -> None:
    data = written(SCHEMA, [person(number) for number in range(12)], block=100)
    ends = {end for end in range(len(data) + 1) if data[:end].endswith(b"0123456789abcdef")}
    for end in range(4, len(data), 5):
        one = opened(data[:end], "x.avro", seekable=False)
        assert (one.failure is None) == (end in ends)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_changed_bytes_end_in_values_problems_or_a_read_error(data: st.DataObject) -> None:
    good = bytearray(written(SCHEMA, [person(1), person(2)], data.draw(st.sampled_from(["null", "deflate"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(4, len(good) - 1))] = data.draw(st.integers(0, 255))
    one = opened(bytes(good), "x.avro")
    assert one.media_type == "application/vnd.apache.avro"


def test_a_schema_that_is_none_is_malformed() -> None:
    data = written("string", ["x"])
    assert data.count(b"string") == 1
    with pytest.raises(ReadError, match="its schema"):
        items(read, data.replace(b"string", b"strong"))
