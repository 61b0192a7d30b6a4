"""JSON documents: every value under its path, whatever is wrong with the rest of the document."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.location import LineLocation, RecordLocation
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment
from scanner.readers.json_document import document_windows, read
from scanner.readers.json_windows import JsonWindows
from scanner.readers.windows import Held
from tests.readers.reading import Value, items, lines, problems, text_of, values

MIB = 1024 * 1024


def located(data: bytes | str) -> list[tuple[int, str, str]]:
    """(record, path, text) of every value, in the order in which they come."""
    return _located(values(items(read, data.encode() if isinstance(data, str) else data)))


def _located(found: list[Value]) -> list[tuple[int, str, str]]:
    places = []
    for value in found:
        assert isinstance(value.location, RecordLocation)
        places.append((value.location.record_index, value.location.json_path, value.text))
    return places


def test_every_value_has_its_path() -> None:
    document = '{"name": "Anna", "orders": [{"card": "4111", "items": ["a", "b"]}, {"card": 5500}], "Card Number": 1}'

    assert located(document) == [
        (0, "$.name", "Anna"),
        (0, "$.orders[0].card", "4111"),
        (0, "$.orders[1].card", "5500"),
        (0, "$.orders[0].items[0]", "a"),
        (0, "$.orders[0].items[1]", "b"),
        (0, "$['Card Number']", "1"),
    ]


def test_values_of_one_path_are_one_column_named_by_its_elements() -> None:
    document = b'[{"orders": [{"card": "1"}, {"card": "2"}]}, {"orders": [{"card": "3"}]}]'
    columns = [item for item in items(read, document) if isinstance(item, ColumnSegment)]

    assert [(column.key, column.names, column.values.to_pylist()) for column in columns] == [
        ("$[*].orders[*].card", ("orders", "card"), ["1", "2", "3"])
    ]


def named(document: str) -> list[tuple[tuple[str, ...], list[str]]]:
    """Names and values of each column."""
    columns = [item for item in items(read, document.encode()) if isinstance(item, ColumnSegment)]
    return [(column.names, column.values.to_pylist()) for column in columns]


def test_a_member_that_names_another_stands_over_its_value() -> None:
    document = '{"env": [{"name": "DB_PASSWORD", "value": "a"}, {"name": "MODE", "value": "b"}, {"name": "DB_PASSWORD", "value": "c"}]}'

    assert named(document) == [
        (("env", "name"), ["DB_PASSWORD", "MODE", "DB_PASSWORD"]),
        (("env", "value", "DB_PASSWORD"), ["a", "c"]),
        (("env", "value", "MODE"), ["b"]),
    ]
    assert [path for _, path, _ in located(document) if path.endswith("value")] == ["$.env[0].value", "$.env[2].value", "$.env[1].value"]


@pytest.mark.parametrize(
    "pair",
    [
        '{"ParameterKey": "DBPassword", "ParameterValue": "a"}',
        '{"Value": "a", "Key": "DBPassword"}',
        '{"type": "text", "field": "DBPassword", "answer": "a", "more": {}}',
    ],
)
def test_pairs_have_many_names(pair: str) -> None:
    assert (("DBPassword", ["a"])) in [(names[-1], texts) for names, texts in named(f"[{pair}]")]
    assert (("DBPassword", ["a"])) in [(names[-1], texts) for names, texts in named(f"[{pair}, {{}}]")]


def test_what_is_data_names_nothing() -> None:
    assert named('[{"key": "2024-01-31", "value": "a"}]')[-1] == (("value",), ["a"])
    assert named('[{"name": 7, "value": "a"}]')[-1] == (("value",), ["a"])
    assert named('[{"name": "Anna", "amount": "a"}]')[-1] == (("amount",), ["a"])


def test_more_names_than_anyone_would_choose_name_nothing() -> None:
    pairs = [{"name": f"item {chr(97 + number // 26)}{chr(97 + number % 26)}", "value": "a"} for number in range(201)]

    assert (("value",), ["a"] * 201) in named(json.dumps(pairs))
    assert (("value",), ["a"] * 200) not in named(json.dumps(pairs[:200]))


def test_numbers_are_read_as_they_are_written() -> None:
    document = "[1.50, 1e400, 12345678901234567890123, -0, 4111111111111111, 0.1000]"

    assert [text for _, _, text in located(document)] == ["1.50", "1e400", "12345678901234567890123", "-0", "4111111111111111", "0.1000"]


def test_an_integer_of_five_thousand_digits_is_a_value() -> None:
    assert located("[" + "7" * 5000 + "]") == [(0, "$[0]", "7" * 5000)]


def test_true_false_null_and_nan_are_no_values() -> None:
    assert located('[true, false, null, NaN, -Infinity, "x"]') == [(0, "$[5]", "x")]


def test_both_of_two_members_of_the_same_name_are_seen() -> None:
    assert located('{"ssn": "219-09-9999", "a": {"b": 1, "b": 2}, "ssn": "219-09-9998"}') == [
        (0, "$.ssn", "219-09-9999"),
        (0, "$.a.b", "1"),
        (0, "$.a.b", "2"),
        (0, "$.ssn", "219-09-9998"),
    ]
    assert located('{"ssn" : 1, "ssn"\n:2}') == [(0, "$.ssn", "1"), (0, "$.ssn", "2")]


def test_half_a_surrogate_pair_does_not_hide_the_value_around_it() -> None:
    assert located(r'{"a": "219-09-9999 \ud800", "\udfff": "x"}') == [(0, "$.a", "219-09-9999 ?"), (0, r"$['\udfff']", "x")]


def test_names_that_hold_data_are_values_themselves() -> None:
    document = b'{"anna@example.com": {"id": 1}, "219-09-9999": {"id": 2}, "plain": 3}'
    keys = [item for item in items(read, document) if isinstance(item, ColumnSegment) and item.key == "$.{keys}"]

    assert [(value.location, value.text) for value in values(keys)] == [
        (RecordLocation(0, "$['anna@example.com']", 0, 16), "anna@example.com"),
        (RecordLocation(0, "$['219-09-9999']", 0, 11), "219-09-9999"),
    ]


def test_the_names_of_a_map_are_data_and_its_values_share_a_path() -> None:
    document = json.dumps({"users": {f"user {number}": {"card": str(number)} for number in range(300)}})
    columns = {item.key: item for item in items(read, document.encode()) if isinstance(item, ColumnSegment)}

    assert list(columns) == ["$.users.{keys}", "$.users.*.card"]
    assert columns["$.users.*.card"].names == ("users", "card")
    assert len(columns["$.users.*.card"].values) == 300
    assert columns["$.users.*.card"].locator.at(7, 0, 1) == RecordLocation(0, "$.users['user 7'].card", 0, 1)


def test_a_name_longer_than_any_name_is_data() -> None:
    long = "x" * 2000

    assert [(value.key, value.names) for value in values(items(read, f'{{"a": {{"{long}": 1}}}}'.encode()))] == [("$.a.*", ("a",))]


def test_documents_one_after_the_other_are_records() -> None:
    assert sorted(located('{"a": 1}{"a": 2}\n[3] "x"')) == [(0, "$.a", "1"), (1, "$.a", "2"), (2, "$[0]", "3"), (3, "$", "x")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_do_not_matter(encoding: str) -> None:
    assert located('{"größe": "Zürich"}'.encode(encoding)) == [(0, "$.größe", "Zürich")]


def test_what_was_read_before_the_document_breaks_counts_and_the_rest_is_text() -> None:
    found = items(read, b'{"a": "219-09-9999",\n "b": "x" oops,\n "c": "219-09-9998"}\n')

    assert [value.text for value in values(found)] == ["219-09-9999", "x"]
    assert lines(found) == [(LineLocation(2, 11, 2, 11), 'oops,\n "c": "219-09-9998"}\n')]
    assert problems(found) == [Problem(Reason.MALFORMED, "from line 2 on the rest is no JSON and was read as text")]


def test_a_truncated_document_is_read_to_its_end() -> None:
    found = items(read, b'[{"a": "one"}, {"a": "219-09-99')

    assert [value.text for value in values(found)] == ["one"]
    assert text_of(found) == '"219-09-99'
    assert [problem.reason for problem in problems(found)] == [Reason.MALFORMED]
    assert problems(items(read, b'[1, {"a": 2')) == [Problem(Reason.MALFORMED, "from line 1 on it ends in the middle of a value")]


@pytest.mark.parametrize("document", ["plain words", "{{ template }}", "[section]", '{"a', "'", "// comment\n{}"])
def test_what_is_no_json_from_the_beginning_is_left_to_others(document: str) -> None:
    with pytest.raises(ReadError) as caught:
        items(read, document.encode())

    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("document", ["", " \n ", "{}", "[]", "null", "[[], {}]"])
def test_a_document_may_be_empty(document: str) -> None:
    assert items(read, document.encode()) == []


@pytest.mark.parametrize("depth", [150, 900, 5000, 60_000])
def test_no_depth_hides_a_value(depth: int) -> None:
    found = values(items(read, b"[" * depth + b'"219-09-9999"' + b"]" * depth))

    assert [value.text for value in found] == ["219-09-9999"]
    assert len(found[0].key) == 1 + 3 * min(depth, 256)


def test_deep_objects_are_no_deeper_than_arrays() -> None:
    assert [value.text for value in values(items(read, b'{"a":' * 3000 + b'"219-09-9999"' + b"}" * 3000))] == ["219-09-9999"]


def test_large_documents_come_in_segments_whose_indices_go_on() -> None:
    record = b'{"id": %d, "note": "' + b"x" * 500 + b'"}'
    document = b'{"meta": {"n": 1}, "records": [' + b",".join(record % n for n in range(6_000)) + b'], "end": 2}'
    found = [item for item in items(read, document) if isinstance(item, ColumnSegment)]
    ids = [item for item in found if item.key == "$.records[*].id"]

    assert len(ids) == 2
    assert ids[1].values[0].as_py() == str(len(ids[0].values))
    assert ids[1].locator.at(0, 0, 1) == RecordLocation(0, f"$.records[{len(ids[0].values)}].id", 0, 1)
    assert sum(len(item.values) for item in ids) == 6_000
    assert [(value.key, value.text) for value in values(found) if value.key in ("$.meta.n", "$.end")] == [("$.meta.n", "1"), ("$.end", "2")]


def test_a_string_of_many_windows_is_one_value() -> None:
    assert [len(text) for _, _, text in located(b'{"a": "' + b"x" * 9 * MIB + b'", "b": "y"}')] == [9 * MIB, 1]


JSON = st.recursive(
    st.sampled_from([1, -2, 1.5, "x", "a,b]}", 'q"\\', "é\u2028", None, True, "", "[{", "\\"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(["a", "b", "c d", "e@f", "k9"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """One document or several, of which some are slightly broken."""
    indent = draw(st.sampled_from([None, 1]))
    text = "\n".join(json.dumps(draw(JSON), indent=indent, ensure_ascii=draw(st.booleans())) for _ in range(draw(st.integers(1, 3))))
    if draw(st.integers(0, 3)) == 0:
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(["", "}", "]", ",", '"', "x", "NaN", "{"])) + text[place + draw(st.integers(0, 1)) :]
    return text


def _in_windows(text: str, size: int) -> tuple[list[Value], bool]:
    """All values, and whether it was JSON to the end."""
    reading, found = JsonWindows(), []
    for window, cut in document_windows(Held(io.BytesIO(text.encode())), reading, size):
        found += values(reading.read(window, cut))
        if reading.stopped is not None:
            return sorted(found), False
    return sorted(found), not reading.frames


@settings(deadline=None, max_examples=100)
@given(documents(), st.integers(1, 40))
def test_no_window_size_changes_what_is_read(text: str, size: int) -> None:
    assert _in_windows(text, size) == _in_windows(text, MIB)


def _scalars(value: Any, path: str = "$") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        quoted = {"a": ".a", "b": ".b", "c d": "['c d']", "e@f": "['e@f']", "k9": ".k9"}
        return [found for name, inner in value.items() for found in _scalars(inner, path + quoted[name])]
    if isinstance(value, list):
        return [found for index, inner in enumerate(value) for found in _scalars(inner, f"{path}[{index}]")]
    return [] if value is None or isinstance(value, bool) else [(path, str(value))]


@settings(deadline=None)
@given(JSON)
def test_paths_and_values_are_those_of_pythons_own_reader(value: Any) -> None:
    found = [(path, text) for _, path, text in _located([one for one in _in_windows(json.dumps(value), MIB)[0] if "{keys}" not in one.key])]

    assert sorted(found) == sorted(_scalars(value))


def test_the_name_of_a_pair_may_be_an_address() -> None:
    document = '{"identifier": [{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "a"}]}'

    assert named(document)[-1] == (("identifier", "value", "us-ssn"), ["a"])
