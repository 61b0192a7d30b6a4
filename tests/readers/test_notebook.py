"""Notebooks: sources and outputs as texts with their paths, all else as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation, RecordLocation
from scanner.readers.budget import Limits
from tests.readers.opening import Found, is_sound, opened

SSN = "219-22-9999"
OTHER = "219-22-9998"
TABLE = f"<table><thead><tr><th>name</th><th>ssn</th></tr></thead><tr><td>Ann</td><td>{SSN}</td></tr></table>"


def notebook(*cells: object, **more: object) -> Found:
    return opened(json.dumps({"cells": cells, "nbformat": 4, "metadata": {}, **more}).encode(), "x.ipynb")


def test_a_source_is_one_text_over_its_lines() -> None:
    found = notebook({"cell_type": "code", "source": ["# social security\n", f"ssn = '{SSN}'\n"], "outputs": []})
    assert found.media_type == "application/x-ipynb+json"
    assert found.texts == {(): f"# social security\nssn = '{SSN}'\n"}
    assert found.place(SSN) == RecordLocation(0, "$.cells[0].source[1]", 7, 18)
    whole = notebook({"source": "x"}, {"cell_type": "markdown", "source": f"ssn {SSN}"})
    assert whole.place(SSN) == RecordLocation(0, "$.cells[1].source", 4, 15)


def test_outputs_are_read_and_pictures_are_not() -> None:
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": ["first\n", f"ssn {SSN}\n"]},
        {"output_type": "execute_result", "data": {"text/plain": [f"'{OTHER}'"], "image/png": "iVBORw0KGgo=", "text/html": [TABLE]}},
        {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": ["line one", "line two"]},
    ]
    found = notebook({"source": [], "outputs": outputs})
    assert found.place(SSN) == RecordLocation(0, "$.cells[0].outputs[0].text[1]", 4, 15)
    assert found.place(OTHER) == RecordLocation(0, "$.cells[0].outputs[1].data['text/plain'][0]", 1, 12)
    assert "line one\nline two\n" in found.texts[()]
    assert (("cells[0].outputs[1].html",), ("ssn",), [SSN]) in found.columns
    html = next(segment for segment in found.column_segments if segment.names == ("ssn",))
    assert html.locator.at(0, 0, 11) == CellLocation(2, 2, "ssn", "table 1!B2", 0, 11)
    assert "iVBOR" not in str(found.columns)


def test_all_else_is_json() -> None:
    found = notebook({"source": "x", "metadata": {"ssn": SSN}}, metadata={"authors": [{"name": "Ann Lee"}]})
    values = {names: values for _, names, values in found.columns}
    assert [SSN] in values.values()
    assert ["Ann Lee"] in values.values()
    place = next(segment for segment in found.column_segments if segment.values.to_pylist() == [SSN]).locator.at(0, 0, 11)
    assert place == RecordLocation(0, "$.cells[0].metadata.ssn", 0, 11)


@pytest.mark.parametrize(
    "made",
    [
        json.dumps({"cells": 3, "nbformat": 4, "a": SSN}),
        json.dumps(
            {
                "cells": ["x", {"source": 4, "outputs": {"a": 1}, "attachments": [1]}, {"outputs": ["y", {"data": [], "text": [1]}]}],
                "nbformat": 4,
                "a": SSN,
            }
        ),
        '{"cells": [{"source": "hidden", "source": "' + SSN + '"}], "nbformat": 4}',
        json.dumps({"a": SSN}),
        '{"cells": [], "nbformat": 4, "a": "' + SSN,
        '{"a": "' + SSN + '", "b": ' + "[" * 3000 + "]" * 3000 + "}",
    ],
    ids=range(6),
)
def test_what_is_no_whole_notebook_is_read_as_json(made: str) -> None:
    found = opened(made.encode(), "x.ipynb")
    assert found.failure is None
    assert SSN in str(found.columns) + str(found.texts)
    if "hidden" in made:
        assert "hidden" in str(found.columns)


def test_a_large_notebook_is_read_as_json() -> None:
    made = json.dumps({"cells": [{"source": [f"ssn {SSN}"] * 100}], "nbformat": 4}).encode()
    found = opened(made, "x.ipynb", Limits(memory_bytes=100))
    assert sum(values.count(f"ssn {SSN}") for _, _, values in found.columns) == 100


JSONS = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["source", "outputs", "text", "data", "text/html", "a"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.lists(JSONS, max_size=3))
def test_any_cells_are_sound(cells: list[object]) -> None:
    found = notebook(*cells)
    assert is_sound(found)
    assert found.failure is None
