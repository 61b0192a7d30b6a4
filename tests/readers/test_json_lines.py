"""JSON Lines: a record on each line; lines that are none are read as text, and that is said."""

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.location import LineLocation, RecordLocation
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, Extent
from scanner.readers.base import ByteRange
from scanner.readers.encoding import UTF_8
from scanner.readers.json_arrow import ArrowLines
from scanner.readers.json_lines import JsonLines, read
from scanner.readers.json_paths import PathTree
from scanner.readers.windows import Window
from tests.readers.reading import Value, items, joined, lines, problems, text_of, values

MIB = 1024 * 1024


def located(data: bytes | str) -> list[tuple[int, str, str]]:
    """(record, path, text) of every value, sorted."""
    places = []
    for value in values(items(read, data.encode() if isinstance(data, str) else data)):
        assert isinstance(value.location, RecordLocation)
        places.append((value.location.record_index, value.location.json_path, value.text))
    return sorted(places)


def test_each_line_is_a_record() -> None:
    assert located('{"ssn": "219-09-9999", "n": {"a": [1, 2]}}\n{"ssn": "219-09-9998"}\n') == [
        (0, "$.n.a[0]", "1"), (0, "$.n.a[1]", "2"), (0, "$.ssn", "219-09-9999"), (1, "$.ssn", "219-09-9998"),
    ]  # fmt: skip


def test_names_and_keys_are_those_of_the_path() -> None:
    columns = [item for item in items(read, b'{"a": {"b c": [{"d": "x"}]}}\n') if isinstance(item, ColumnSegment)]

    assert [(column.key, column.names) for column in columns] == [("$.a['b c'][*].d", ("a", "b c", "d"))]


def test_blank_lines_count_but_are_no_records() -> None:
    found = items(read, b'{"a": 1}\n\n  \n{"a": 2}\r\n')

    assert [value.location for value in values(found)] == [RecordLocation(0, "$.a", 0, 1), RecordLocation(3, "$.a", 0, 1)]
    assert problems(found) == []


def test_lines_that_are_no_json_are_read_as_text_and_told_once() -> None:
    found = items(read, b'{"a": 1}\nssn 219-09-9999\nmore\n{"a": 2}\n{"a": "219\n')

    assert [value.text for value in values(found)] == ["1", "2"]
    assert lines(found) == [(LineLocation(2, 1, 2, 1), "ssn 219-09-9999\nmore"), (LineLocation(5, 1, 5, 1), '{"a": "219')]
    assert problems(found) == [Problem(Reason.BAD_RECORDS, "3 of 5 lines are not JSON, first at line 2")]


def test_one_bad_line_is_told_in_the_singular() -> None:
    assert problems(items(read, b'{"a": 1}\nx\n')) == [Problem(Reason.BAD_RECORDS, "1 of 2 lines is not JSON, first at line 2")]


def test_a_file_without_any_json_is_left_to_others() -> None:
    with pytest.raises(ReadError) as caught:
        items(read, b"one\ntwo\n")

    assert caught.value.reason is Reason.MALFORMED


def test_lines_may_be_arrays_strings_and_numbers() -> None:
    assert located('[1, {"b": 2}]\n"x"\n7\nnull\n') == [(0, "$[0]", "1"), (0, "$[1].b", "2"), (1, "$", "x"), (2, "$", "7")]


def test_numbers_dates_and_repeated_names_are_read_as_they_are_written() -> None:
    assert located('{"a": 1.50, "d": "2020-01-02"}\n{"a": 2e5, "d": "x"}\n') == [
        (0, "$.a", "1.50"), (0, "$.d", "2020-01-02"), (1, "$.a", "2e5"), (1, "$.d", "x"),
    ]  # fmt: skip
    assert located('{"t": "2020-01-02T03:04:05Z"}\n{"t": "2020-01-02 03:04"}\n') == [
        (0, "$.t", "2020-01-02T03:04:05Z"),
        (1, "$.t", "2020-01-02 03:04"),
    ]
    assert located('{"a": 1, "a": 2}\n{"a": 12345678901234567890123}\n') == [
        (0, "$.a", "1"), (0, "$.a", "2"), (1, "$.a", "12345678901234567890123"),
    ]  # fmt: skip


