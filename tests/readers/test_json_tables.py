"""Names that JSON keeps beside the values: pairs, identifiers of FHIR, tables written as arrays of arrays."""

import io
import json
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.segment import ColumnSegment
from scanner.readers.encoding import UTF_8
from scanner.readers.json_document import document_windows, read
from scanner.readers.json_lines import JsonLines
from scanner.readers.json_windows import JsonWindows
from scanner.readers.windows import Held, Window
from tests.readers.reading import Value, items, values

MIB = 1024 * 1024


def _columns(document: object) -> dict[str, list[str]]:
    """Last name -> values, of the columns that have names."""
    found = [item for item in items(read, json.dumps(document).encode()) if isinstance(item, ColumnSegment) and item.names]
    return {column.names[-1]: column.values.to_pylist() for column in found}


ROWS = [["Ann", "1"], ["Bo", "2"]]


@pytest.mark.parametrize(
    "table",
    [
        {"columns": ["name", "ssn"], "rows": ROWS},
        {"data": ROWS, "index": [0, 1], "columns": ["name", "ssn"]},
        {"schema": {"fields": [{"name": "name", "type": "STRING"}, {"name": "ssn"}]}, "rows": ROWS},
        {"fields": [{"id": "1", "label": "name"}, {"title": "ssn"}], "values": ROWS},
        {"majorDimension": "ROWS", "values": [["name", "ssn"], *ROWS]},
        [["name", "ssn"], *ROWS],
        {"anything": {"else": [["name", "ssn"], *ROWS]}},
    ],
)
def test_the_columns_of_a_table_have_their_names(table: object) -> None:
    found = _columns(table)

    assert found["name"][-2:] == ["Ann", "Bo"]
    assert found["ssn"] == ["1", "2"]


def test_tables_are_columns_of_their_own_and_every_cell_has_its_path() -> None:
    document = json.dumps([{"columns": ["a", "b"], "rows": [["x", "y"], ["z"]]}, {"columns": ["b", "c"], "rows": [["u", "v", "w"]]}])
    found = [value for value in values(items(read, document.encode())) if "rows" in value.names]

    assert [(value.key, value.names[1:], value.text, value.location.json_path) for value in sorted(found, key=lambda one: one.text)] == [  # type: ignore[union-attr]
        ("$[*].rows[*][*].{b}", ("b",), "u", "$[1].rows[0][0]"),
        ("$[*].rows[*][*].{c}", ("c",), "v", "$[1].rows[0][1]"),
        ("$[*].rows[*][*]", (), "w", "$[1].rows[0][2]"),
        ("$[*].rows[*][*].{a}", ("a",), "x", "$[0].rows[0][0]"),
        ("$[*].rows[*][*].{b}", ("b",), "y", "$[0].rows[0][1]"),
        ("$[*].rows[*][*].{a}", ("a",), "z", "$[0].rows[1][0]"),
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"a": [["x", "y"], ["u", "v"]]},
        {"a": [["alpha", "beta"], ["u", "v"]]},
        {"a": [["name", "beta", "gamma"], ["u", "v", "w"]]},
        {"a": [["name", "4111"], ["u", "v"]]},
        {"a": [["name"], ["u"]]},
        {"columns": "name", "rows": [["u", "v"]]},
        {"columns": ["name", "ssn"], "lines": [["u", "v"]]},
    ],
)
def test_what_heads_no_columns_names_nothing(document: dict[str, object]) -> None:
    assert not {"name", "ssn", "x", "y", "alpha", "beta"} & _columns(document).keys()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ({"system": "http://hl7.org/fhir/sid/us-ssn", "value": "1"}, "us-ssn"),
        ({"type": {"coding": [], "text": "Social Security Number"}, "system": "urn:oid:2.16", "value": "1"}, "Social Security Number"),
        ({"system": "phone", "value": "1"}, "phone"),
        ({"name": "ssn", "type": {"text": "x"}, "value": "1"}, "ssn"),
    ],
)
def test_an_identifier_says_what_it_is(value: object, name: str) -> None:
    assert _columns([value])[name] == ["1"]


_CELL = st.sampled_from(["name", "ssn", "x", "4111", "email"]) | st.integers(0, 3)
_ROW = st.lists(_CELL | st.lists(_CELL, max_size=2), max_size=3)
# What names something stands before it: a value before its name is named only where one window has both.
_TABLE = st.one_of(
    st.builds(
        lambda heads, rows: {"columns": heads, "rows": rows},
        st.lists(st.sampled_from(["name", "ssn", "x"]), max_size=3),
        st.lists(_ROW, max_size=4),
    ),
    st.lists(_ROW, max_size=5),
    st.lists(st.builds(lambda name, value: {"name": name, "value": value}, st.sampled_from(["ssn", "x", "4111"]), _CELL), max_size=4),
    st.builds(lambda key, more, value: {"key": key, "more": more, "value": value}, st.sampled_from(["ssn", "x"]), _ROW, _CELL),
    st.builds(lambda kind, value: {"type": kind, "value": value}, st.sampled_from([{"text": "ssn"}, "x"]), _CELL),
)


def _in_windows(text: str, size: int) -> list[Value]:
    reading, found = JsonWindows(), []
    for window, cut in document_windows(Held(io.BytesIO(text.encode())), reading, size):
        found += values(reading.read(window, cut))
    return sorted(found)


def _is_cut_well(text: str, size: int) -> bool:
    """Whether all windows of that size can be parsed, and none ends in what names something: names are far shorter than windows."""
    reading = JsonWindows()
    for window, cut in document_windows(Held(io.BytesIO(text.encode())), reading, size):
        if cut is not None and not cut.clean:
            return False
        list(reading.read(window, cut))
        if any(frame.name in {"columns", "type"} for frame in reading.frames):
            return False
    return True


@settings(deadline=None, max_examples=150)
@given(st.lists(_TABLE, min_size=1, max_size=3), st.integers(1, 60))
def test_names_are_the_same_wherever_a_document_is_cut(tables: list[Any], size: int) -> None:
    text = json.dumps(tables)
    if _is_cut_well(text, size):
        assert _in_windows(text, size) == _in_windows(text, MIB)


def _lines(rows: list[str], *, with_arrow: bool) -> list[Value]:
    window = Window(0, memoryview("\n".join(rows).encode()), last=True)
    return sorted(values(list(JsonLines(UTF_8, worth_arrow=0 if with_arrow else sys.maxsize).read(window))))


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.builds(lambda table: json.dumps({"of": table}), _TABLE)
        | st.builds(json.dumps, _TABLE.filter(lambda one: isinstance(one, dict))),
        min_size=1,
        max_size=4,
    )
)
def test_arrow_leaves_to_python_what_it_cannot_name(rows: list[str]) -> None:
    assert _lines(rows, with_arrow=True) == _lines(rows, with_arrow=False)


def test_lines_have_names_too() -> None:
    rows = [json.dumps({"at": number, "tags": [{"Key": "ssn", "Value": str(number)}]}) for number in range(50)]
    found = [value for value in _lines(rows, with_arrow=True) if value.names[-1] == "ssn"]

    assert len(found) == 50
    assert {value.key for value in found} == {"$.tags[*].Value.{ssn}"}
