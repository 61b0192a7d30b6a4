"""Findings in the Open Cybersecurity Schema."""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import jsonschema
import pytest
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

from scanner.model.location import LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, KEY, SSN, bucket_record, detection, occurrence, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING

PUBLISHED = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.8.0"))


@cache
def validator(*profiles: str) -> jsonschema.Draft202012Validator:
    """Of the class as it is published, with these profiles."""
    return jsonschema.Draft202012Validator(PUBLISHED.get_class_schema("data_security_finding", list(profiles)))


def check(event: dict[str, Any]) -> None:
    """Raises for an event that does not keep to the schema."""
    validator(*event["metadata"].get("profiles", ())).validate(event)


class TestOcsfSuite(SinkSuite):
    format = "ocsf"


def events(results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    """The events, all of which keep to the schema."""
    made = [json.loads(line) for line in TestOcsfSuite().written(results, **given).splitlines()]
    for one in made:
        check(one)
        assert one["type_uid"] == one["class_uid"] * 100 + one["activity_id"]
    return made


def only(one: ObjectResult) -> dict[str, Any]:
    (event,) = events([one])
    return event


def test_everything_keeps_to_the_schema() -> None:
    assert (
        len(events(EVERYTHING, policies=[policy(severity=level) for level in ("info", "low", "medium", "high", "critical")]))
        == len(EVERYTHING) + 5
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_keep_to_the_schema(text: str) -> None:
    assert len(events([hostile_result(text, "plain")], sink_options=SinkOptions(hostile_identifiers(text)), policies=[policy(text)])) == 2


@pytest.mark.parametrize("member", ["finding_info", "metadata", "time", "severity_id"])
def test_the_schema_misses_what_is_missing(member: str) -> None:
    event = only(result(detection(SSN, 1)))
    del event[member]
    assert not validator().is_valid(event)


def test_what_was_found_and_where() -> None:
    places = (LineLocation(4, 7, 5, 2), PageLocation(3, 9, 1, 11), ParagraphLocation("body", 1), RecordLocation(2, "$.ssn", 0, 11))
    event = only(result(detection(SSN, 9, [occurrence(place) for place in places])))
    assert event["data_security"]["discovery_details"] == [
        {
            "type": "USA_SOCIAL_SECURITY_NUMBER",
            "count": 9,
            "occurrences": [
                {"start_line": 4, "end_line": 5},
                {"page_number": 3},
                {"record_index_in_array": 2, "json_path": "$.ssn"},
            ],
        }
    ]
    assert (event["data_security"]["category"], event["data_security"]["total"]) == ("Personal", 9)
    assert (event["severity"], event["confidence"]) == ("High", "High")


@pytest.mark.parametrize(("kinds", "category"), [((KEY,), (6, "Security")), ((CARD,), (3, "Financial")), ((CARD, SSN), (99, "Multiple"))])
def test_the_category(kinds: tuple[Any, ...], category: tuple[int, str]) -> None:
    found = only(result(*(detection(kind, 1) for kind in kinds)))["data_security"]
    assert (found["category_id"], found["category"]) == category


def test_an_object_of_a_bucket_names_the_bucket() -> None:
    event = only(result(detection(SSN, 1), of=stored("a/k.csv", bucket="photos", store="s3")))
    assert event["databucket"] == {"type_id": 1, "type": "S3", "name": "photos", "uid": "arn:aws:s3:::photos"}
    assert event["file"]["name"] == "k.csv"
    assert "databucket" not in only(result(detection(SSN, 1)))


@pytest.mark.parametrize(
    ("store", "bucket", "told"),
    [
        ("gs", "photos", {"type_id": 3, "type": "GCP Bucket", "name": "photos", "uid": "gs://photos"}),
        ("az", "acme/photos", {"type_id": 2, "type": "Azure Blob", "name": "acme/photos", "uid": "az://acme/photos"}),
    ],
)
def test_so_does_one_of_another_cloud(store: str, bucket: str, told: dict[str, Any]) -> None:
    event = only(result(detection(SSN, 1), of=stored("a/k.csv", bucket=bucket, store=store)))
    assert event["databucket"] == told
    assert event["resources"][0]["type"] != "File"


def test_a_partial_reading_says_so() -> None:
    event = only(result(detection(SSN, 1), outcome=Outcome(Status.PARTIAL, Reason.TIMEOUT)))
    assert event["data_security"]["status"] == "Partial"


def test_a_bucket_is_public_not_public_or_unknown() -> None:
    from scanner.reports.policies import bucket_findings

    finding = {"type": "Policy:Dowse/S3NoVersioning", "severity": "info", "title": "t", "detail": "d", "remedy": "r"}
    said = []
    for word in ("PUBLIC", "NOT_PUBLIC", "UNKNOWN"):
        record = bucket_record(finding) | {"publicAccess": {"effectivePermission": word}}
        (event,) = events([], policies=list(bucket_findings(record)))
        said.append(event["databucket"].get("is_public"))
    assert said == [True, False, None]
    assert event["cloud"]["account"]["uid"] == "111111111111"


def test_the_finding_keeps_its_id_and_the_event_has_its_own() -> None:
    event = only(result(detection(SSN, 1)))
    assert event["finding_info"]["uid"] == only(result(detection(CARD, 3)))["finding_info"]["uid"]
    assert event["metadata"]["uid"].startswith(event["metadata"]["correlation_uid"])
