"""JSON Lines, the form for programs."""

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scanner.model.location import CellLocation, LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.objects import ObjectRef
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from scanner.reports.policies import LEVELS, BucketFinding
from scanner.reports.registry import open_sink
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, EMAIL, EMPLOYEE, KEY, RUN, SSN, SUMMARY, cells, detection, occurrence, options, policy, result, stored

SCHEMA = Path(__file__).parents[2] / "docs/finding.schema.json"


class TestJsonlSuite(SinkSuite):
    format = "jsonl"


def records(
    results: Sequence[ObjectResult], sink_options: SinkOptions | None = None, policies: Sequence[BucketFinding] = ()
) -> list[dict[str, Any]]:
    return [json.loads(line) for line in TestJsonlSuite().written(results, sink_options, policies=policies).split("\n")[:-1]]


def finding(one: ObjectResult, sink_options: SinkOptions | None = None) -> dict[str, Any]:
    (only,) = [record for record in records([one], sink_options) if record["record"] == "finding"]
    return only


def test_the_run_comes_first_and_the_summary_last() -> None:
    kinds = [record["record"] for record in records([result(detection(SSN, 1)), result(of=stored("b"))])]
    assert kinds == ["run", "finding", "summary"]


def test_the_run_says_how_to_repeat_it() -> None:
    assert records([])[0] == {
        "record": "run",
        "id": "6f1d2c3b4a5968778695a4b3c2d1e0ff",
        "version": "0.1.0",
        "started": "2026-03-01T12:00:00.250Z",
        "targets": ["/srv/data"],
        "identifiers": ["EMAIL_ADDRESS", "USA_SOCIAL_SECURITY_NUMBER"],
        "rulesetDigest": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
        "settings": {"max_occurrences": 1000, "min_confidence": "medium"},
    }


def test_the_summary_counts_by_outcome_and_reason_and_gives_the_rate() -> None:
    assert records([])[-1] == {
        "record": "summary",
        "complete": True,
        "interrupted": False,
        "objects": 3,
        "outcomes": {"scanned": 2, "skipped": 1},
        "reasons": {"skipped:empty": 1},
        "findings": {"high": 1},
        "occurrences": {"USA_SOCIAL_SECURITY_NUMBER": 2},
        "bytesListed": 2048,
        "bytesRead": 2000,
        "allowed": {},
        "seconds": 0.5,
        "bytesPerSecond": 4000,
    }


def test_without_a_clock_there_is_no_rate() -> None:
    line = TestJsonlSuite().written([], summary=replace(SUMMARY, seconds=0.0)).splitlines()[-1]
    assert json.loads(line)["bytesPerSecond"] is None


