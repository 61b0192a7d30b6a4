"""What a state store knows reaches the formats that can tell it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scanner.model.life import DetectionLife, Life, ObjectLife, Resolution
from scanner.model.result import ObjectResult
from tests.reports.build import KEY, SSN, detection, result, stored
from tests.reports.test_asff import findings
from tests.reports.test_elastic import documents
from tests.reports.test_ocsf import events
from tests.reports.test_sarif import log

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def lived(life: Life) -> ObjectLife:
    resolution = Resolution.REMOVED if life is Life.RESOLVED else None
    return ObjectLife(detections=(DetectionLife(SSN.id, life, FIRST, LAST, resolution),))


def found(life: Life) -> ObjectResult:
    return replace(result(detection(SSN, 1)), life=lived(life))


RESOLVED = replace(result(), life=lived(Life.RESOLVED))


def only(made: list[Any]) -> Any:
    (one,) = made
    return one


@pytest.mark.parametrize("key", ["people/customers.csv", "k" * 900])
def test_security_hub_archives_what_is_resolved(key: str) -> None:
    of = stored(key, store="s3", bucket="photos")
    before, after = only(findings([replace(found(Life.NEW), object=of)])), only(findings([replace(RESOLVED, object=of)]))
    assert before["Id"] == after["Id"]
    assert before["Resources"][0]["Id"] == after["Resources"][0]["Id"]
    assert (before["RecordState"], after["RecordState"]) == ("ACTIVE", "ARCHIVED")
    assert after["Types"] == ["Sensitive Data Identifications/PII"]
    assert before["CreatedAt"] == after["CreatedAt"] == "2026-01-01T00:00:00.000Z" < after["UpdatedAt"]
    assert (after["FirstObservedAt"], after["LastObservedAt"]) == ("2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z")


@pytest.mark.parametrize(
    ("life", "activity"), [(Life.NEW, "Create"), (Life.CHANGED, "Update"), (Life.UNCHANGED, "Update"), (Life.UNSEEN, "Update")]
)
def test_ocsf_creates_and_updates(life: Life, activity: str) -> None:
    event = only(events([found(life)]))
    assert event["activity_name"] == activity
    assert event["finding_info"]["first_seen_time"] == event["finding_info"]["created_time"] == 1767225600000
    assert event["finding_info"]["modified_time"] > 1767225600000


def test_ocsf_closes_what_is_resolved() -> None:
    before, after = only(events([found(Life.NEW)])), only(events([RESOLVED]))
    assert before["finding_info"]["uid"] == after["finding_info"]["uid"]
    assert (after["activity_name"], after["status"], after["data_security"]["total"]) == ("Close", "Resolved", 0)


def test_elastic_replaces_the_finding_that_is_resolved() -> None:
    before, _ = documents([found(Life.NEW)])
    after, _ = documents([RESOLVED])
    assert before[:2] == after[:2]
    assert after[2]["life"]["finding"] == "resolved"


@pytest.mark.parametrize(("life", "state"), [(Life.NEW, "new"), (Life.CHANGED, "updated"), (Life.UNCHANGED, "unchanged")])
def test_sarif_tells_what_is_new(life: Life, state: str) -> None:
    assert only(log([found(life)])["results"])["baselineState"] == state


def test_without_a_store_nothing_is_said() -> None:
    assert "baselineState" not in only(log([result(detection(KEY, 1))])["results"])
    assert "FirstObservedAt" not in only(findings([result(detection(SSN, 1))]))
    assert findings([result()]) == []
    assert events([result()]) == []


def test_what_could_not_be_seen_again_is_not_resolved() -> None:
    unseen = replace(result(), life=lived(Life.UNSEEN))
    assert findings([unseen]) == []
    assert events([unseen]) == []
    assert json.dumps([index for index, _, _ in documents([unseen])]) == '["dowse-runs"]'
