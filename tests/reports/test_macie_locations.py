"""Which places Macie's form tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.model.location import CellLocation, RecordLocation
from scanner.reports.macie_locations import by_array, shared_locations
from tests.reports.build import SSN, cells, detection, occurrence


def shares(*located: int) -> list[int]:
    return [len(one) for one in shared_locations([detection(SSN, count, cells(count)) for count in located])]


@pytest.mark.parametrize(
    ("available", "expected"),
    [
        ((30,), [15]),
        ((30, 30, 30), [5, 5, 5]),
        ((30,) * 5, [3] * 5),
        ((30,) * 6, [3, 3, 3, 2, 2, 2]),
        ((1, 30), [1, 14]),
        ((0, 2, 30), [0, 2, 13]),
        ((1,) * 20, [1] * 15 + [0] * 5),
        ((), []),
    ],
)
def test_fifteen_locations_are_shared_evenly(available: tuple[int, ...], expected: list[int]) -> None:
    assert shares(*available) == expected


@given(st.lists(st.integers(0, 20), max_size=20))
def test_no_location_is_held_back_while_there_is_room(available: list[int]) -> None:
    given_out = shares(*available)
    assert sum(given_out) == min(15, sum(available))
    assert all(share <= most for share, most in zip(given_out, available, strict=True))


def test_the_first_locations_of_each_are_taken() -> None:
    ((only, *_),) = shared_locations([detection(SSN, 20, cells(20))])
    assert only == ("cells", {"row": 2, "column": 3, "columnName": "ssn"})


def test_a_spreadsheet_cell_has_its_reference() -> None:
    cell = occurrence(CellLocation(5, 3, "ssn", "Sheet2!C5", 0, 11))
    (located,) = shared_locations([detection(SSN, 1, [cell])])
    assert by_array(located) == {"cells": [{"row": 5, "column": 3, "columnName": "ssn", "cellReference": "Sheet2!C5"}]}


def test_a_record_without_a_path_has_only_its_index() -> None:
    (located,) = shared_locations([detection(SSN, 1, [occurrence(RecordLocation(7, ""))])])
    assert by_array(located) == {"records": [{"recordIndex": 7}]}
