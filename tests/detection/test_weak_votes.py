"""A check that most values pass says little of one of them, and much of a whole column."""

import pyarrow as pa
import pytest

from identifiers import load_catalogue
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence
from scanner.model.segment import ColumnSegment
from tests.detection.test_columns import Rows

_SSN = next(one for one in load_catalogue() if one.id == "USA_SOCIAL_SECURITY_NUMBER")
_DETECTOR = Detector((_SSN,), DetectionSettings(key=b"k" * 32))


def _numbers(count: int) -> list[str]:
    """So many different ones that could be Social Security numbers."""
    return [f"{101 + 7 * place % 560:03}-{1 + place % 99:02}-{1000 + 37 * place:04}" for place in range(count)]


def _found(values: list[str], *names: str) -> list[tuple[int, Confidence, str]]:
    segment = ColumnSegment(pa.array(values), "1", names, Rows())
    return [(one.count, one.confidence, one.occurrences[0].evidence[-1]) for one in _DETECTOR.conclude(_DETECTOR.tally([((), segment)]))]


@pytest.mark.parametrize("names", [(), ("value",), ("column_3",)])
def test_a_column_in_which_all_of_forty_pass_is_reported(names: tuple[str, ...]) -> None:
    assert _found(_numbers(40), *names) == [(40, Confidence.MEDIUM, "column:40 of 40 pass")]


def test_fewer_say_too_little() -> None:
    assert _found(_numbers(39)) == []
    assert _found(_numbers(10) * 10) == []


@pytest.mark.parametrize("wrong", ["666-10-1234", "123-00-1234", "123-45-0000", "923-45-1234"])
def test_one_that_does_not_pass_shows_that_they_are_something_else(wrong: str) -> None:
    assert _found([*_numbers(80), wrong]) == []


def test_under_a_header_that_says_what_else_they_are_nothing_is_reported() -> None:
    assert _found(_numbers(200), "part_number") == []


def test_in_longer_cells_each_stands_for_itself() -> None:
    assert _found([f"see file {number} in the cabinet of the second floor" for number in _numbers(80)]) == []
    assert _found([f"ssn {number}" for number in _numbers(2)])[0][0] == 2
