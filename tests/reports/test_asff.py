"""Findings for AWS Security Hub."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import botocore.session
import pytest
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from botocore.validate import ParamValidator

from identifiers.model import Category, Severity
from scanner.model.objects import ObjectFacts
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from tests.acceptance.sink_suite import HOSTILE, SinkSuite, hostile_identifiers, hostile_result
from tests.reports.build import CARD, EMPLOYEE, KEY, SSN, cells, detection, identifier, occurrence, options, policy, result, stored
from tests.reports.test_jsonl import EVERYTHING


class TestAsffSuite(SinkSuite):
    format = "asff"


def requests(results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    """The requests, each of which Security Hub would take."""
    made = [json.loads(line) for line in TestAsffSuite().written(results, **given).splitlines()]
    for one in made:
        assert list(wrong(one)) == []
    return made


def findings(results: Sequence[ObjectResult], **given: Any) -> list[dict[str, Any]]:
    return [finding for request in requests(results, **given) for finding in request["Findings"]]


def only(one: ObjectResult) -> dict[str, Any]:
    (found,) = findings([one])
    return found


SHAPE = botocore.session.Session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
# By the user guide and the API reference; the model does not have them.
LONGEST = {"Id": 512, "GeneratorId": 512, "Title": 256, "Description": 1024, "Text": 512}


def wrong(request: dict[str, Any]) -> Iterator[str]:
    report = ParamValidator().validate(request, SHAPE)
    if report.has_errors():
        yield report.generate_report()
    yield from wrong_texts(request, SHAPE)
    if not 1 <= len(request["Findings"]) <= 100:
        yield "number of findings"
    for finding in request["Findings"]:
        if len(json.dumps(finding, ensure_ascii=False).encode()) > 240_000:
            yield "size of a finding"
        if not 1 <= len(finding["Resources"]) <= 32:
            yield "number of resources"
        if len(finding["Types"]) > 50 or not all(2 <= len(words.split("/")) <= 3 or ":" in words for words in finding["Types"]):
            yield f"types: {finding['Types']}"
        if len(finding["ProductFields"]) > 50 or any(
            len(name) > 128 or len(text) > 2048 for name, text in finding["ProductFields"].items()
        ):
            yield "product fields"


def wrong_texts(value: Any, shape: Shape, name: str = "") -> Iterator[str]:
    """What the model says of texts and botocore does not check: words, and that none is blank. And their lengths."""
    match shape:
        case StructureShape():
            yield from sorted(set(value) - set(shape.members))
            for member in set(value) & set(shape.members):
                yield from wrong_texts(value[member], shape.members[member], member)
        case ListShape():
            for item in value:
                yield from wrong_texts(item, shape.member, name)
        case MapShape():
            for item in value.values():
                yield from wrong_texts(item, shape.value, name)
        case StringShape():
            if (shape.enum and value not in shape.enum) or (shape.name == "NonEmptyString" and not value.strip()):
                yield f"{name}: {value!r}"
            if len(value) > LONGEST.get(name, 2048):
                yield f"{name} is too long"


def test_everything_keeps_to_the_model_of_aws_and_the_limits() -> None:
    assert len(findings(EVERYTHING, policies=[policy()])) == len(EVERYTHING) + 1


def test_the_check_does_find_what_is_wrong() -> None:
    (request,) = requests([result(detection(SSN, 1))])
    finding = request["Findings"][0]
    breaks: list[dict[str, Any]] = [{"Title": " "}, {"Title": "x" * 257}, {"RecordState": "NEW"}, {"Surprise": 1}, {"Resources": []}]
    for broken in breaks:
        assert list(wrong({"Findings": [finding | broken]}))
    assert list(wrong({"Findings": [finding] * 101}))


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "x" * 5_000])
def test_hostile_blank_and_long_names_keep_to_the_model(text: str) -> None:
    name = "plain" if "\ud83d" in text else text[:200]
    one = hostile_result(text, name)
    in_bucket = replace(one, object=stored(f"{name}/k{name}", bucket=f"b{name[:50]}", store="s3"))
    about_buckets = [policy(text or "x", bucket=f"b{name}")]
    found = findings([one, in_bucket], sink_options=SinkOptions(hostile_identifiers(text)), policies=about_buckets)
    assert len(found) == 3


def test_an_object_in_a_bucket_is_that_resource_with_what_was_found() -> None:
    facts = ObjectFacts(encryption="aws:kms", kms_key="arn:aws:kms:eu-west-1:111111111111:key/1")
    one = result(detection(CARD, 3, cells(2)), of=replace(stored("people.csv", bucket="photos", store="s3"), facts=facts))
    found = only(one)
    in_object, bucket = found["Resources"]
    assert (in_object["Type"], in_object["Id"]) == ("AwsS3Object", "arn:aws:s3:::photos/people.csv")
    assert in_object["Details"]["AwsS3Object"] == {
        "LastModified": "2026-01-01T08:30:00.000Z",
        "ETag": "4b0-18866f3c5a2b4000-1f",
        "ContentType": "text/csv",
        "ServerSideEncryption": "aws:kms",
        "SSEKMSKeyId": "arn:aws:kms:eu-west-1:111111111111:key/1",
    }
    assert in_object["DataClassification"]["Result"] == {
        "MimeType": "text/csv",
        "SizeClassified": 1200,
        "AdditionalOccurrences": True,
        "Status": {"Code": "COMPLETE"},
        "SensitiveData": [
            {
                "Category": "FINANCIAL_INFORMATION",
                "TotalCount": 3,
                "Detections": [
                    {
                        "Count": 3,
                        "Type": "CREDIT_CARD_NUMBER",
                        "Occurrences": {"Cells": [{"Row": row, "Column": 3, "ColumnName": "ssn"} for row in (2, 3)]},
                    }
                ],
            }
        ],
        "CustomDataIdentifiers": {"TotalCount": 0, "Detections": []},
    }
    assert (bucket["Type"], bucket["Id"]) == ("AwsS3Bucket", "arn:aws:s3:::photos")


def test_a_file_is_another_resource_by_its_uri() -> None:
    (resource,) = only(result(detection(SSN, 1)))["Resources"]
    assert (resource["Type"], resource["Id"]) == ("Other", "file:///srv/data/people/customers.csv")


def test_severity_and_types_stand_where_providers_put_them() -> None:
    found = only(result(detection(KEY, 1), detection(CARD, 1), detection(EMPLOYEE, 3), detection(SSN, 1)))
    assert found["FindingProviderFields"] == {"Severity": {"Label": "HIGH", "Original": "high"}, "Types": found["Types"]}
    assert [words.split("/")[1] for words in found["Types"]] == ["Passwords", "Financial", "PII", "Business"]
    assert {words.split("/")[2] for words in found["Types"]} == {"SensitiveData:S3Object-Multiple"}


def test_the_id_is_that_of_the_object() -> None:
    one, other = result(detection(SSN, 1)), result(detection(CARD, 9), of=replace(stored(), etag="later"))
    assert only(one)["Id"] == only(other)["Id"]


def test_a_finding_on_a_bucket_says_what_to_do() -> None:
    (found,) = findings([], policies=[policy(severity="critical")])
    assert found["Severity"]["Label"] == "CRITICAL"
    assert found["Remediation"]["Recommendation"]["Text"] == "block everybody can read"
    assert found["AwsAccountId"] == "111111111111"
    assert found["ProductArn"] == "arn:aws:securityhub:us-east-1:111111111111:product/111111111111/default"
    assert found["Resources"][0]["Region"] == "eu-west-1"


def test_requests_hold_at_most_100_findings_and_none_is_lost() -> None:
    made = requests([result(detection(SSN, 1, ()), of=stored(f"{number}", store="s3", bucket="b")) for number in range(205)])
    assert [len(one["Findings"]) for one in made] == [100, 100, 5]


def test_requests_hold_at_most_240_kilobytes() -> None:
    wide = [occurrence(one.location, mask="m") for one in cells(15, name="n" * 255)]
    made = requests([result(detection(SSN, 15, wide), of=stored(f"{number}")) for number in range(100)])
    sizes = [len(json.dumps(one, ensure_ascii=False).encode()) for one in made]
    assert len(made) > 1
    assert max(sizes) < 250_000


def test_a_finding_too_large_keeps_its_most_frequent_types_and_says_what_it_lost() -> None:
    kinds = [identifier(f"{'LONG' * 50}_{number}", Category.PERSONAL, (1, Severity.HIGH)) for number in range(2_000)]
    one = result(*(detection(kind, number + 1, cells(1)) for number, kind in enumerate(kinds)))
    (found,) = findings([one], sink_options=replace(options(), identifiers={kind.id: kind for kind in kinds}))
    kept = found["Resources"][0]["DataClassification"]["Result"]["SensitiveData"][0]["Detections"]
    assert kept[0]["Count"] == 2_000
    assert len(kept) + int(found["ProductFields"]["dowse/typesOmitted"]) == 2_000
    assert len(kept) > 500