def test_null_elements_keep_their_index() -> None:
    assert located('{"a": [null, 1]}\n{"a": [2]}\n') == [(0, "$.a[1]", "1"), (1, "$.a[0]", "2")]


def test_a_line_of_twenty_thousand_brackets_does_no_harm() -> None:
    found = items(read, b'{"a": 1}\n{"a": ' + b"[" * 20_000 + b'"219-09-9999"' + b"]" * 20_000 + b"}\n")

    assert [value.text for value in values(found)] == ["1"]
    assert "219-09-9999" in text_of(found)


def test_many_names_under_one_parent_are_a_map() -> None:
    data = "".join(json.dumps({"by_id": {f"id {number}": {"card": str(number)}}}) + "\n" for number in range(300))
    keys = {value.key for value in values(items(read, data.encode()))}

    assert keys == {"$.by_id.{keys}", "$.by_id.*.card"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_do_not_matter(encoding: str) -> None:
    assert located('{"größe": "Zürich"}\n{"größe": "Köln"}\n'.encode(encoding)) == [(0, "$.größe", "Zürich"), (1, "$.größe", "Köln")]


def test_large_files_come_in_segments_whose_records_go_on() -> None:
    data = b"".join(b'{"id": %d, "note": "' % number + b"x" * 500 + b'"}\n' for number in range(12_000))
    ids = [item for item in items(read, data) if isinstance(item, ColumnSegment) and item.key == "$.id"]

    assert len(ids) == 2
    assert ids[1].locator.at(0, 0, 1) == RecordLocation(len(ids[0].values), "$.id", 0, 1)
    assert ids[1].values[0].as_py() == len(ids[0].values)


def test_a_line_beyond_all_bounds_is_text_and_the_lines_around_it_are_records() -> None:
    found = items(read, b'{"a": 1}\n{"a": "' + b"x" * 17 * MIB + b' 219-09-9999"}\n{"a": 2}\n')

    assert [(value.location, value.text) for value in values(found)] == [
        (RecordLocation(0, "$.a", 0, 1), "1"),
        (RecordLocation(2, "$.a", 0, 1), "2"),
    ]
    assert text_of(found).endswith(' 219-09-9999"}')
    assert problems(found) == [Problem(Reason.BAD_RECORDS, "1 of 3 lines is not JSON, first at line 2")]


def test_a_line_beyond_all_bounds_is_whole_in_the_part_in_which_it_starts() -> None:
    data = b'{"a": 1}\n{"a": "' + b"x" * 34 * MIB + b' 219-09-9999"}\n{"a": 2}\n'
    together = joined(read, data, [16 * MIB, 33 * MIB, len(data) - 8])

    assert text_of(together.items) == data.decode().split("\n")[1]
    assert [value.location for value in together.values] == [RecordLocation(0, "$.a", 0, 1), RecordLocation(2, "$.a", 0, 1)]


def test_a_part_is_the_lines_that_start_in_it() -> None:
    data = b'{"a": 1}\n{"a": 2}\nbad\n{"a": 3}\n'
    found = items(read, data, ByteRange(5, 20))

    assert [value.text for value in values(found)] == ["2"]
    assert text_of(found) == "bad"
    assert problems(found) == [Problem(Reason.BAD_RECORDS, "1 of 2 lines is not JSON, between byte 9 and 22")]
    assert found[-1] == Extent(9, 22, 2)


SCALAR = st.sampled_from([1, -7, 0, 1.5, 12.0, 1e22, "x", "1.5", "2020-01-01", "a: 1.5, b", "é", 'q"', None, True, "", "\x00", 2**63])
VALUE = st.recursive(
    SCALAR, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)), max_leaves=6
)
RECORD = st.dictionaries(st.sampled_from(["a", "b", "c d"]), VALUE, max_size=3)
LINE = st.one_of(RECORD.map(json.dumps), RECORD.map(lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
ODD_LINE = st.one_of(LINE, st.sampled_from(["", "bad", '{"a":1,"a":2}', '{"a":-0}', '{"a":1.2.3}', "[1]", '{"a":1}{"a":2}', '{"a":NaN}']))


@settings(deadline=None)
@given(st.lists(ODD_LINE, min_size=1, max_size=7), st.sampled_from(["\n", "\r\n"]), st.lists(st.integers(1, 120), max_size=4))
def test_parts_give_together_what_one_read_gives(rows: list[str], ending: str, borders: list[int]) -> None:
    data = ending.join(['{"a": 0}', *rows]).encode()
    whole = items(read, data)
    together = joined(read, data, [border for border in borders if border < len(data)])

    assert sorted(together.values) == sorted(values(whole))
    assert [line for _, text in together.lines for line in text.split("\n")] == [
        line for _, text in lines(whole) for line in text.split("\n")
    ]


def test_arrow_reads_regular_lines() -> None:
    data = b'{"id":1,"t":"2020-01-02","price":1.50,"tags":["a","b"],"at":{"x":null}}\n{"id": "x","price": 2}\n'
    table = ArrowLines(PathTree().root).read(data, 2)

    assert table is not None
    assert table.select(["id", "t", "price", "tags"]).to_pydict() == {
        "id": ["1", "x"],
        "t": ["2020-01-02", None],
        "price": ["1.50", "2"],
        "tags": [["a", "b"], None],
    }


@pytest.mark.parametrize(
    "line", [b'{"a":[1,null]}', b'{"a":-0}', b'{"a":1,"a":2}', b'{"a":1}{"a":2}', b"[1]", b'{"a":"' + b"x" * 5000 + b'"}']
)
def test_arrow_is_not_trusted_with_what_it_reads_otherwise(line: bytes) -> None:
    assert ArrowLines(PathTree().root).read(line + b'\n{"a":3}\n', 2) is None


def _read(rows: list[str], *, with_arrow: bool) -> list[Value]:
    window = Window(0, memoryview("\n".join(rows).encode()), last=True)
    return sorted(values(list(JsonLines(UTF_8, worth_arrow=0 if with_arrow else sys.maxsize).read(window))))


@settings(deadline=None, max_examples=80)
@given(st.lists(LINE, min_size=1, max_size=5))
def test_arrow_reads_what_python_reads(rows: list[str]) -> None:
    assert _read(rows, with_arrow=True) == _read(rows, with_arrow=False)


_REGULAR = st.fixed_dictionaries(
    {
        "id": st.integers(-1, 3) | st.just("-0") | st.integers(10**17, 10**20),
        "at": st.just('"2024-01-02T03:04:05Z"') | st.just("null"),
        "in": st.just('{"a":0,"b":[]}') | st.just('{"a":1,"b":[1,2]}') | st.just('{"a":1,"b":[null]}'),
        "text": st.text(max_size=5).map(json.dumps),
    }
)


@settings(deadline=None)
@given(st.lists(_REGULAR, min_size=1, max_size=6))
def test_lines_of_one_schema_are_read_by_both_alike(rows: list[dict[str, object]]) -> None:
    texts = ["{" + ",".join(f'"{name}":{value}' for name, value in row.items()) + "}" for row in rows]

    assert _read(texts, with_arrow=True) == _read(texts, with_arrow=False)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-9, 10**6), st.sampled_from(["1.5", "1.50", "0.10", "-2e5", "3.0E-7", "7"])), min_size=1, max_size=5))
def test_regular_lines_with_floats_are_read_by_both_alike(rows: list[tuple[int, str]]) -> None:
    texts = [f'{{"id":{number},"at":[{literal},{literal}],"s":"x: {literal}, y","n":null}}' for number, literal in rows]

    assert _read(texts, with_arrow=True) == _read(texts, with_arrow=False)


def test_what_the_first_lines_do_not_show_is_read_all_the_same() -> None:
    head = [f'{{"id":{number},"note":"{"x" * 200}","at":null}}' for number in range(1000)]
    rows = [*head, '{"id":1.50,"note":"2024-01-02","at":"2024-01-02"}']

    assert _read(rows, with_arrow=True) == _read(rows, with_arrow=False)


def test_a_stream_that_cannot_seek_cannot_be_read_in_parts() -> None:
    with pytest.raises(ReadError) as caught:
        items(read, b'{"a": 1}\n{"a": 2}\n', ByteRange(5, 18), seekable=False)

    assert caught.value.reason is Reason.IO_ERROR
