"""Findings exactly as Macie has them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import botocore.session
import pytest
from botocore.model import ListShape, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

from scanner.model.location import LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.acceptance.sink_suite import SinkSuite
from tests.reports.build import CARD, EMAIL, EMPLOYEE, KEY, SSN, cells, detection, occurrence, result
from tests.reports.test_jsonl import EVERYTHING, finding


class TestMacieSuite(SinkSuite):
    format = "macie"


def findings(results: Sequence[ObjectResult]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in TestMacieSuite().written(results).splitlines()]


def only(one: ObjectResult) -> dict[str, Any]:
    (found,) = findings([one])
    return found


def outcome_of(one: ObjectResult) -> dict[str, Any]:
    details: dict[str, Any] = only(one)["classificationDetails"]["result"]
    return details


@pytest.fixture(scope="module")
def shape() -> Shape:
    """AWS's own model of a finding."""
    return botocore.session.Session().get_service_model("macie2").shape_for("Finding")


# what Macie always sends, by its user guide; the model itself requires nothing
ALWAYS = {
    "schemaVersion",
    "id",
    "accountId",
    "partition",
    "region",
    "type",
    "title",
    "description",
    "severity",
    "createdAt",
    "updatedAt",
    "count",
    "category",
    "resourcesAffected",
    "classificationDetails",
    "sample",
    "archived",
}


def wrong_words(value: Any, shape: Shape, at: str = "") -> Iterator[str]:
    """Where a text is none of the words that the model allows; botocore does not check this itself."""
    match shape:
        case StructureShape():
            for name, item in value.items():
                yield from wrong_words(item, shape.members[name], f"{at}.{name}")
        case ListShape():
            for item in value:
                yield from wrong_words(item, shape.member, f"{at}[]")
        case StringShape() if shape.enum and value not in shape.enum:
            yield f"{at}: {value}"


def test_every_finding_keeps_to_the_model_of_aws(shape: Shape) -> None:
    found = findings(EVERYTHING)
    assert len(found) == len(EVERYTHING)
    for one in found:
        report = ParamValidator().validate(one, shape)
        assert not report.has_errors(), report.generate_report()
        assert list(wrong_words(one, shape)) == []
        assert set(one) == ALWAYS


def test_the_check_against_the_model_does_find_errors(shape: Shape) -> None:
    broken = only(result(detection(SSN, 1))) | {"severity": {"score": "3"}, "surprise": 1, "type": "SensitiveData:S3Object/Odd"}
    assert ParamValidator().validate(broken, shape).has_errors()
    assert list(wrong_words({"type": broken["type"]}, shape)) == [".type: SensitiveData:S3Object/Odd"]


def test_the_rules_across_fields_hold() -> None:
    for one in findings(EVERYTHING):
        details = one["classificationDetails"]["result"]
        groups = [*details["sensitiveData"], details["customDataIdentifiers"]]
        counts = [found["count"] for group in groups for found in group["detections"]]
        located = [sum(map(len, found["occurrences"].values())) for group in groups for found in group["detections"]]
        assert all(group["totalCount"] == sum(found["count"] for found in group["detections"]) for group in groups)
        assert all(shown <= count for shown, count in zip(located, counts, strict=True))
        assert sum(located) <= 15
        assert details["additionalOccurrences"] == (sum(counts) > sum(located))
        assert (details["status"]["code"] == "COMPLETE") == ("reason" not in details["status"])
        used = len(details["sensitiveData"]) + bool(details["customDataIdentifiers"]["detections"])
        assert one["type"].endswith("/Multiple") == (used > 1)


def test_it_is_the_native_finding_without_our_members() -> None:
    one = result(detection(CARD, 2), detection(SSN, 1))
    native = finding(one)
    assert {name: native[name] for name in native if name in ALWAYS} == only(one)


def test_objects_without_findings_do_not_appear() -> None:
    assert findings([result(), result(outcome=Outcome(Status.FAILED, Reason.CRASH))]) == []


