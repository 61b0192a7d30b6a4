"""Arrow's stream and file form: every value with its record and path, and files that lie."""

import io
import struct

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import feather

from scanner.errors import ReadError
from scanner.model.location import RecordLocation
from scanner.model.outcome import Reason
from scanner.readers.arrow import read
from scanner.readers.budget import MIB, Limits
from tests.readers.arrows import as_file, as_stream
from tests.readers.opening import opened
from tests.readers.reading import items, problems, values
from tests.readers.test_parquet import TABLE, VALUES

LONG = pa.table(
    {
        "n": pa.array(range(1000)),
        "s": pa.array([f"value {number}" for number in range(1000)]),
        "kind": pa.array([("red", "green", None)[number % 3] for number in range(1000)]).dictionary_encode(),
    }
)
FORMS = {"file": as_file, "stream": as_stream}


def found(data: bytes) -> list[tuple[int, str, str]]:
    """Record, path and text of each value."""
    places = [(value.location, value.text) for value in values(items(read, data, seekable=False))]
    return [(place.record_index, place.json_path, text) for place, text in places if isinstance(place, RecordLocation)]


def rows_of(table: pa.Table) -> list[tuple[int, str, str]]:
    """What `found` should give for a table without nested types."""
    columns = zip(table.column_names, table.columns, strict=True)
    return sorted(
        (row, f"$.{name}", str(value)) for name, column in columns for row, value in enumerate(column.to_pylist()) if value is not None
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
def test_every_nested_value_has_its_path(form: str, compression: str | None) -> None:
    assert [(path, text) for _, path, text in found(FORMS[form](TABLE, None, compression))] == VALUES


@pytest.mark.parametrize("form", FORMS)
def test_rows_are_counted_through_all_batches(form: str) -> None:
    assert sorted(found(FORMS[form](LONG, 130, "zstd"))) == rows_of(LONG)


def test_both_forms_and_feather_are_recognised_and_old_feather_is_unsupported() -> None:
    sink = io.BytesIO()
    feather.write_feather(LONG, sink)
    for data, media_type in ((as_file(LONG), "file"), (as_stream(LONG), "stream"), (sink.getvalue(), "file")):
        one = opened(data, "x", seekable=False)
        assert (one.media_type, one.failure, len(one.columns)) == (f"application/vnd.apache.arrow.{media_type}", None, 3)
    one = opened(b"FEA1" + bytes(range(32)) * 9, "x.feather")
    assert one.failure
    assert one.failure.reason is Reason.UNSUPPORTED_TYPE


def test_the_first_message_may_be_aligned_to_64_bytes() -> None:
    data = as_file(LONG)
    assert sorted(found(data[:8] + bytes(56) + data[8:])) == rows_of(LONG)


def test_unions_runs_and_nested_dictionaries_are_taken_apart() -> None:
    sparse = pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()), [pa.array(["a", "-", "b"]), pa.array([0, 7, 0])], ["s", "n"])
    dense = pa.UnionArray.from_dense(
        pa.array([1, 0, 1], pa.int8()), pa.array([0, 0, 1], pa.int32()), [pa.array(["c"]), pa.array([8, 9])], ["s", "n"]
    )
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["d", "e"]))
    structs = pa.DictionaryArray.from_arrays(pa.array([1, 0, 1]), pa.array([{"f": "g"}, {"f": "h"}]))
    table = pa.table({"x": sparse, "y": dense, "r": runs, "d": structs, "b": pa.array([True, None, False]).dictionary_encode()})

    assert found(as_stream(table)) == [
        (0, "$.x.s", "a"), (2, "$.x.s", "b"), (1, "$.x.n", "7"), (1, "$.y.s", "c"), (0, "$.y.n", "8"), (2, "$.y.n", "9"),
        (0, "$.r", "d"), (1, "$.r", "d"), (2, "$.r", "e"), (0, "$.d.f", "h"), (1, "$.d.f", "g"), (2, "$.d.f", "h"),
    ]  # fmt: skip


def test_dictionaries_that_grow_or_are_replaced_are_followed() -> None:
    sink = io.BytesIO()
    batches = [pa.record_batch({"k": pa.array(words).dictionary_encode()}) for words in (["a", "b"], ["a", "b", "c"], ["x", "y", "x"])]
    options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
    with pa.ipc.new_stream(sink, batches[0].schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch)
    assert [text for _, _, text in found(sink.getvalue())] == ["a", "b", "a", "b", "c", "x", "y", "x"]


