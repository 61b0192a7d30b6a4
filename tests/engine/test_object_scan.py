"""One object, from its bytes to its result."""

import io
import json
from typing import BinaryIO

import pytest

from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.engine.object_scan import ObjectScan
from scanner.engine.task import Entry, Reading, Task
from scanner.model.location import LineLocation
from scanner.model.objects import StoredObject, Unlisted
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.readers.base import ByteRange
from scanner.readers.budget import Limits
from scanner.sources.stdin import StdinSource
from tests.engine.doubles import COLOUR, MIB, Shelf

DETECTOR = Detector((COLOUR,), DetectionSettings(b"key"))


def scan(shelf: Shelf, *, seconds: float = 60) -> dict[str, ObjectResult]:
    listed = [met for met in shelf.objects() if isinstance(met, StoredObject)]
    entries = tuple(Entry(position, stored) for position, stored in enumerate(listed))
    results = ObjectScan(shelf, DETECTOR, Limits(), seconds)(Task(entries))
    return {result.object.ref.key: result for result in results if isinstance(result, ObjectResult)}


def counts(result: ObjectResult) -> dict[str, int]:
    return {detection.identifier: detection.count for detection in result.detections}


def test_what_is_in_an_object_is_found() -> None:
    result = scan(Shelf({"a.txt": b"a red house\nand a blue one\n"}))["a.txt"]
    assert (result.outcome, result.media_type, result.bytes_read) == (SCANNED, "text/plain", 27)
    (detection,) = result.detections
    assert (detection.identifier, detection.count) == ("COLOUR", 2)
    assert [one.location for one in detection.occurrences] == [LineLocation(1, 3, 1, 5), LineLocation(2, 7, 2, 10)]


def test_an_object_without_bytes_is_empty() -> None:
    assert scan(Shelf({"a": b""}))["a"].outcome == Outcome(Status.SKIPPED, Reason.EMPTY)


def test_an_object_of_an_unknown_type_is_skipped() -> None:
    result = scan(Shelf({"a": b"\x89PNG\r\n\x1a\n" + bytes(100)}))["a"]
    assert (result.outcome.status, result.outcome.reason) == (Status.SKIPPED, Reason.UNSUPPORTED_TYPE)
    assert result.bytes_read == 0


def test_what_cannot_be_opened_has_its_reason() -> None:
    results = scan(Shelf({"a": "denied", "b": "gone", "c": b"red"}))
    assert results["a"].outcome == Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied")
    assert results["b"].outcome == Outcome(Status.SKIPPED, Reason.GONE)
    assert counts(results["c"]) == {"COLOUR": 1}


def test_what_was_found_before_the_disk_failed_counts() -> None:
    text = (b"red\n" + b"x" * 4_000_000 + b"\n") * 3
    result = scan(Shelf({"a.txt": text}, broken=("a.txt",)))["a.txt"]
    assert result.outcome == Outcome(Status.PARTIAL, Reason.IO_ERROR, "Input/output error")
    assert counts(result) == {"COLOUR": 3}


def test_what_was_found_before_the_time_was_up_counts() -> None:
    text = (b"red\n" + b"x" * MIB + b"\n") * 12
    result = scan(Shelf({"a.txt": text}), seconds=-12)["a.txt"]
    assert (result.outcome.status, result.outcome.reason) == (Status.PARTIAL, Reason.TIMEOUT)
    assert 0 < counts(result)["COLOUR"] < 12
    assert 0 < result.bytes_read < len(text)


def test_an_error_that_nobody_foresaw_costs_one_object_and_tells_no_content() -> None:
    results = scan(Shelf({"a": "stumble", "b": b"red"}))
    outcome = results["a"].outcome
    assert (outcome.status, outcome.reason) == (Status.FAILED, Reason.CRASH)
    assert outcome.detail.startswith("LookupError at engine/doubles.py:")
    assert "219-22-9999" not in repr(results["a"])
    assert results["b"].outcome == SCANNED


def test_running_out_of_memory_is_not_settled_here() -> None:
    class Huge(Shelf):
        def open(self, stored: StoredObject) -> BinaryIO:
            raise MemoryError(stored.ref.key)

    with pytest.raises(MemoryError):
        scan(Huge({"a": b"red"}))


def test_an_object_that_was_rewritten_since_it_was_listed_is_read_as_it_is_now() -> None:
    result = scan(Shelf({"a.txt": b"red"}, rewritten={"a.txt": b"blue and red"}))["a.txt"]
    assert (result.outcome, result.object.size, result.object.etag, result.bytes_read) == (SCANNED, 12, "2", 12)
    assert counts(result) == {"COLOUR": 2}


def test_an_object_that_never_rests_is_partial() -> None:
    result = scan(Shelf({"a.txt": b"red"}, restless=("a.txt",)))["a.txt"]
    assert (result.outcome.status, result.outcome.reason) == (Status.PARTIAL, Reason.CHANGED)
    assert counts(result) == {"COLOUR": 1}


def test_the_bytes_of_a_pipe_are_counted() -> None:
    pipe = StdinSource("a.txt", io.BufferedReader(io.BytesIO(b"red and blue\n")))
    (stored,) = pipe.objects()
    assert isinstance(stored, StoredObject)
    (result,) = ObjectScan(pipe, DETECTOR, Limits(), 60)(Task((Entry(0, stored, portable=False),)))
    assert isinstance(result, ObjectResult)
    assert (result.outcome, result.object.size, result.bytes_read, counts(result)) == (SCANNED, 13, 13, {"COLOUR": 2})


def test_one_part_of_an_object_is_read() -> None:
    shelf = Shelf({"a.txt": b"red\nblue\nred\n"})
    (stored,) = shelf.objects()
    assert not isinstance(stored, Unlisted)
    (reading,) = ObjectScan(shelf, DETECTOR, Limits(), 60)(Task((Entry(0, stored),), part=ByteRange(2, 6), number=1))
    assert isinstance(reading, Reading)
    assert reading.extent
    assert (reading.extent.start, reading.extent.end, reading.extent.units) == (4, 9, 1)
    assert [detection.count for detection in DETECTOR.conclude(reading.tally)] == [1]


def test_bad_records_are_told_and_the_others_are_read() -> None:
    lines = [json.dumps({"wall": "red"}), "{no json", *[json.dumps({"wall": "blue"})] * 8]
    result = scan(Shelf({"a.jsonl": "\n".join(lines).encode()}))["a.jsonl"]
    assert (result.outcome.status, result.outcome.reason) == (Status.PARTIAL, Reason.BAD_RECORDS)
    assert counts(result) == {"COLOUR": 9}