@pytest.mark.parametrize(
    ("detections", "kind"),
    [
        ((detection(KEY, 1),), "Credentials"),
        ((detection(CARD, 1),), "Financial"),
        ((detection(EMAIL, 1), detection(SSN, 1)), "Personal"),
        ((detection(EMPLOYEE, 3),), "CustomIdentifier"),
        ((detection(EMPLOYEE, 3), detection(SSN, 1)), "Multiple"),
        ((detection(CARD, 1), detection(SSN, 1)), "Multiple"),
    ],
)
def test_the_type_follows_the_categories(detections: tuple[Any, ...], kind: str) -> None:
    assert only(result(*detections))["type"] == f"SensitiveData:S3Object/{kind}"


def test_the_title_and_description_say_what_it_is() -> None:
    found = only(result(detection(CARD, 3), detection(SSN, 10)))
    assert found["title"] == "The object holds several categories of sensitive data"
    assert found["description"] == "13 occurrences: USA_SOCIAL_SECURITY_NUMBER (10), CREDIT_CARD_NUMBER (3)."
    assert only(result(detection(CARD, 1)))["description"] == "1 occurrence: CREDIT_CARD_NUMBER (1)."


@pytest.mark.parametrize(("count", "severity"), [(1, (1, "Low")), (2, (2, "Medium")), (99, (2, "Medium")), (100, (3, "High"))])
def test_the_severity_follows_the_thresholds(count: int, severity: tuple[int, str]) -> None:
    score, description = severity
    assert only(result(detection(EMAIL, count, ())))["severity"] == {"score": score, "description": description}


def test_the_severity_is_that_of_the_worst_detection() -> None:
    assert only(result(detection(EMAIL, 1), detection(SSN, 1)))["severity"]["description"] == "High"


def test_a_detection_below_its_first_threshold_makes_no_finding() -> None:
    assert findings([result(detection(EMPLOYEE, 2))]) == []
    beside = outcome_of(result(detection(EMPLOYEE, 2), detection(SSN, 1)))
    assert beside["customDataIdentifiers"] == {"totalCount": 0, "detections": []}


def test_managed_and_custom_identifiers_have_their_own_places() -> None:
    details = outcome_of(result(detection(EMPLOYEE, 3, cells(1)), detection(SSN, 1)))
    assert details["sensitiveData"] == [
        {
            "category": "PERSONAL_INFORMATION",
            "totalCount": 1,
            "detections": [
                {
                    "type": "USA_SOCIAL_SECURITY_NUMBER",
                    "count": 1,
                    "occurrences": {"cells": [{"row": 2, "column": 3, "columnName": "ssn"}]},
                }
            ],
        }
    ]
    assert details["customDataIdentifiers"] == {
        "totalCount": 3,
        "detections": [
            {
                "arn": "EMPLOYEE_ID",
                "name": "Employee id",
                "count": 3,
                "occurrences": {"cells": [{"row": 2, "column": 3, "columnName": "ssn"}]},
            }
        ],
    }


def test_each_kind_of_place_has_its_array_and_word_documents_have_none() -> None:
    places = (LineLocation(4, 7, 5, 2), PageLocation(3, 9, 1, 11), ParagraphLocation("body", 1), RecordLocation(2, "$.ssn", 0, 11))
    details = outcome_of(result(detection(SSN, 4, [occurrence(place) for place in places])))
    assert details["sensitiveData"][0]["detections"][0]["occurrences"] == {
        "lineRanges": [{"start": 4, "end": 5, "startColumn": 7}],
        "pages": [{"pageNumber": 3}],
        "records": [{"recordIndex": 2, "jsonPath": "$.ssn"}],
    }
    assert details["additionalOccurrences"] is True


def test_members_of_archives_have_no_place() -> None:
    inside = occurrence(LineLocation(1, 1, 1, 11), member=("a.txt",))
    details = outcome_of(result(detection(SSN, 1, [inside])))
    assert details["sensitiveData"][0]["detections"][0]["occurrences"] == {}


def test_a_partial_reading_says_so_in_the_words_of_macie() -> None:
    partial = outcome_of(result(detection(SSN, 1), outcome=Outcome(Status.PARTIAL, Reason.BUDGET_DEPTH)))
    assert partial["status"] == {"code": "PARTIAL", "reason": "ARCHIVE_NESTING_LEVEL_OVER_LIMIT"}
    assert outcome_of(result(detection(SSN, 1)))["status"] == {"code": "COMPLETE"}
