"""Macie's findings as a response, an event and a stored result."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import botocore.session
from botocore.parsers import RestJSONParser

from scanner.model.location import LineLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, EMPLOYEE, SSN, cells, detection, occurrence, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING
from tests.reports.test_macie import findings


class TestMacieResponseSuite(SinkSuite):
    format = "macie-response"


class TestMacieEventsSuite(SinkSuite):
    format = "macie-events"


class TestMacieResultsSuite(SinkSuite):
    format = "macie-results"


def lines(suite: SinkSuite, results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in suite.written(results, **given).splitlines()]


def test_the_response_is_read_by_the_client_of_aws() -> None:
    operation = botocore.session.Session().get_service_model("macie2").operation_model("GetFindings")
    written = TestMacieResponseSuite().written(EVERYTHING, policies=[policy()])
    parsed = RestJSONParser().parse({"headers": {}, "status_code": 200, "body": written.encode()}, operation.output_shape)
    assert [one["id"] for one in parsed["findings"][:-1]] == [one["id"] for one in findings(EVERYTHING)]
    assert parsed["findings"][-1]["category"] == "POLICY"


def test_a_response_without_findings_is_one_too() -> None:
    assert json.loads(TestMacieResponseSuite().written([])) == {"findings": []}


def test_an_event_wraps_the_finding_and_says_null_where_macie_does() -> None:
    one = result(detection(SSN, 1))
    (event,) = lines(TestMacieEventsSuite(), [one])
    (found,) = findings([one])
    assert {name: event[name] for name in ("version", "detail-type", "source", "account", "time", "region", "resources")} == {
        "version": "0",
        "detail-type": "Macie Finding",
        "source": "aws.macie",
        "account": "000000000000",
        "time": "2026-03-01T12:00:00Z",
        "region": "local",
        "resources": [],
    }
    assert [len(part) for part in event["id"].split("-")] == [8, 4, 4, 4, 12]
    assert event["detail"]["policyDetails"] is None
    assert without_nulls(event["detail"]) == found
    occurrences = event["detail"]["classificationDetails"]["result"]["sensitiveData"][0]["detections"][0]["occurrences"]
    assert set(occurrences) == {"cells", "lineRanges", "offsetRanges", "pages", "records"}
    assert occurrences["pages"] is None


def without_nulls(value: Any) -> Any:
    match value:
        case dict():
            return {name: without_nulls(item) for name, item in value.items() if item is not None}
        case list():
            return [without_nulls(item) for item in value]
        case _:
            return value


def numbers(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for item in value.values():
                yield from numbers(item)
        case list():
            for item in value:
                yield from numbers(item)
        case int() | float() | None if not isinstance(value, bool):
            yield value


def test_results_hold_neither_numbers_nor_nulls() -> None:
    for line in lines(TestMacieResultsSuite(), EVERYTHING):
        assert list(numbers(line)) == []


def test_a_result_has_the_members_that_macie_writes() -> None:
    (line,) = lines(TestMacieResultsSuite(), [result(detection(CARD, 2), detection(EMPLOYEE, 3))])
    assert line["severity"] == {"score": "3", "description": "High"}
    assert line["createdAt"] == "2026-03-01T12:00:00Z"
    assert line["resourcesAffected"]["s3Object"]["lastModified"] == "2026-01-01T08:30:00Z"
    assert not {"updatedAt", "count", "sample", "archived"} & set(line)
    inside = line["classificationDetails"]["result"]
    assert "additionalOccurrences" not in inside
    (card,) = inside["sensitiveData"][0]["detections"]
    assert card["count"] == "2"
    assert card["occurrences"] == {
        "lineRanges": [],
        "pages": [],
        "records": [],
        "cells": [{"row": row, "column": "3", "columnName": "ssn"} for row in ("2", "3")],
    }
    assert inside["customDataIdentifiers"]["totalCount"] == "3"


def test_results_list_up_to_a_thousand_locations_of_each_type() -> None:
    (line,) = lines(TestMacieResultsSuite(), [result(detection(CARD, 3_000, cells(1_500)), detection(SSN, 2))])
    found = [one for group in line["classificationDetails"]["result"]["sensitiveData"] for one in group["detections"]]
    assert [len(one["occurrences"]["cells"]) for one in found] == [1_000, 2]


def test_every_object_has_a_line() -> None:
    skipped = result(of=stored("b"), outcome=Outcome(Status.SKIPPED, Reason.UNSUPPORTED_TYPE))
    partial = result(of=stored("c"), outcome=Outcome(Status.PARTIAL, Reason.MALFORMED))
    made = lines(TestMacieResultsSuite(), [result(), skipped, partial])
    assert [line["classificationDetails"]["result"]["status"] for line in made] == [
        {"code": "COMPLETE"},
        {"code": "SKIPPED", "reason": "UNSUPPORTED_FILE_TYPE_EXCEPTION"},
        {"code": "PARTIAL", "reason": "MALFORMED_FILE"},
    ]
    assert all("severity" not in line for line in made)


def test_members_of_archives_have_their_own_lines() -> None:
    inside = [occurrence(LineLocation(number, 1, number, 11), member=("in.zip", "a.txt")) for number in (1, 2)]
    whole, member = lines(TestMacieResultsSuite(), [result(detection(SSN, 3, [*inside, occurrence(LineLocation(5, 1, 5, 11))]))])
    found = [line["classificationDetails"]["result"]["sensitiveData"][0]["detections"][0] for line in (whole, member)]
    assert [(one["count"], len(one["occurrences"]["lineRanges"])) for one in found] == [("3", 1), ("2", 2)]
    assert member["resourcesAffected"]["s3Object"]["embeddedFileDetails"] == {"filePath": "in.zip!a.txt", "fileExtension": "txt"}
    assert "embeddedFileDetails" not in whole["resourcesAffected"]["s3Object"]