def test_an_object_that_was_not_plainly_scanned_has_an_outcome_record() -> None:
    denied = result(of=stored("locked", size=7), outcome=Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied"), media_type="")
    assert records([result(), denied])[1:-1] == [
        {
            "record": "outcome",
            "uri": "file:///srv/data/locked",
            "path": "/srv/data/locked",
            "size": 7,
            "mediaType": "",
            "bytesRead": 7,
            "outcome": {"status": "failed", "reason": "access_denied", "detail": "Permission denied"},
            "problems": [],
        }
    ]


def test_a_partly_scanned_object_with_findings_has_both_records() -> None:
    problem = Problem(Reason.ENCRYPTED, "it needs a password", ("inner.zip", "a.txt"))
    partial = result(detection(SSN, 1), outcome=Outcome(Status.PARTIAL, Reason.MEMBERS_UNREAD), problems=(problem,))
    _, found, outcome, _ = records([partial])
    assert (found["record"], outcome["record"]) == ("finding", "outcome")
    assert found["outcome"] == outcome["outcome"] == {"status": "partial", "reason": "members_unread"}
    assert (
        found["problems"]
        == outcome["problems"]
        == [{"reason": "encrypted", "detail": "it needs a password", "member": ["inner.zip", "a.txt"]}]
    )


def test_every_object_has_an_outcome_record_on_request() -> None:
    outcomes = [
        record for record in records([result(), result(detection(SSN, 1))], options(all_outcomes=True)) if record["record"] == "outcome"
    ]
    assert [record["outcome"] for record in outcomes] == [{"status": "scanned"}, {"status": "scanned"}]


def test_our_members_stand_beside_those_of_macie() -> None:
    found = finding(result(detection(SSN, 2)))
    assert {name: found[name] for name in ("uri", "path", "confidence", "bytesRead", "outcome", "problems")} == {
        "uri": "file:///srv/data/people/customers.csv",
        "path": "/srv/data/people/customers.csv",
        "confidence": "high",
        "bytesRead": 1200,
        "outcome": {"status": "scanned"},
        "problems": [],
    }
    assert found["detections"] == [
        {
            "identifier": "USA_SOCIAL_SECURITY_NUMBER",
            "name": "Usa social security number",
            "category": "personal",
            "severity": "high",
            "confidence": "high",
            "count": 2,
            "occurrences": [
                {
                    "location": {"kind": "cell", "row": row, "column": 3, "columnName": "ssn", "start": 0, "end": 11},
                    "confidence": "high",
                    "evidence": ["pattern", "check:us_ssn", "name:ssn"],
                    "mask": "***-**-9999",
                    "fingerprint": "0123456789abcdef0123456789abcdef",
                }
                for row in (2, 3)
            ],
        }
    ]


def test_the_member_path_of_an_archive_is_kept_whole() -> None:
    inside = occurrence(LineLocation(1, 1, 1, 11), member=("inner.zip", "a.txt"))
    found = finding(result(detection(SSN, 1, [inside])))
    assert found["detections"][0]["occurrences"][0]["member"] == ["inner.zip", "a.txt"]


def test_values_are_written_only_when_revealed() -> None:
    secret = Occurrence(CellLocation(2, 1), Confidence.HIGH, (), "***-**-9999", "0" * 32, value="219-22-9999")
    one = result(detection(SSN, 1, [secret]))
    assert finding(one, options(reveal=True))["detections"][0]["occurrences"][0]["value"] == "219-22-9999"
    assert "value" not in finding(one)["detections"][0]["occurrences"][0]


def test_a_name_that_is_not_utf_8_round_trips() -> None:
    odd = stored("odd/\udcff\u00fc.csv")
    found = finding(result(detection(SSN, 1), of=odd))
    assert found["uri"] == "file:///srv/data/odd/%FF%C3%BC.csv"
    assert found["path"] == "/srv/data/odd/\ufffd\u00fc.csv"
    assert found["keyBase64"] == "b2RkL//DvC5jc3Y="
    assert found["resourcesAffected"]["s3Object"]["key"] == "odd/\ufffd\u00fc.csv"


def test_each_record_is_flushed_when_it_is_written() -> None:
    flushed: list[int] = []

    class Counts(io.BytesIO):
        def flush(self) -> None:
            flushed.append(self.tell())

    sink = open_sink("jsonl", Counts(), options())
    sink.begin(RUN)
    sink.write(result(detection(SSN, 1)))
    assert len(flushed) == 2
    assert flushed[0] < flushed[1]


EVERYTHING = [
    result(detection(KEY, 1, [occurrence(LineLocation(1, 5, 2, 15))]), detection(CARD, 2), detection(EMPLOYEE, 3), detection(SSN, 100)),
    result(
        detection(
            SSN, 3, [occurrence(PageLocation(1, 2, 3, 4)), occurrence(ParagraphLocation("header1", 2)), occurrence(RecordLocation(0, ""))]
        )
    ),
    result(detection(SSN, 1, [occurrence(RecordLocation(3, "$.a[0]['b c']", 1, 2), member=("x",))])),
    result(detection(EMAIL, 40, cells(20)), of=stored("\udcff")),
    result(detection(EMAIL, 1), of=replace(stored("k", bucket="bucket", store="s3"), storage_class="GLACIER_IR", modified=None)),
    result(detection(EMAIL, 1), of=replace(stored("feed", bucket="", store="stdin", size=0), modified=None, etag="")),
    result(detection(EMAIL, 1), of=replace(stored(), ref=ObjectRef("s3", "b", "k", "v1"))),
    *(
        result(
            detection(SSN, 1), outcome=Outcome(Status.PARTIAL, reason, "why"), problems=(Problem(reason), Problem(reason, "why", ("m",)))
        )
        for reason in Reason
    ),
]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_every_record_keeps_to_the_published_schema(validator: jsonschema.Draft202012Validator) -> None:
    for record in records(EVERYTHING, options(all_outcomes=True), [policy(severity=level) for level in LEVELS]):
        validator.validate(record)


@pytest.mark.parametrize("text", HOSTILE)
def test_records_about_hostile_names_keep_to_the_schema(validator: jsonschema.Draft202012Validator, text: str) -> None:
    one = hostile_result(text, "plain")
    for record in records([one], SinkOptions(hostile_identifiers(text)), [policy(text)]):
        validator.validate(record)


def test_the_schema_knows_every_reason(validator: jsonschema.Draft202012Validator) -> None:
    assert set(validator.schema["$defs"]["reason"]["enum"]) == {reason.value for reason in Reason}


@pytest.mark.parametrize("member", ["uri", "detections", "severity", "outcome", "id"])
def test_the_schema_misses_what_is_missing(validator: jsonschema.Draft202012Validator, member: str) -> None:
    found = finding(result(detection(SSN, 1)))
    del found[member]
    assert not validator.is_valid(found)


def test_the_schema_refuses_members_that_are_not_documented(validator: jsonschema.Draft202012Validator) -> None:
    assert not validator.is_valid(finding(result(detection(SSN, 1))) | {"surprise": 1})
