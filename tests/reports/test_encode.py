"""Records as lines of JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.reports.encode import encode_line, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.dictionaries(st.text(st.characters(codec="utf-8")), JSON, max_size=4))
def test_every_record_is_one_line_and_means_the_same(record: dict[str, object]) -> None:
    line = encode_line(record)
    assert line.endswith(b"\n")
    assert len(line.decode().splitlines()) == 1
    assert json.loads(line) == record


def test_members_keep_their_order() -> None:
    assert encode_line({"b": 1, "a": [2]}) == b'{"b":1,"a":[2]}\n'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\x1b", "\\u001b"),
        ("\x7f", "\\u007f"),
        ("\x9b", "\\u009b"),
        ("\u2028", "\\u2028"),
        ("\u202e", "\\u202e"),
        ("\ufeff", "\\ufeff"),
        ("ü", "ü"),
    ],
)
def test_what_a_terminal_would_act_on_is_escaped(text: str, written: str) -> None:
    assert encode_line({"x": text}).decode() == '{"x":"' + written + '"}\n'


def test_lone_surrogates_become_replacement_characters_wherever_they_are() -> None:
    line = encode_line({"\ud800": [{"x": "a\udcff"}, ("\udfff",), None]})
    assert json.loads(line) == {"\ufffd": [{"x": "a\ufffd"}, ["\ufffd"], None]}


def test_a_name_as_plain_text_loses_only_what_is_no_utf_8() -> None:
    assert plain("a\udcff\udcc3ü") == "a\ufffd\ufffdü"
