"""Phone numbers of a column that could be of several countries are of the one that most of the column could be of."""

from collections import Counter

import pyarrow as pa
import pytest

from identifiers import load_catalogue
from scanner.detection.detector import Detector
from scanner.detection.rules import make_rules
from scanner.detection.settings import DetectionSettings
from scanner.model.result import Detection
from scanner.model.segment import ColumnSegment
from tests.detection.test_columns import Rows

_PHONES = tuple(one for one in load_catalogue() if one.id in {"FRANCE_PHONE_NUMBER", "GERMANY_PHONE_NUMBER", "ITALY_PHONE_NUMBER"})
_DETECTOR = Detector(_PHONES, DetectionSettings(key=b"k" * 32))

_PHONE_OF = {rule.index: rule.identifier.id for rule in make_rules(_PHONES)}

# Of numbers that nobody has, as the regulators of France and Germany keep them for films; the latter could all be numbers of Italy, too.
FRENCH = [f"01 99 00 {number // 100:02} {number % 100:02}" for number in range(60)]
MOBILE = ["0171 39200415", "0171 39200416"]
"""Of Germany alone."""
BOTH = [f"0301 2345{number:02}" for number in range(20)]


def found(values: list[str]) -> dict[str, Detection]:
    tally = _DETECTOR.tally([((), ColumnSegment(pa.array(values), "1", ("phone",), Rows()))])
    return {one.identifier: one for one in _DETECTOR.conclude(tally)}


def counts(values: list[str]) -> dict[str, int]:
    return {name.partition("_")[0]: one.count for name, one in found(values).items()}


def test_alone_each_number_is_of_every_country_that_could_have_it() -> None:
    assert counts(BOTH[:1]) == {"FRANCE": 1, "GERMANY": 1, "ITALY": 1}
    assert set(counts(FRENCH[:1])) > {"FRANCE"}


@pytest.mark.parametrize("count", [5, 60, 600])
def test_a_column_is_of_the_country_that_explains_most_of_it(count: int) -> None:
    """Few values are looked at one by one, many at once."""
    numbers = [*MOBILE, *(f"030 9018{number:04}" for number in range(count))]

    assert counts([*numbers, *BOTH[:2]]) == {"GERMANY": count + 4}


def test_where_two_countries_explain_as_much_both_stay() -> None:
    assert counts([f"030 9018{number:04}" for number in range(30)]) == {"GERMANY": 30, "ITALY": 30}


def test_a_number_that_only_another_country_could_have_stays_with_that() -> None:
    numbers = [*MOBILE, *(f"030 9018{number:04}" for number in range(28))]
    mixed = counts([*numbers, "+33 1 99 00 12 34", "+39 347 1234567"])

    assert mixed == {"GERMANY": 30, "FRANCE": 1, "ITALY": 1}


def test_two_numbers_in_one_cell_are_two() -> None:
    numbers = [*MOBILE, *(f"030 9018{number:04}" for number in range(8))]

    assert counts([*numbers, "030 90180000 / +33 1 99 00 12 34"]) == {"GERMANY": 11, "FRANCE": 1}


def test_what_is_left_alone_votes() -> None:
    numbers = [*MOBILE, *(f"030 9018{number:04}" for number in range(38))]
    tally = _DETECTOR.tally([((), ColumnSegment(pa.array(numbers), "1", ("phone",), Rows()))])
    shapes = Counter[str]()
    for key, group in tally.groups.items():
        shapes[_PHONE_OF[key.rule]] += group.shapes

    assert shapes["GERMANY_PHONE_NUMBER"] == 40
    assert shapes["ITALY_PHONE_NUMBER"] == 0
