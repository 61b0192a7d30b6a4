"""Names and addresses in columns: counted by row, located in the right cells, judged over all of an object."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa
import pytest

from identifiers import load_catalogue
from scanner.detection.allowed import AllowList, folded
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Tally, join
from scanner.model.location import CellLocation, RecordLocation
from scanner.model.names_mode import NamesMode
from scanner.model.occurrence import Confidence
from scanner.model.result import Detection
from scanner.model.segment import ColumnSegment, ShortColumns
from scanner.readers.locators import CellLocator, RecordLocator

Table = Mapping[str, Sequence[str | None]]

JUDGED = tuple(identifier for identifier in load_catalogue() if identifier.judged)
SETTINGS = DetectionSettings(key=b"k" * 32, reveal=True)
PEOPLE = ["Ann Hill", "Bo Chen", "Carla Rossi", "Dmitri Ivanov", "Eva Novak", "Fatima Haddad", "Greta Olsen", "Hugo Blanc", "Ivan Petrov"]
PEOPLE += ["Jana Kowalska", "Karim Hassan", "Lena Fischer"]
STREETS = ["12 Elm St", "9 Oak Ave", "77 Harbor Rd", "5 Pine Ln"]


def columns(table: Table, *, header: bool = True, first_row: int = 2) -> list[ColumnSegment]:
    return [
        ColumnSegment(pa.array(values, pa.string()), str(number), (name,) if header else (), CellLocator(first_row, number, name))
        for number, (name, values) in enumerate(table.items(), start=1)
    ]


def tally(segments: list[ColumnSegment] | list[ShortColumns], settings: DetectionSettings = SETTINGS) -> Tally:
    return Detector(JUDGED, settings).tally([((), segment) for segment in segments])


def found(table: Table, settings: DetectionSettings = SETTINGS, *, header: bool = True) -> dict[str, Detection]:
    return concluded(tally(columns(table, header=header), settings), settings)


def concluded(told: Tally, settings: DetectionSettings = SETTINGS) -> dict[str, Detection]:
    return {one.identifier: one for one in Detector(JUDGED, settings).conclude(told)}


def cells(detection: Detection) -> list[tuple[int, int, str | None]]:
    places = ((one.location, one.value) for one in detection.occurrences)
    return [(place.row, place.column, value) for place, value in places if isinstance(place, CellLocation)]


def test_a_split_name_is_one_in_each_row_where_its_first_part_stands() -> None:
    told = found({"id": ["1", "2", "3", "4"], "first_name": ["Ann", "", None, "Eva"], "last_name": ["Hill", "Chen", None, "Novak"]})

    assert set(told) == {"NAME"}
    assert told["NAME"].count == 3
    assert cells(told["NAME"]) == [(2, 2, "Ann Hill"), (3, 3, "Chen"), (5, 2, "Eva Novak")]
    assert told["NAME"].occurrences[0].evidence == ("name:first name", "with:last_name", "values:5 of 5 known")
    assert told["NAME"].confidence is Confidence.HIGH


def test_a_split_address_is_one_in_each_row_located_in_the_street() -> None:
    table: Table = {
        "zip": ["45431", "45432", "44301", "44302"],
        "street": [STREETS[0], "n/a", " " + STREETS[2], STREETS[3]],
        "city": ["Dayton", "Dayton", "Akron", ""],
    }
    told = found(table)

    assert cells(told["ADDRESS"]) == [
        (2, 2, "12 Elm St, 45431, Dayton"),
        (4, 2, "77 Harbor Rd, 44301, Akron"),
        (5, 2, "5 Pine Ln, 44302"),
    ]
    assert [(one.location.start, one.location.end) for one in told["ADDRESS"].occurrences if isinstance(one.location, CellLocation)] == [
        (0, 9),
        (1, 13),
        (0, 9),
    ]
    assert told["ADDRESS"].occurrences[0].evidence[:2] == ("name:street", "with:zip,city")


def test_two_addresses_in_a_row_are_two() -> None:
    table: Table = {
        "billing_street": [*STREETS],
        "billing_city": ["Dayton"] * 4,
        "shipping_street": [*STREETS],
        "shipping_city": ["Akron"] * 4,
    }
    told = found(table)["ADDRESS"]

    assert told.count == 8
    assert {one.evidence[1] for one in told.occurrences} == {"with:billing_city", "with:shipping_city"}


@pytest.mark.parametrize(
    "table",
    [
        {"product_name": PEOPLE},
        {"name": ["Oak table", "Blue chair", "Desk lamp", "Green rug", "Wall clock"]},
        {"name": ["Acme Inc", "Hill & Sons Ltd", "Rossi SpA", "Novak sro"]},
        {"city": ["Dayton", "Akron", "Paris"]},
        {"city": ["Dayton", "Akron"], "zip": ["45431", "44301"]},
        {"address": ["10.0.0.1", "10.0.0.2", "10.0.0.3"]},
        {"job_title": ["Baker", "Cook", "Carpenter"]},
        {"username": ["ann", "bo", "carla"]},
        {"name": ["README.md", "ann.txt", "hill.csv"]},
        {"first_name": ["1", "2", "3"]},
    ],
)
def test_look_alikes_are_none(table: Table) -> None:
    assert found(table) == {}


def test_city_and_postal_code_count_beside_a_name() -> None:
    table: Table = {"full_name": [*PEOPLE[:2]], "city": ["Dayton", "Akron"], "zip": ["45431", "44301"]}

    assert cells(found(table)["ADDRESS"]) == [(2, 2, "Dayton, 45431"), (3, 2, "Akron, 44301")]


def test_values_alone_must_be_many() -> None:
    assert cells(found({"a": [*PEOPLE]}, header=False)["NAME"])[0] == (2, 1, "Ann Hill")
    assert found({"a": PEOPLE[:9] * 3}, header=False) == {}


def test_windows_of_one_column_are_one_detection() -> None:
    """The second window is too small to be judged by itself."""
    first, second = columns({"a": [*PEOPLE]}, header=False), columns({"a": ["Mia Berg"]}, header=False, first_row=14)
    told = concluded(tally([*first, *second]))["NAME"]

    assert told.count == len(PEOPLE) + 1
    assert cells(told)[-1] == (14, 1, "Mia Berg")


def test_parts_of_an_object_are_judged_together() -> None:
    half = tally(columns({"full_name": [*PEOPLE[:6]]}, first_row=1))
    told = concluded(join([(half, 0), (half, 6)], 1000))["NAME"]

    assert told.count == 12
    assert cells(told)[6] == (7, 1, "Ann Hill")


def test_short_columns_of_a_document_are_one_table() -> None:
    def column(name: str, value: str) -> ColumnSegment:
        return ColumnSegment(pa.array([value]), f"$.{name}", (name,), RecordLocator((name,)))

    group = ShortColumns((column("first_name", "Ann"), column("age", "7"), column("last_name", "Hill")))

    assert [one.value for one in concluded(tally([group]))["NAME"].occurrences] == ["Ann Hill"]


def record_column(name: str, values: list[str], records: list[int], steps: tuple[list[int], ...] = ()) -> ColumnSegment:
    import numpy as np

    locator = RecordLocator((name, *(None for _ in steps)), tuple(map(np.array, steps)), np.array(records))
    return ColumnSegment(pa.array(values), f"$.{name}", (name,), locator)


def test_records_that_leave_out_fields_are_put_together_by_record() -> None:
    segments = [record_column("first_name", ["Ann", "Eva"], [0, 2]), record_column("last_name", ["Hill", "Chen"], [0, 1])]
    told = concluded(tally(segments))["NAME"]

    places = [(one.location, one.value) for one in told.occurrences]
    assert [(place.record_index, place.json_path, value) for place, value in places if isinstance(place, RecordLocation)] == [
        (0, "$.first_name", "Ann Hill"),
        (1, "$.last_name", "Chen"),
        (2, "$.first_name", "Eva"),
    ]


def test_values_of_which_nobody_can_tell_the_record_are_not_put_together() -> None:
    segments = [record_column("first_name", ["Ann", "Eva"], [0, 0], ([0, 1],)), record_column("last_name", ["Hill"], [0])]
    told = concluded(tally(segments))["NAME"]

    assert [one.value for one in told.occurrences] == ["Ann", "Eva"]


def test_the_cap_bounds_the_list_and_not_the_count() -> None:
    settings = replace(SETTINGS, names_cap=5)
    told = found({"full_name": PEOPLE * 3}, settings)["NAME"]

    assert (told.count, len(told.occurrences)) == (36, 5)
    uncapped = found({"full_name": PEOPLE * 200}, replace(SETTINGS, names_cap=None, max_occurrences=5000))["NAME"]
    assert (uncapped.count, len(uncapped.occurrences)) == (2400, 2400)


def test_what_is_allowed_is_counted_apart() -> None:
    settings = replace(SETTINGS, allow=AllowList(texts=frozenset({folded("Ann Hill")})))
    told = tally(columns({"first_name": ["Ann", "Bo"], "last_name": ["Hill", "Chen"]}), settings)

    assert concluded(told, settings)["NAME"].count == 1
    assert Detector(JUDGED, settings).count_allowed(told) == {"NAME": 1}


def test_values_are_masked_and_comparable_across_tables() -> None:
    hidden = DetectionSettings(key=os.urandom(32))
    split = found({"first_name": ["Ann"], "last_name": ["Hill"]}, hidden)["NAME"].occurrences[0]
    whole = found({"full_name": ["ANN HILL"]}, hidden)["NAME"].occurrences[0]

    assert split.value is None
    assert split.mask == "*** ****"
    assert split.fingerprint == whole.fingerprint


def test_off_looks_for_none() -> None:
    assert found({"full_name": [*PEOPLE]}, replace(SETTINGS, names=NamesMode.OFF)) == {}
    assert found({"full_name": [*PEOPLE]}, replace(SETTINGS, names=NamesMode.TABLES))["NAME"].count == len(PEOPLE)


@pytest.mark.parametrize("kind", [pa.dictionary(pa.int32(), pa.string()), pa.large_string(), pa.string_view()])
def test_texts_of_any_kind_are_read(kind: pa.DataType) -> None:
    values = pa.array(PEOPLE).cast(kind)
    segment = ColumnSegment(pa.chunked_array([values, values]), "1", ("full_name",), CellLocator(1, 1, "full_name"))

    assert concluded(tally([segment]))["NAME"].count == 2 * len(PEOPLE)
