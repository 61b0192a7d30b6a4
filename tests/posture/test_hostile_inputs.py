"""Whatever a store answers or a file holds: a verdict or an error with a remedy, never a crash."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from scanner.errors import DowseError
from scanner.posture import calls
from scanner.posture.answers import AccessPointAnswers, Answer, BucketAnswers
from scanner.posture.inventory import Inventory
from scanner.posture.judged import judge_inventory
from scanner.posture.offline import read_offline
from scanner.posture.parties import Trusted

_NAMES = [
    *("Resources", "Type", "Properties", "Bucket", "PolicyDocument", "Statement", "Ref", "Fn::Sub", "Fn::Join", "Fn::GetAtt", "Rules"),
    *("planned_values", "root_module", "resources", "child_modules", "values", "address", "type", "mode", "bucket", "policy", "rule"),
    *("resource_changes", "change", "after_unknown", "actions", "configuration", "expressions", "references", "terraform_version"),
    *("instances", "attributes", "configurationItems", "resourceType", "resourceName", "supplementaryConfiguration", "grantList"),
    *("BucketPolicy", "AccessControlList", "ServerSideEncryptionConfiguration", "Grants", "Grantee", "Permission", "Owner", "ID"),
    *("PublicAccessBlockConfiguration", "OwnershipControls", "BucketEncryption", "ReplicationConfiguration", "Destination"),
]
_TEXTS = [
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::S3::AccessPoint",
    "aws_s3_bucket",
    "aws_s3_bucket_policy",
    "managed",
    "create",
    "*",
]
values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.sampled_from(_TEXTS) | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(_NAMES), inner, max_size=4),
    max_leaves=20,
)
objects = some.dictionaries(some.sampled_from(_NAMES), values, max_size=5)


def _template(properties: dict[str, Any]) -> dict[str, Any]:
    return {"Type": "AWS::S3::Bucket", "Properties": properties}


resources = some.dictionaries(some.text(max_size=3), objects | some.builds(_template, objects), max_size=3)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values | some.fixed_dictionaries({"Resources": resources}))
def test_files_never_crash_the_reader(tmp_path: Path, document: Any) -> None:
    _judged(tmp_path, document)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.sampled_from(_TEXTS), objects, values), max_size=3))
def test_plans_never_crash_the_reader(tmp_path: Path, parts: list[tuple[str, dict[str, Any], Any]]) -> None:
    listed = [{"address": f"{kind}.a", "type": kind, "values": attributes} for kind, attributes, _ in parts]
    changes = [{"address": f"{kind}.a", "change": {"actions": ["create"], "after_unknown": unknown}} for kind, _, unknown in parts]

    _judged(tmp_path, {"planned_values": {"root_module": {"resources": listed}}, "resource_changes": changes})


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(objects)
def test_items_never_crash_the_reader(tmp_path: Path, supplementary: dict[str, Any]) -> None:
    _judged(tmp_path, {"resourceType": "AWS::S3::Bucket", "supplementaryConfiguration": supplementary})


@settings(deadline=None)
@given(some.dictionaries(some.sampled_from(calls.BUCKET_CALLS), objects), objects)
def test_answers_never_crash_the_checks(answers: dict[calls.Call, dict[str, Any]], point: dict[str, Any]) -> None:
    given_answers = {call.name: Answer(({call.expects: response} if call.expects else {}) | response) for call, response in answers.items()}
    points = (AccessPointAnswers(point, Answer({"Name": "p"} | point), Answer({"Policy": point})),)
    bucket = BucketAnswers("b", given_answers, "111111111111", Answer(point), points)

    (found,) = judge_inventory(Inventory((bucket,)), Trusted()).buckets

    assert json.dumps(found.record)


def _judged(tmp_path: Path, document: Any) -> None:
    path = tmp_path / "input"
    path.write_text(json.dumps(document), "utf-8")
    try:
        report = judge_inventory(read_offline(str(path)), Trusted())
    except DowseError:
        return
    assert json.dumps([one.record for one in report.buckets])
