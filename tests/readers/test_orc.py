"""ORC: every plain value with its record and path, and files that are damaged."""

from decimal import Decimal
from itertools import chain

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.location import RecordLocation
from scanner.model.outcome import Problem, Reason
from scanner.readers.budget import MIB, Limits
from scanner.readers.orc import read
from tests.readers.arrows import as_orc
from tests.readers.opening import opened
from tests.readers.reading import items, problems, values
from tests.readers.test_parquet import TABLE, VALUES


def found(data: bytes, *, seekable: bool = True) -> list[tuple[int, str, str]]:
    """Record, path and text of each value."""
    places = [(value.location, value.text) for value in values(items(read, data, seekable=seekable))]
    return [(place.record_index, place.json_path, text) for place, text in places if isinstance(place, RecordLocation)]


@pytest.mark.parametrize("compression", ["uncompressed", "snappy", "zlib", "lz4", "zstd"])
def test_every_nested_value_has_its_path(compression: str) -> None:
    data = as_orc(TABLE, compression=compression)
    got = found(data)
    assert [(path, text) for _, path, text in got] == VALUES
    assert [record for record, path, _ in got if path.startswith("$.person.tags")] == [0, 0, 2]
    assert found(data, seekable=False) == got


def test_rows_are_counted_through_all_stripes() -> None:
    rows = range(50_000)
    table = pa.table({"n": pa.array(rows), "s": [f"value {row * 7919}" for row in rows], "flag": [True] * 50_000})
    data = as_orc(table, stripe_size=64 * 1024, batch_size=1000)
    assert sorted(found(data)) == sorted(chain.from_iterable(((row, "$.n", str(row)), (row, "$.s", f"value {row * 7919}")) for row in rows))


def test_columns_of_the_same_name_and_names_with_dots_are_all_read() -> None:
    data = as_orc(pa.table([pa.array(["x"]), pa.array(["y"])], names=["a", "a"]))
    assert found(data) == [(0, "$.a", "x"), (0, "$.a", "y")]
    data = as_orc(pa.table({"a.b": ["dot"], "a": [{"b": "in"}], ".z": ["first"], "": ["none"]}))
    assert found(data) == [(0, "$['a.b']", "dot"), (0, "$.a.b", "in"), (0, "$['.z']", "first"), (0, "$['']", "none")]


def test_it_is_recognised_by_its_content() -> None:
    one = opened(as_orc(TABLE), "table")
    assert (one.media_type, one.failure, len(one.columns)) == ("application/vnd.apache.orc", None, 6)


def test_a_value_that_is_repeated_counts_each_time() -> None:
    data = as_orc(pa.table({"s": ["y" * MIB] * 64}), compression="zstd", dictionary_key_size_threshold=1.0)
    one = opened(data, "x.orc", Limits(ratio_after=16 * MIB))
    assert len(data) < 10_000
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_RATIO


def damaged(places: list[float]) -> tuple[list[tuple[int, str, str]], list[Problem]]:
    """What is read of three stripes with 15,000, 18,000 and 7,000 rows when bytes at these parts of the file are changed."""
    rows = range(40_000)
    data = bytearray(
        as_orc(pa.table({"s": [f"value {row * 7919}" for row in rows]}), stripe_size=64 * 1024, batch_size=1000, compression="zlib")
    )
    for place in places:
        at = int(len(data) * place)
        data[at : at + 2000] = bytes(2000)
    return found(bytes(data)), problems(items(read, bytes(data)))


def test_a_damaged_stripe_leaves_the_others_with_their_rows() -> None:
    got, told = damaged([0.5])
    assert got == [(row, "$.s", f"value {row * 7919}") for row in (*range(15_000), *range(33_000, 40_000))]
    assert told == [Problem(Reason.MALFORMED, "1 of 3 stripes cannot be read to the end, the first is number 2")]


def test_rows_are_right_behind_two_damaged_stripes() -> None:
    got, told = damaged([0.1, 0.5])
    assert got == [(row, "$.s", f"value {row * 7919}") for row in range(33_000, 40_000)]
    assert told == [Problem(Reason.MALFORMED, "2 of 3 stripes cannot be read to the end, the first is number 1")]


def test_a_decimal_too_wide_for_arrow_does_not_end_the_process() -> None:
    data = as_orc(pa.table({"d": pa.array([Decimal("1.5")], pa.decimal128(38, 1))}), compression="uncompressed")
    precision = bytes([5 << 3, 38, 6 << 3, 1])
    assert data.count(precision) == 1
    with pytest.raises(ReadError, match="footer"):
        items(read, data.replace(precision, bytes([5 << 3, 39, 6 << 3, 1])))


def test_when_no_stripe_can_be_read_it_is_malformed() -> None:
    with pytest.raises(ReadError, match="none of its stripes"):
        damaged([0.1, 0.5, 0.85])


def test_what_is_cut_off_anywhere_is_malformed() -> None:
    data = as_orc(TABLE)
    for end in range(3, len(data), 11):
        with pytest.raises(ReadError) as caught:
            items(read, data[:end])
        assert caught.value.reason is Reason.MALFORMED


def test_names_that_are_no_utf_8_are_malformed() -> None:
    data = as_orc(pa.table({"outer": [{"nested_name": "x"}]}), compression="uncompressed")
    with pytest.raises(ReadError, match="footer"):
        items(read, data.replace(b"nested_name", b"nested\xffname"))


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_changed_bytes_end_in_values_problems_or_a_read_error(data: st.DataObject) -> None:
    good = bytearray(as_orc(pa.concat_tables([TABLE, TABLE]), compression=data.draw(st.sampled_from(["uncompressed", "zstd"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(3, len(good) - 1))] = data.draw(st.integers(0, 255))
    one = opened(bytes(good), "x.orc")
    assert one.media_type == "application/vnd.apache.orc"
    for problem in one.problems:
        assert problem.detail
