"""Locations in words."""

import pytest

from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, ParagraphLocation, RecordLocation
from scanner.reports.places import as_json, in_words


@pytest.mark.parametrize(
    ("location", "members", "words"),
    [
        (
            LineLocation(4, 7, 5, 2),
            {"kind": "line", "start": 4, "startColumn": 7, "end": 5, "endColumn": 2},
            "line 4, column 7",
        ),
        (
            CellLocation(2, 3, "ssn", "", 0, 11),
            {"kind": "cell", "row": 2, "column": 3, "columnName": "ssn", "start": 0, "end": 11},
            "row 2, column 3 (ssn)",
        ),
        (
            CellLocation(5, 3, "", "Sheet2!C5", 1, 2),
            {"kind": "cell", "row": 5, "column": 3, "reference": "Sheet2!C5", "start": 1, "end": 2},
            "Sheet2!C5",
        ),
        (
            RecordLocation(0, "$[0]['Card Number']", 0, 16),
            {"kind": "record", "recordIndex": 0, "jsonPath": "$[0]['Card Number']", "start": 0, "end": 16},
            "record 0, $[0]['Card Number']",
        ),
        (
            RecordLocation(9, "", 0, 16),
            {"kind": "record", "recordIndex": 9, "start": 0, "end": 16},
            "record 9",
        ),
        (
            PageLocation(3, 12, 1, 9),
            {"kind": "page", "page": 3, "line": 12, "startColumn": 1, "endColumn": 9},
            "page 3, line 12",
        ),
        (
            ParagraphLocation("header1", 2, "table 1, row 2, column 3", 4, 15),
            {"kind": "paragraph", "part": "header1", "paragraph": 2, "cell": "table 1, row 2, column 3", "start": 4, "end": 15},
            "header1, paragraph 2 (table 1, row 2, column 3)",
        ),
    ],
)
def test_a_location_as_members_and_as_words(location: Location, members: dict[str, object], words: str) -> None:
    assert as_json(location) == members
    assert in_words(location) == words
