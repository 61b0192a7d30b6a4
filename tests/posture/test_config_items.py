"""Items of AWS Config."""

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.posture.answers import Unknown
from scanner.posture.exposure import Permission
from scanner.posture.judged import judge_inventory
from scanner.posture.offline import read_offline
from scanner.posture.parties import Trusted
from scanner.posture.settings import Destination, Encryption, Grant
from scanner.posture.verdicts import BucketVerdicts

OPEN = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]})
LIST = {
    "owner": {"id": "a" * 64},
    "grantList": [
        {"grantee": {"id": "a" * 64}, "permission": "FullControl"},
        {"grantee": "AllUsers", "permission": "Read"},
        {"grantee": "LogDelivery", "permission": "WriteAcp"},
    ],
}
ALL_OFF = dict.fromkeys(("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"), False)


def item(**supplementary: Any) -> dict[str, Any]:
    return {
        "resourceType": "AWS::S3::Bucket",
        "resourceName": "photos",
        "awsAccountId": "111111111111",
        "awsRegion": "eu-west-1",
        "resourceCreationTime": "2024-01-01T00:00:00.000Z",
        "configuration": {"name": "photos"},
        "supplementaryConfiguration": supplementary,
    }


ACCOUNT = {"resourceType": "AWS::S3::AccountPublicAccessBlock", "awsAccountId": "111111111111", "configuration": ALL_OFF}


def only(tmp_path: Path, document: Any) -> BucketVerdicts:
    path = tmp_path / "snapshot.json"
    path.write_text(json.dumps(document))
    (found,) = judge_inventory(read_offline(str(path)), Trusted()).buckets
    return found.verdicts


def test_a_snapshot_is_read(tmp_path: Path) -> None:
    bucket = item(BucketPolicy={"policyText": OPEN}, PublicAccessBlockConfiguration=ALL_OFF)

    found = only(tmp_path, {"configurationItems": [ACCOUNT, bucket, {"resourceType": "AWS::EC2::Volume"}]})

    assert found.exposure.permission is Permission.PUBLIC
    assert (found.settings.account, found.settings.region, found.settings.created) == (
        "111111111111",
        "eu-west-1",
        "2024-01-01T00:00:00.000Z",
    )


@pytest.mark.parametrize("written", [LIST, json.dumps(LIST), json.dumps(json.dumps(LIST))], ids=["plain", "once", "twice"])
def test_lists_are_json_within_json(tmp_path: Path, written: object) -> None:
    settings = only(tmp_path, item(AccessControlList=written)).settings

    assert settings.owner_id == "a" * 64
    assert settings.grants == (
        Grant("a" * 64, "FULL_CONTROL"),
        Grant("http://acs.amazonaws.com/groups/global/AllUsers", "READ"),
        Grant("http://acs.amazonaws.com/groups/s3/LogDelivery", "WRITE_ACP"),
    )


def test_the_other_settings(tmp_path: Path) -> None:
    default = {"sseAlgorithm": "aws:kms", "kmsMasterKeyID": "arn:aws:kms:eu-west-1:111111111111:key/1"}
    settings = only(
        tmp_path,
        [
            item(
                ServerSideEncryptionConfiguration={"rules": [{"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": True}]},
                BucketVersioningConfiguration={"status": "Off", "isMfaDeleteEnabled": None},
                BucketLoggingConfiguration={"destinationBucketName": None, "logFilePrefix": None},
                BucketReplicationConfiguration={
                    "rules": {"one": {"status": "Enabled", "destinationConfig": {"bucketARN": "arn:aws:s3:::copy"}}}
                },
                BucketWebsiteConfiguration={"indexDocumentSuffix": "index.html"},
                BucketTaggingConfiguration={"tagSets": [{"tags": {"team": "data"}}]},
            )
        ],
    ).settings

    assert settings.encryption == Encryption("aws:kms", "arn:aws:kms:eu-west-1:111111111111:key/1", bucket_key=True)
    assert (settings.versioning, settings.logging, settings.website) == ("Disabled", None, True)
    assert settings.replication == (Destination("arn:aws:s3:::copy"),)
    assert settings.tags == (("team", "data"),)


def test_what_is_not_recorded_or_has_another_form_is_unknown(tmp_path: Path) -> None:
    settings = only(tmp_path, item(AccessControlList="{", ServerSideEncryptionConfiguration={"rules": []})).settings

    assert settings.ownership == Unknown("s3api get-bucket-ownership-controls", "not recorded by AWS Config")
    assert isinstance(settings.grants, Unknown)
    assert isinstance(settings.encryption, Unknown)


def test_a_bucket_without_a_policy(tmp_path: Path) -> None:
    assert only(tmp_path, item(BucketPolicy={"policyText": None})).settings.policy is None
