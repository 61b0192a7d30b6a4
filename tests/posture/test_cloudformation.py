"""CloudFormation templates."""

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import ConfigError
from scanner.posture.answers import Unknown
from scanner.posture.exposure import Permission
from scanner.posture.judged import judge_inventory
from scanner.posture.offline import read_offline
from scanner.posture.parties import Trusted
from scanner.posture.settings import Destination, Encryption
from scanner.posture.unresolved import settle
from scanner.posture.verdicts import BucketVerdicts

OWNER = "111111111111"
OFF = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)
YAML = """
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Org: {Type: String}
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: photos
      PublicAccessBlockConfiguration: {RestrictPublicBuckets: false}
  Open:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Photos
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub "${Photos.Arn}/*"
"""


def verdicts(tmp_path: Path, text: str, account: str | None = OWNER) -> list[BucketVerdicts]:
    path = tmp_path / "template"
    path.write_text(text)
    return [one.verdicts for one in judge_inventory(read_offline(str(path), account), Trusted()).buckets]


def template(properties: dict[str, Any], **others: Any) -> str:
    return json.dumps({"Resources": {"Photos": {"Type": "AWS::S3::Bucket", "Properties": properties}, **others}})


def with_policy(*statements: Any, **properties: Any) -> str:
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    policy = {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Photos"}, "PolicyDocument": document}}
    return template({"PublicAccessBlockConfiguration": OFF, **properties}, Policy=policy)


def allow(principal: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": {"Fn::Sub": "${Photos.Arn}/*"}, **more}


def test_yaml_with_short_forms_is_read(tmp_path: Path) -> None:
    (found,) = verdicts(tmp_path, YAML)

    assert found.settings.name == "photos"
    assert found.exposure.policy is not None
    assert found.exposure.policy.reasons[0].resources == ("arn:aws:s3:::photos/*",)
    assert found.exposure.ways[0].configured is True
    # The account's own block is not in a template.
    assert found.exposure.permission is Permission.UNKNOWN


def test_what_is_left_out_is_what_new_buckets_have(tmp_path: Path) -> None:
    (found,) = verdicts(tmp_path, template({}))

    assert found.settings.name == "Photos"
    assert found.exposure.permission is Permission.NOT_PUBLIC
    assert (found.settings.encryption, found.settings.ownership) == (Encryption("AES256"), "BucketOwnerEnforced")


def test_every_property_is_read(tmp_path: Path) -> None:
    destination = {"Bucket": "arn:aws:s3:::copy", "Account": "222222222222"}
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "arn:aws:kms:eu-west-1:111111111111:key/1"}
    properties = {
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": default}]},
        "VersioningConfiguration": {"Status": "Enabled"},
        "LoggingConfiguration": {"DestinationBucketName": "logs"},
        "WebsiteConfiguration": {"IndexDocument": "index.html"},
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
        "AccessControl": "PublicRead",
        "ReplicationConfiguration": {"Role": "r", "Rules": [{"Status": "Enabled", "Destination": destination}]},
    }

    (found,) = verdicts(tmp_path, template(properties))

    settings = found.settings
    assert settings.encryption == Encryption("aws:kms", "arn:aws:kms:eu-west-1:111111111111:key/1")
    assert (settings.versioning, settings.logging, settings.website, settings.ownership) == ("Enabled", "logs", True, "ObjectWriter")
    assert settings.replication == (Destination("arn:aws:s3:::copy", "222222222222"),)
    assert found.exposure.acl.public is True


@pytest.mark.parametrize(
    ("statement", "public"),
    [
        (allow(), True),
        (allow({"AWS": {"Ref": "AWS::AccountId"}}), False),
        (allow({"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}}), False),
        (allow({"AWS": {"Fn::Join": ["", ["arn:aws:iam::", {"Ref": "AWS::AccountId"}, ":root"]]}}), False),
        (allow({"AWS": {"Ref": "Somebody"}}), None),
        (allow(Condition={"StringEquals": {"aws:PrincipalOrgID": {"Ref": "Org"}}}), None),
        (allow(Condition={"StringLike": {"aws:Referer": {"Ref": "Site"}}}), True),
        (allow(Condition={"Fn::If": ["a", {}, {}]}), None),
        ({"Fn::If": ["a", allow(), {"Ref": "AWS::NoValue"}]}, None),
        (allow() | {"Effect": {"Ref": "Effect"}}, None),
        (allow({"AWS": OWNER}, Action={"Ref": "Action"}), False),
    ],
)
def test_intrinsic_functions_are_unknown_only_where_they_decide(tmp_path: Path, statement: Any, public: bool | None) -> None:
    (found,) = verdicts(tmp_path, with_policy(statement))

    assert found.exposure.ways[0].configured is public


def test_a_deny_that_is_not_known_is_not_relied_on() -> None:
    unknown = Unknown("template", "Ref Vpc")
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:SourceVpc": unknown}},
    }

    assert isinstance(settle({"Statement": [allow(Resource="*"), deny]}, OWNER), Unknown)


def test_a_policy_of_no_known_bucket_leaves_all_undecided(tmp_path: Path) -> None:
    policy = {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Name"}, "PolicyDocument": {"Statement": []}}}

    (found,) = verdicts(tmp_path, template({}, Policy=policy))

    assert isinstance(found.settings.policy, Unknown)


@pytest.mark.parametrize("name", ["PublicAccessBlockConfiguration", "OwnershipControls", "BucketEncryption", "ReplicationConfiguration"])
def test_a_property_that_a_function_decides_is_unknown(tmp_path: Path, name: str) -> None:
    (found,) = verdicts(tmp_path, template({name: {"Fn::If": ["a", {}, {}]}}))

    assert "an intrinsic function decides" in {unknown.reason for unknown in found.unknowns}


def test_access_points_of_the_template(tmp_path: Path) -> None:
    point = {"Type": "AWS::S3::AccessPoint", "Properties": {"Bucket": {"Ref": "Photos"}, "Name": "p", "Policy": {"Statement": [allow()]}}}

    (found,) = verdicts(tmp_path, template({}, Point=point))

    assert [(one.point.name, one.verdict.public if one.verdict else None) for one in found.exposure.points] == [("p", True)]


DELEGATING = {"Condition": {"StringEquals": {"s3:DataAccessPointAccount": OWNER}}}


@pytest.mark.parametrize(
    ("changed", "policy_of", "public"),
    [
        ({}, {"Ref": "All"}, None),
        ({}, "all", None),
        ({}, "another", False),
        ({"PublicAccessBlockConfiguration": None}, {"Ref": "All"}, False),
        ({"Regions": [{"Bucket": "elsewhere"}]}, {"Ref": "All"}, False),
        ({"Regions": [{"Bucket": {"Ref": "Which"}}]}, {"Ref": "All"}, None),
    ],
)
def test_access_points_over_several_regions(tmp_path: Path, changed: dict[str, Any], policy_of: Any, public: bool | None) -> None:
    about: dict[str, Any] = {
        "Name": "all",
        "PublicAccessBlockConfiguration": OFF,
        "Regions": [{"Bucket": {"Ref": "Photos"}}, {"Bucket": "elsewhere"}],
    }
    about |= changed
    if about["PublicAccessBlockConfiguration"] is None:
        del about["PublicAccessBlockConfiguration"]
    point = {"Type": "AWS::S3::MultiRegionAccessPoint", "Properties": about}
    opened = {"Statement": [allow()]}
    policy = {"Type": "AWS::S3::MultiRegionAccessPointPolicy", "Properties": {"MrapName": policy_of, "Policy": opened}}
    document = {"Statement": [allow() | DELEGATING]}
    own = {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": {"Ref": "Photos"}, "PolicyDocument": document}}

    text = template({"PublicAccessBlockConfiguration": OFF}, Own=own, All=point, Open=policy)
    (found,) = verdicts(tmp_path, text)

    # The account's own block is in no template, so that the best that can be said of an open one is that it may be.
    assert found.exposure.public is public
    assert found.settings.multi_region_asked


@pytest.mark.parametrize(
    "text", ["just text", "{", "[]", "a: [", "{}", "!!python/object/apply:os.system [id]", "\x00", '{"Resources": {"a": 7}}']
)
def test_what_is_nothing_known_is_an_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="template"):
        verdicts(tmp_path, text)


def test_aliases_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nResources: {Photos: {Type: 'AWS::S3::Bucket', Properties: {Tags: *b}}}\n"

    with pytest.raises(ConfigError, match="aliases"):
        verdicts(tmp_path, bomb)
