"""Short columns give what they give one by one, however few of them are looked at."""

from dataclasses import dataclass

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.detection.detector import Detector, make_prefilter
from scanner.detection.keywords import index_keywords
from scanner.detection.plain_prefilter import PlainPrefilter
from scanner.detection.rules import make_rules
from scanner.detection.settings import DetectionSettings
from scanner.detection.small_columns import ShortSearch
from scanner.model.location import CellLocation
from scanner.model.occurrence import Confidence
from scanner.model.segment import ColumnSegment, ShortColumns
from tests.detection.rulesets import ALL, CARD, EMAIL, SSN

SETTINGS = DetectionSettings(key=b"k" * 32, min_confidence=Confidence.LOW, max_occurrences=5)
DETECTORS = {
    "fast": Detector(ALL, SETTINGS),
    "plain": Detector(ALL, SETTINGS, prefilter=lambda rules, keywords, _database: PlainPrefilter(rules, keywords)),
}
RULES = make_rules((CARD, EMAIL, SSN))
INDEX = index_keywords(RULES)


@dataclass(frozen=True)
class Rows:
    """A locator for one column."""

    column: int

    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 1, self.column, start=start, end=end)


VALUES = st.sampled_from(
    ["", "219-22-9999", "219229999", "ssn 219-22-9999", "a@b.de", "F-12345678", "employee F-12345678", "x12", "ab", "é", "x\0y",
     "card 4539578763621486", "4539578763621486", "plain words", None]
)  # fmt: skip
NAMES = st.sampled_from([(), ("ssn",), ("order id",), ("cards", "number"), ("social", "security"), ("employee",), ("a", "b")])
ARRAYS = (
    st.lists(VALUES, max_size=3).map(lambda values: pa.array(values, pa.string()))
    | st.lists(VALUES, min_size=1, max_size=3).map(lambda values: pa.array(values, pa.string()).dictionary_encode())
    | st.lists(VALUES, max_size=3).map(lambda values: pa.chunked_array([values, values[:1]], pa.string()))
    | st.lists(st.sampled_from([219229999, 7, None]), max_size=3).map(lambda values: pa.array(values, pa.int64()))
    | st.just(pa.array([True]))
)


@pytest.mark.parametrize("detector", DETECTORS.values(), ids=DETECTORS.keys())
@given(columns=st.lists(st.tuples(ARRAYS, NAMES), min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_a_group_gives_what_its_columns_give_one_by_one(detector: Detector, columns: list[tuple[pa.Array, tuple[str, ...]]]) -> None:
    segments = [ColumnSegment(values, str(number), names, Rows(number)) for number, (values, names) in enumerate(columns, start=1)]

    assert detector.tally([((), ShortColumns(tuple(segments)))]) == detector.tally([((), segment) for segment in segments])


def test_columns_in_which_nothing_can_be_are_not_looked_at() -> None:
    search = ShortSearch(RULES, INDEX, make_prefilter(RULES, INDEX.keywords))
    named = [ColumnSegment(pa.array([f"word {number}"]), str(number), ("ssn",), Rows(number)) for number in range(50)]
    told = ColumnSegment(pa.array(["219-22-9999"]), "50", ("ssn",), Rows(50))
    other = ColumnSegment(pa.array(["a@b.de"]), "51", (), Rows(51))

    assert search.worth_looking(ShortColumns((*named, told, other))) == [told, other]
