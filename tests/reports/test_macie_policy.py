"""Findings on buckets as Macie has them."""

import json
from collections.abc import Sequence
from typing import Any

import botocore.session
import pytest
from botocore.validate import ParamValidator

from scanner.reports.policies import BucketFinding, bucket_findings
from tests.reports.build import bucket_record, policy
from tests.reports.test_macie import TestMacieSuite as Macie
from tests.reports.test_macie import wrong_words

SHAPE = botocore.session.Session().get_service_model("macie2").shape_for("Finding")
SETTINGS = {
    "bucketCreatedAt": "2024-05-01T10:00:00+00:00",
    "serverSideEncryption": {"type": "aws:kms", "kmsMasterKeyId": "arn:aws:kms:eu-west-1:111111111111:key/1"},
    "allowsUnencryptedObjectUploads": "TRUE",
    "tags": [{"key": "team", "value": "x"}],
    "publicAccess": {
        "effectivePermission": "PUBLIC",
        "permissionConfiguration": {
            "accountLevelPermissions": {"blockPublicAccess": {"blockPublicAcls": None}},
            "bucketLevelPermissions": {"accessControlList": {"allowsPublicReadAccess": True, "allowsPublicWriteAccess": None}},
        },
    },
}
FINDING = {"type": "Policy:IAMUser/S3BucketPublic", "severity": "high", "title": "t", "detail": "d", "remedy": "r"}


def findings(policies: Sequence[BucketFinding]) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in Macie().written([], policies=policies).splitlines()]
    for one in found:
        report = ParamValidator().validate(one, SHAPE)
        assert not report.has_errors(), report.generate_report()
        assert list(wrong_words(one, SHAPE)) == []
    return found


def test_it_is_macies_finding_with_what_is_known_of_the_bucket() -> None:
    (found,) = findings(list(bucket_findings(bucket_record(FINDING) | SETTINGS)))
    assert (found["category"], found["severity"]) == ("POLICY", {"score": 3, "description": "High"})
    bucket = found["resourcesAffected"]["s3Bucket"]
    assert bucket["createdAt"] == "2024-05-01T10:00:00+00:00"
    assert bucket["defaultServerSideEncryption"]["encryptionType"] == "aws:kms"
    assert bucket["publicAccess"] == {
        "effectivePermission": "PUBLIC",
        "permissionConfiguration": {"bucketLevelPermissions": {"accessControlList": {"allowsPublicReadAccess": True}}},
    }


def test_what_is_not_known_is_unknown() -> None:
    (found,) = findings([policy()])
    bucket = found["resourcesAffected"]["s3Bucket"]
    assert bucket["publicAccess"] == {"effectivePermission": "UNKNOWN"}
    assert bucket["allowsUnencryptedObjectUploads"] == "UNKNOWN"


@pytest.mark.parametrize(
    ("level", "words"), [("info", "Low"), ("low", "Low"), ("medium", "Medium"), ("high", "High"), ("critical", "High")]
)
def test_severities_are_macies_three(level: str, words: str) -> None:
    (found,) = findings([policy(severity=level)])
    assert found["severity"]["description"] == words


def test_types_that_macie_does_not_have_stay_out() -> None:
    assert findings([policy(kind="Dowse/S3NoLogging")]) == []
