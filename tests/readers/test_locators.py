"""From characters to places."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.location import CellLocation, LineLocation, PageLocation, RecordLocation
from scanner.readers.locators import CellLocator, LineLocator, RecordLocator, json_path, shift


def test_columns_count_from_the_segments_own_place_only_on_its_first_line() -> None:
    locator = LineLocator(first_line=7, first_column=11)

    assert locator.at("abc\ndef", 1, 3) == LineLocation(7, 12, 7, 13)
    assert locator.at("abc\ndef", 4, 7) == LineLocation(8, 1, 8, 3)


def test_a_match_over_several_lines_ends_where_its_last_character_stands() -> None:
    assert LineLocator(1, 1).at("ab\ncd\nef", 1, 7) == LineLocation(1, 2, 3, 1)


@pytest.mark.parametrize("text", ["a\nb\nx", "a\r\nb\r\nx", "a\rb\rx", "a\r\nb\rx", "é\nü\r\nx"])
def test_every_kind_of_line_end_ends_a_line(text: str) -> None:
    assert LineLocator(1, 1).at(text, len(text) - 1, len(text)) == LineLocation(3, 1, 3, 1)


@settings(deadline=None)
@given(st.text(alphabet="a\r\né😀", max_size=30), st.data())
def test_lines_and_columns_are_those_that_one_counts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    before = text[:start].replace("\r\n", "\0\n")
    # A CR that is followed by the LF at `start` has not ended its line yet.
    ended = before if text[start : start + 1] != "\n" else before.removesuffix("\r") + "\0" * before.endswith("\r")
    lines = ended.replace("\r", "\n").split("\n")

    location = LineLocator(1, 1).at(text, start, start)

    assert (location.start, location.start_column) == (len(lines), len(lines[-1]) + 1)


def test_a_cell_is_found_by_row_and_column() -> None:
    assert CellLocator(2, 3, "card").at(5, 0, 16) == CellLocation(row=7, column=3, column_name="card", start=0, end=16)


def test_a_record_is_found_by_its_number_and_path() -> None:
    locator = RecordLocator(("orders", None, "card"), (np.array([0, 4]),), np.array([10, 12]), first_record=100)

    assert locator.at(1, 0, 4) == RecordLocation(112, "$.orders[4].card", 0, 4)


def test_without_records_each_value_is_the_next_record() -> None:
    assert RecordLocator(("a",), first_record=5).at(3, 0, 1) == RecordLocation(8, "$.a", 0, 1)


@pytest.mark.parametrize(
    ("elements", "path"),
    [
        (["CCN"], "$.CCN"),
        (["access", "key", 2], "$.access.key[2]"),
        ([0, "Card Number"], "$[0]['Card Number']"),
        ([], "$"),
        (["it's", "back\\slash", "new\nline", "\x01", ""], r"$['it\'s']['back\\slash']['new\nline']['\u0001']['']"),
        (["user@example.com", "2020", "naïve", "\ud800"], r"$['user@example.com']['2020'].naïve['\ud800']"),
    ],
)
def test_paths_have_the_form_of_macies_findings(elements: list[str | int], path: str) -> None:
    assert json_path(elements) == path


def test_parts_shift_lines_rows_and_records_and_nothing_else() -> None:
    page = PageLocation(1, 2, 3, 4)

    assert shift(LineLocation(1, 5, 2, 6), 10) == LineLocation(11, 5, 12, 6)
    assert shift(CellLocation(2, 3, "a"), 10) == CellLocation(12, 3, "a")
    assert shift(RecordLocation(0, "$.a"), 10) == RecordLocation(10, "$.a")
    assert shift(page, 10) == page
