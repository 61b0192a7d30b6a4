"""Names and addresses in texts and in cells: any cutting finds the same, the cap is said, a pipeline of the user's can judge."""

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from identifiers import load_catalogue
from scanner.api import detect
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.model.location import CellLocation, LineLocation
from scanner.model.names_mode import NamesMode
from scanner.model.segment import ColumnSegment, TextSegment

WANTED = tuple(one for one in load_catalogue() if one.id in {"NAME", "ADDRESS"})
LETTER = (
    "Dear Ms. Okonkwo,\n\nThank you for the signed forms. The keys lie at 12 High Street, Leeds LS1 4AB, where Mr van der Berg\n"
    "hands them out. Please write to Mrs Eze as well.\n\n"
)


@dataclass(frozen=True)
class Offsets:
    base: int

    def at(self, text: str, start: int, end: int) -> LineLocation:
        assert 0 <= start < end <= len(text)
        return LineLocation(1, self.base + start, 1, self.base + end)


class Rows:
    def at(self, index: int, start: int, end: int) -> CellLocation:
        assert 0 <= start < end
        return CellLocation(index, 1, "remark", "")


def detector(names: NamesMode = NamesMode.FULL, model: str = "", cap: int | None = None) -> Detector:
    return Detector(WANTED, DetectionSettings(b"k" * 32, reveal=True, names=names, names_model=model, names_cap=cap))


def found(one: Detector, text: str, cuts: list[int]) -> dict[str, list[tuple[int, str]]]:
    pieces = pairwise(sorted({0, *cuts, len(text)}))
    tally = one.tally([((), TextSegment(text[start:end], Offsets(start), continues=start > 0)) for start, end in pieces])
    spans: dict[str, list[tuple[int, str]]] = {}
    for detection in one.conclude(tally):
        for occurrence in detection.occurrences:
            assert isinstance(occurrence.location, LineLocation)
            spans.setdefault(detection.identifier, []).append((occurrence.location.start_column - 1, occurrence.value or ""))
    return spans


def test_any_cutting_finds_the_same() -> None:
    text = "".join(f"{LETTER}Number {number} of this long file. " for number in range(40))
    whole = found(detector(), text, [])
    assert len(whole["ADDRESS"]) == 40
    assert len(whole["NAME"]) >= 100
    assert found(detector(), text, list(range(0, len(text), 777))) == whole
    assert found(detector(), text, [len(text) // 2, len(text) // 2 + 1]) == whole


def test_the_cap_ends_the_search_and_is_said() -> None:
    one = detector(cap=5)
    tally = one.tally([((), TextSegment(LETTER * 50, Offsets(0)))])
    detections = {detection.identifier: detection for detection in one.conclude(tally)}
    assert (detections["NAME"].count, detections["NAME"].capped) == (5, True)
    assert (detections["ADDRESS"].count, detections["ADDRESS"].capped) == (5, True)


def test_when_names_are_spent_addresses_are_found_by_rules_and_said_to_be_more() -> None:
    one = detector(model="own", cap=20)
    names = "Dear Ms. Okonkwo,\n\nThank you. Please write to Mrs Eze as well.\n\n" * 200
    last = "The keys lie at 12 High Street, Leeds LS1 4AB, where they are handed out.\n"
    detections = {each.identifier: each for each in one.conclude(one.tally([((), TextSegment(names + last, Offsets(0)))]))}
    assert (detections["NAME"].count, detections["NAME"].capped) == (20, True)
    assert (detections["ADDRESS"].count, detections["ADDRESS"].capped) == (1, True)
    assert detections["ADDRESS"].occurrences[0].evidence == ("rule:address",)


def test_fewer_than_the_cap_are_counted_to_the_end() -> None:
    one = detector(cap=5)
    detections = one.conclude(one.tally([((), TextSegment(LETTER, Offsets(0)))]))
    assert not any(detection.capped for detection in detections)


@pytest.mark.parametrize("names", [NamesMode.OFF, NamesMode.TABLES])
def test_nothing_is_looked_for_in_prose_where_it_is_not_wanted(names: NamesMode) -> None:
    one = detector(names)
    assert one.conclude(one.tally([((), TextSegment(LETTER, Offsets(0)))])) == ()


def test_cells_that_hold_prose_are_read() -> None:
    cells = [
        "ok",
        None,
        "Customer called, spoke to Mr van der Berg about the broken lamp",
        "12",
        "a long remark in which nobody is named at all",
    ]
    one = detector()
    tally = one.tally([((), ColumnSegment(pa.array(cells * 3), "1", ("remark",), Rows()))])
    (detection,) = one.conclude(tally)
    assert (detection.identifier, detection.count) == ("NAME", 3)
    assert {place.value for place in detection.occurrences} == {"van der Berg"}


def test_names_are_masked_and_told_with_evidence() -> None:
    text = "Dear Ms. Okonkwo,\nThe keys lie at 12 High Street, Leeds LS1 4AB, as before.\n"
    told = {(one.identifier, text[one.start : one.end]): one for one in detect(text)}
    assert "rule:address" in told["ADDRESS", "12 High Street, Leeds LS1 4AB"].evidence
    assert any(phrase.startswith("rule:") for phrase in told["NAME", "Okonkwo"].evidence)
    assert "Okonk" not in told["NAME", "Okonkwo"].mask


def test_a_pipeline_of_the_users_judges(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Zebulon Quartz"}, {"label": "ORG", "pattern": "Zebulon Works"}])
    path = os.path.join(tmp_path, "tiny")
    nlp.to_disk(path)
    one = detector(model=path)
    placed = one.find_spans("We met Zebulon Quartz in the yard of Zebulon Works, where the lathe is.")
    assert [(match.value, match.match.evidence) for match in placed] == [("Zebulon Quartz", ("model:tiny",))]
