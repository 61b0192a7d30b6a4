"""A value in a name is masked like any other value."""

from dataclasses import dataclass

import pyarrow as pa

from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.model.location import CellLocation, ParagraphLocation, RecordLocation
from scanner.model.segment import ColumnSegment
from tests.detection.rulesets import CARD, EMAIL, SSN

KEY = b"k" * 32


@dataclass(frozen=True)
class Paths:
    """A locator whose paths hold the keys of a map."""

    def at(self, index: int, start: int, end: int) -> RecordLocation:
        return RecordLocation(0, f"$.users['user{index}@example.com'].ssn", start, end)


@dataclass(frozen=True)
class Cells:
    """A locator of a table whose first row was taken for its header."""

    def at(self, index: int, start: int, end: int) -> CellLocation:
        return CellLocation(index + 2, 1, "ssn 219-22-9997", start=start, end=end)


@dataclass(frozen=True)
class Sheets:
    """A locator of a sheet that is called by a number, and of a comment on it."""

    def at(self, index: int, start: int, end: int) -> CellLocation | ParagraphLocation:
        if index:
            return ParagraphLocation("ssn 219-22-9997/notes", 1, "'ssn 219-22-9997'!B6", start, end)
        return CellLocation(2, 1, "ssn", "'ssn 219-22-9997'!A12345", start, end)


def test_a_number_that_is_the_name_of_a_sheet_is_masked_in_references() -> None:
    detector = Detector((SSN,), DetectionSettings(KEY))
    segment = ColumnSegment(pa.array(["219-22-9999", "219-22-9998"]), "ssn 219-22-9997!1", ("ssn",), Sheets())

    (found,) = detector.conclude(detector.tally([((), segment)]))

    assert [occurrence.location for occurrence in found.occurrences] == [
        CellLocation(2, 1, "ssn", "'ssn ***-**-**97'!A12345", 0, 11),
        ParagraphLocation("ssn ***-**-**97/notes", 1, "'ssn ***-**-**97'!B6", 0, 11),
    ]
    assert [column.name for column in found.columns] == ["ssn ***-**-**97.ssn"]


def test_a_key_that_is_an_address_is_masked_in_the_path() -> None:
    detector = Detector((CARD, EMAIL, SSN), DetectionSettings(KEY))
    segment = ColumnSegment(pa.array(["219-22-9999"]), "$.users.*.ssn", ("users", "ssn"), Paths())

    (found,) = detector.conclude(detector.tally([((), segment)]))

    assert found.occurrences[0].location == RecordLocation(0, "$.users['*****@******e.com'].ssn", 0, 11)


def test_a_header_that_is_a_number_is_masked() -> None:
    detector = Detector((CARD, EMAIL, SSN), DetectionSettings(KEY))
    segment = ColumnSegment(pa.array(["219-22-9999"]), "1", ("ssn 219-22-9997",), Cells())

    (found,) = detector.conclude(detector.tally([((), segment)]))

    assert found.occurrences[0].location == CellLocation(2, 1, "ssn ***-**-**97", start=0, end=11)


def test_revealed_values_may_stand_in_names_too() -> None:
    detector = Detector((CARD, EMAIL, SSN), DetectionSettings(KEY, reveal=True))
    segment = ColumnSegment(pa.array(["219-22-9999"]), "1", ("ssn 219-22-9997",), Cells())

    (found,) = detector.conclude(detector.tally([((), segment)]))

    assert found.occurrences[0].location == CellLocation(2, 1, "ssn 219-22-9997", start=0, end=11)