def test_strings_that_are_no_utf_8_and_zones_that_nobody_knows_are_read() -> None:
    raw = pa.array([b"ok", b"219-09-9999 \xe9", None])
    strings = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    lists = pa.ListArray.from_arrays(pa.array([0, 1, 2, 2]), strings)
    coded = pa.DictionaryArray.from_arrays(pa.array([1, 1, 0]), strings.slice(0, 2))
    times = pa.array([0, 1, None], pa.timestamp("s", "Nowhere/At_All"))
    table = pa.table({"s": strings, "l": lists, "d": coded, "t": times})

    assert found(as_stream(table)) == [
        (0, "$.s", "ok"), (1, "$.s", "219-09-9999 é"), (0, "$.l[0]", "ok"), (1, "$.l[0]", "219-09-9999 é"),
        (0, "$.d", "219-09-9999 é"), (1, "$.d", "219-09-9999 é"), (2, "$.d", "ok"),
        (0, "$.t", "1970-01-01 00:00:00"), (1, "$.t", "1970-01-01 00:00:01"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_what_is_cut_off_is_read_up_to_the_cut(form: str) -> None:
    data = FORMS[form](LONG.slice(0, 40), 10)
    everything = rows_of(LONG.slice(0, 40))
    seen = set()
    for end in range(9, len(data), 7):
        one = opened(data[:end], "x.arrow", seekable=False)
        rows = sum(len(texts) for _, _, texts in one.columns if texts) // 3
        seen.add(rows)
        told = one.failure.reason if one.failure else one.problems[0].reason if one.problems else None
        assert told in {Reason.MALFORMED, Reason.UNSUPPORTED_TYPE} or (form == "stream" and rows % 10 == 0)
    assert seen >= {0, 10, 20, 30, 40}
    assert sorted(found(data)) == everything


def with_lie(data: bytes, old: bytes, new: bytes) -> bytes:
    assert data.count(old) == 1
    return data.replace(old, new)


def test_offsets_that_point_outside_cost_their_column_of_their_batch_alone() -> None:
    offsets = struct.pack("<4i", 0, 3, 6, 9)
    table = pa.table({"bad": ["abc", "def", "ghi"], "good": ["1", "2", "3"]})
    whole = pa.concat_tables([table, pa.table({"bad": ["jk", "l", "m"], "good": ["4", "5", "6"]})])
    lies = with_lie(as_stream(whole, 3), offsets, struct.pack("<4i", 0, 2**30, 6, 9))
    got = items(read, lies)

    assert [value.text for value in values(got)] == ["1", "2", "3", "jk", "l", "m", "4", "5", "6"]
    assert [(one.reason, one.detail) for one in problems(got)] == [
        (Reason.MALFORMED, "1 of 2 batches cannot be read to the end, the first is number 1")
    ]


def test_a_dictionary_index_that_points_outside_is_damage() -> None:
    table = pa.table({"k": pa.DictionaryArray.from_arrays(pa.array([0, 1, 77, 1], pa.int64()), pa.array([str(n) for n in range(78)]))})
    lies = with_lie(as_stream(table), struct.pack("<4q", 0, 1, 77, 1), struct.pack("<4q", 0, 1, 78, 1))
    assert found(lies) == []
    assert problems(items(read, lies))[0].reason is Reason.MALFORMED


def test_a_body_that_would_become_too_large_is_not_unpacked() -> None:
    small = pa.table({"s": ["x" * 100]})
    bomb = pa.concat_tables([small, pa.table({"s": ["y" * 30 * MIB]}), small])
    data = as_file(bomb, 1, "zstd")
    before = pa.total_allocated_bytes()
    one = opened(data, "x.arrow", Limits(memory_bytes=8 * MIB))

    assert len(data) < MIB
    assert [texts for _, _, texts in one.columns] == [["x" * 100]] * 2
    assert [place.at(0, 0, 1) for place in (segment.locator for segment in one.column_segments)] == [
        RecordLocation(0, "$.s", 0, 1), RecordLocation(2, "$.s", 0, 1)
    ]  # fmt: skip
    assert one.reasons == [(Reason.BUDGET_MEMORY, ())]
    assert pa.total_allocated_bytes() - before < 8 * MIB


def test_what_comes_out_counts_against_the_budget() -> None:
    data = as_stream(pa.table({"s": ["y" * MIB] * 20}), 1, "zstd")
    one = opened(data, "x.arrow", Limits(ratio_after=4 * MIB))
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_RATIO
    assert 2 <= len(one.columns) <= 4


@pytest.mark.parametrize("kind", ["nulls", "runs", "views"])
def test_rows_and_elements_that_take_no_bytes_are_bounded(kind: str) -> None:
    count = 2**31 - 1
    if kind == "nulls":
        array = pa.nulls(count)
    elif kind == "runs":
        array = pa.RunEndEncodedArray.from_arrays(pa.array([count], pa.int64()), pa.array(["x"]))
    else:
        views = pa.array([0] * 2000, pa.int32()), pa.array([100_000] * 2000, pa.int32())
        array = pa.ListViewArray.from_arrays(*views, pa.array(range(100_000), pa.int32()))
    one = opened(as_stream(pa.table({"x": array})), "x.arrow")
    assert one.failure
    assert one.failure.reason in {Reason.BUDGET_BYTES, Reason.BUDGET_RATIO, Reason.BUDGET_MEMORY}


def test_dictionaries_that_pile_up_are_bounded() -> None:
    table = pa.table({f"k{number}": pa.array(["x" * MIB]).dictionary_encode() for number in range(5)})
    one = opened(as_stream(table), "x.arrow", Limits(memory_bytes=4 * MIB))
    assert one.failure
    assert one.failure.reason is Reason.BUDGET_MEMORY
    assert opened(as_stream(table), "x.arrow", Limits(memory_bytes=6 * MIB)).failure is None


def test_bytes_that_no_reader_would_look_at_are_told() -> None:
    stream, file = as_stream(LONG), as_file(LONG)
    assert [one.detail for one in opened(stream + b"more", "x.arrow").problems] == ["4 bytes behind its end are not read"]
    end = len(file) - 10 - int.from_bytes(file[-10:-6], "little")
    hidden = file[:end] + bytes(200) + file[end:]
    assert [one.detail for one in opened(hidden, "x.arrow").problems] == ["200 bytes behind its batches are not read"]
    assert [one.detail for one in opened(file[:-3], "x.arrow").problems] == ["its end is missing"]


def test_types_that_python_has_nothing_for_are_passed_over() -> None:
    # The unit of an interval in Schema.fbs: 0 for months, 1 for days and milliseconds, 2 for all of them.
    span = pa.array([(1, 2, 3)], pa.month_day_nano_interval())
    good = as_stream(pa.table({"span": span, "s": ["x"]}))
    changed = [good[:at] + unit + good[at + 2 :] for at in range(len(good)) if good[at : at + 2] == b"\2\0" for unit in (b"\0\0", b"\1\0")]
    seen = {tuple(map(str, pa.ipc.read_schema(io.BytesIO(data)).types)) for data in changed if _has_schema(data)}
    assert any("interval" in kind and "nano" not in kind for kinds in seen for kind in kinds)
    for data in changed:
        if _has_schema(data):
            assert opened(data, "x.arrow").media_type


def _has_schema(data: bytes) -> bool:
    try:
        pa.ipc.read_schema(io.BytesIO(data))
    except (pa.ArrowException, OSError):
        return False
    return True


def test_names_that_are_no_utf_8_are_malformed() -> None:
    data = as_stream(pa.table({"outer": [{"nested_name": "x"}]}))
    with pytest.raises(ReadError, match="its schema"):
        items(read, data.replace(b"nested_name", b"nested\xffname"))


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_changed_bytes_end_in_values_problems_or_a_read_error(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(FORMS)))
    good = bytearray(FORMS[form](pa.concat_tables([TABLE, TABLE]), 3, data.draw(st.sampled_from([None, "zstd"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(8, len(good) - 1))] = data.draw(st.integers(0, 255))
    one = opened(bytes(good), "x.arrow")
    assert one.media_type
    for problem in one.problems:
        assert problem.detail
