"""Matches in their lines: long lines are cut, controls are written out, places count as in findings."""

import pytest

from scanner.acceptance.bench import Bench
from scanner.acceptance.why_nothing import Hint
from scanner.cli.sample_matches import as_record, as_text
from scanner.detection.text import Placed
from tests.acceptance.making import EMPLOYEE, found_alone


def found(regex: str, text: str) -> list[Placed]:
    identifier = found_alone(regex)
    return Bench((identifier,)).together.find_spans(text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a X1 b", ["ALONE  high  line 1, columns 3-4", "  a «X1» b", "  pattern"]),
        ("one\r\n\x1b[31mX1\r\nthree", ["ALONE  high  line 2, columns 6-7", r"  \x1b[31m«X1»", "  pattern"]),
        ("." * 100 + "X1" + "," * 100, ["ALONE  high  line 1, columns 101-102", f"  …{'.' * 60}«X1»{',' * 60}…", "  pattern"]),
    ],
)
def test_the_value_stands_marked_in_its_line(text: str, lines: list[str]) -> None:
    assert as_text(text, found("X1", text), (), 1).splitlines() == lines


def test_a_value_over_several_lines_is_shown_on_one() -> None:
    text = "say X\nY now"

    assert as_text(text, found("X\nY", text), (), 1).splitlines() == [
        "ALONE  high  lines 1-2, columns 5-1",
        r"  say «X\nY» now",
        "  pattern",
    ]


def test_a_long_value_is_cut_in_the_middle() -> None:
    text = "X" + "y" * 60 + "z" * 60 + "X"

    assert (
        as_text(text, found("X[yz]{120}X", text)[:0], (), 1) == "nothing found\nno part of the text has the shape of the identifier tried"
    )
    identifier = found_alone("X[yz]{120}X", max_length=122)
    placed = Bench((identifier,)).together.find_spans(text)
    assert as_text(text, placed, (), 1).splitlines()[1] == f"  «X{'y' * 59}…{'z' * 59}X»"


def test_hints_follow_what_was_found() -> None:
    text = "X1"

    assert as_text(text, found("X1", text), [Hint(EMPLOYEE.id, "lacks a \x07keyword")], 2).splitlines()[3:] == [
        r"EMPLOYEE_ID: lacks a \x07keyword"
    ]


def test_a_record_counts_lines_and_columns_from_one_and_characters_from_nought() -> None:
    text = "one\ntwo X1"
    [match] = found("X1", text)

    assert as_record(text, [match], [Hint("A", "b")]) == {
        "matches": [
            {
                "identifier": "ALONE",
                "start": 8,
                "end": 10,
                "line": 2,
                "column": 5,
                "value": "X1",
                "confidence": "high",
                "evidence": ["pattern"],
            }
        ],
        "hints": [{"identifier": "A", "message": "b"}],
    }
