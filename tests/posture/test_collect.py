"""The collector against a server on loopback."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
import pytest

from scanner.posture import calls
from scanner.posture.answers import Unknown
from scanner.posture.calls import BUCKET_CALLS, Call
from scanner.posture.clients import Clients, StoreOptions, open_session
from scanner.posture.collect import collect
from scanner.posture.exposure import Permission
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.protection import TlsOnly
from scanner.posture.settings import Destination, Encryption
from scanner.posture.sharing import SharedAccess
from tests.posture.conftest import ACCOUNT, Store

ROOT = Path(__file__).resolve().parents[2]


def read_by_all(bucket: str) -> list[dict[str, Any]]:
    return [{"Sid": "open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]


def judged(store: Store, bucket: str) -> Judged:
    (found,) = judge_inventory(collect(store.clients, [bucket]), Trusted()).buckets
    return found


def test_a_new_bucket_is_not_public_and_everything_is_known(store: Store) -> None:
    found = judged(store, store.bucket())

    assert found.verdicts.exposure.permission is Permission.NOT_PUBLIC
    assert found.verdicts.sharing.shared is SharedAccess.NOT_SHARED
    assert found.verdicts.settings.account == ACCOUNT
    assert found.verdicts.settings.region == "us-east-1"
    assert found.verdicts.unknowns == ()
    assert found.record["versioning"] is False


def test_a_public_policy_is_public_until_it_is_restricted(store: Store) -> None:
    bucket = store.bucket(policy=read_by_all)

    assert judged(store, bucket).verdicts.exposure.permission is Permission.PUBLIC

    block = {"BlockPublicAcls": False, "IgnorePublicAcls": False, "BlockPublicPolicy": False, "RestrictPublicBuckets": True}
    store.client("s3").put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)
    shut = judged(store, bucket)

    assert shut.verdicts.exposure.permission is Permission.NOT_PUBLIC
    assert [way.name for way in shut.verdicts.exposure.dormant] == ["policy"]
    assert "Policy:Dowse/S3DormantPublicGrant" in [finding.type for finding in shut.findings]


def test_a_public_list_is_public_until_lists_are_off(store: Store) -> None:
    bucket = store.bucket(acl="public-read")

    assert judged(store, bucket).verdicts.exposure.permission is Permission.PUBLIC

    rules = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    store.client("s3").put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=rules)

    assert judged(store, bucket).verdicts.exposure.permission is Permission.NOT_PUBLIC


def test_every_setting_is_read(store: Store) -> None:
    bucket, s3 = store.bucket(), store.client("s3")
    key = f"arn:aws:kms:us-east-1:222222222222:key/{'1' * 8}"
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    s3.put_bucket_encryption(
        Bucket=bucket,
        ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]},
    )
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}})
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "team", "Value": "data"}]})
    destination = {"Bucket": "arn:aws:s3:::elsewhere", "Account": "222222222222"}
    rule = {
        "Status": "Enabled",
        "Priority": 1,
        "Filter": {"Prefix": ""},
        "Destination": destination,
        "DeleteMarkerReplication": {"Status": "Disabled"},
    }
    s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration={"Role": f"arn:aws:iam::{ACCOUNT}:role/copy", "Rules": [rule]})

    found = judged(store, bucket)
    settings = found.verdicts.settings

    assert settings.encryption == Encryption("aws:kms", key, bucket_key=True)
    assert (settings.versioning, settings.website) == ("Enabled", True)
    assert settings.tags == (("team", "data"),)
    assert settings.replication == (Destination("arn:aws:s3:::elsewhere", "222222222222"),)
    assert found.verdicts.replication.externally is True
    types = {finding.type for finding in found.findings}
    assert {"Policy:IAMUser/S3BucketReplicatedExternally", "Policy:Dowse/S3CrossAccountKey"} <= types


def test_access_points_are_read_with_policy_and_block(store: Store) -> None:
    bucket, control = store.bucket(), store.client("s3control")
    point = f"p-{bucket[2:]}"
    control.create_access_point(AccountId=ACCOUNT, Name=point, Bucket=bucket)
    arn = f"arn:aws:s3:us-east-1:{ACCOUNT}:accesspoint/{point}"
    policy = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{arn}/object/*"}]}
    control.put_access_point_policy(AccountId=ACCOUNT, Name=point, Policy=json.dumps(policy))

    (seen,) = judged(store, bucket).verdicts.exposure.points

    assert seen.point.name == point
    assert seen.point.account == ACCOUNT
    assert seen.verdict is not None
    assert seen.verdict.public is True
    assert seen.block.restrict_public_buckets is True
    assert seen.delegated is False


@pytest.fixture(scope="module")
def open_bucket(store: Store) -> str:
    return store.bucket(policy=read_by_all)


@pytest.fixture(scope="module")
def closed_bucket(store: Store) -> str:
    return store.bucket()


# What a refused call leaves undecided of a bucket that is closed, and of one that its policy opens.
_DECIDES = {calls.POLICY, calls.ACL}


@pytest.mark.parametrize(
    "call", [call for call in (*BUCKET_CALLS, calls.ACCESS_POINTS) if call is not calls.BLOCK], ids=lambda call: call.name
)
def test_a_refused_call_makes_its_setting_unknown_and_names_the_permission(
    store: Store, call: Call, open_bucket: str, closed_bucket: str
) -> None:
    with store.refusing(call):
        opened, closed = (judged(store, bucket).verdicts for bucket in (open_bucket, closed_bucket))

    # Of a bucket without a policy nobody asks for the policy's status.
    told = opened if call is calls.POLICY_STATUS else closed
    assert {unknown.action for unknown in told.unknowns} == {call.action}
    assert {unknown.call for unknown in told.unknowns} == {call.said}
    assert closed.exposure.permission is (Permission.UNKNOWN if call in _DECIDES else Permission.NOT_PUBLIC)
    undecided = {calls.POLICY, calls.BLOCK}
    assert opened.exposure.permission is (Permission.UNKNOWN if call in undecided else Permission.PUBLIC)


@pytest.mark.parametrize("call", [calls.BLOCK, calls.ACCOUNT_BLOCK], ids=lambda call: call.service)
def test_a_refused_block_leaves_an_open_bucket_undecided(store: Store, call: Call, open_bucket: str, closed_bucket: str) -> None:
    with store.refusing(call):
        opened, closed = (judged(store, bucket).verdicts for bucket in (open_bucket, closed_bucket))

    assert opened.exposure.permission is Permission.UNKNOWN
    assert closed.exposure.permission is Permission.NOT_PUBLIC
    assert [unknown.action for unknown in opened.unknowns] == [call.action]


def test_a_refused_identity_leaves_account_settings_unknown(store: Store, closed_bucket: str) -> None:
    with store.refusing(calls.IDENTITY):
        verdicts = judged(store, closed_bucket).verdicts

    assert verdicts.settings.account is None
    assert isinstance(verdicts.settings.account_block, Unknown)
    assert isinstance(verdicts.settings.access_points, Unknown)


def test_a_refused_list_of_buckets_is_told(store: Store) -> None:
    with store.refusing(calls.BUCKETS):
        inventory = collect(store.clients)

    assert inventory.buckets == ()
    assert [unknown.action for unknown in inventory.unknowns] == ["s3:ListAllMyBuckets"]


@pytest.mark.parametrize("call", [calls.ACCESS_POINT, calls.ACCESS_POINT_POLICY], ids=lambda call: call.name)
def test_a_refused_access_point_is_unknown(store: Store, call: Call) -> None:
    bucket = store.bucket()
    store.client("s3control").create_access_point(AccountId=ACCOUNT, Name=f"p-{bucket[2:]}", Bucket=bucket)

    with store.refusing(call):
        verdicts = judged(store, bucket).verdicts

    assert [unknown.action for unknown in verdicts.unknowns] == [call.action]
    # The bucket's own policy leaves nothing to access points, or its block shuts them.
    assert verdicts.exposure.permission is Permission.NOT_PUBLIC


def test_a_bucket_that_is_gone_is_told(store: Store) -> None:
    inventory = collect(store.clients, ["never-there-0f3a"])

    assert inventory.buckets == ()
    assert "never-there-0f3a" in inventory.unknowns[0].reason


def test_a_store_that_does_not_answer_makes_everything_unknown() -> None:
    session = boto3.Session(aws_access_key_id="testing", aws_secret_access_key="testing")
    options = StoreOptions(region="us-east-1", endpoint="http://127.0.0.1:9", account=ACCOUNT)
    answer = Clients(session, options).ask(calls.POLICY, Bucket="b")

    assert answer.error == "EndpointConnectionError"


def test_an_empty_answer_with_200_is_unknown(store: Store, closed_bucket: str) -> None:
    with store.silent(calls.ENCRYPTION, calls.ACL, calls.WEBSITE):
        settings = judged(store, closed_bucket).verdicts.settings

    assert all(isinstance(one, Unknown) for one in (settings.encryption, settings.grants, settings.website))


def dowse(store: Store, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true"}
    environment = {**os.environ, **keys, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "scanner", "posture", "--endpoint-url", store.endpoint, *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=environment)


def test_the_command_asks_a_store(store: Store, open_bucket: str) -> None:
    done = dowse(store, open_bucket, "--fail-on", "high")

    bucket, summary = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert bucket["publicAccess"]["effectivePermission"] == "PUBLIC"
    assert summary["bucketCountByEffectivePermission"]["publiclyReadable"] == 1
    assert done.stderr == b""


def test_an_endpoint_of_the_environment_is_asked(store: Store, closed_bucket: str) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_ENDPOINT_URL": store.endpoint}
    command = [sys.executable, "-m", "scanner", "posture", closed_bucket]

    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **keys, "PYTHONPATH": str(ROOT)})

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[0])["accessPoints"] == []


def test_other_accounts_are_asked_by_a_role(store: Store, closed_bucket: str) -> None:
    done = dowse(store, "--accounts", ACCOUNT, "--role-name", "audit", closed_bucket)

    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[0])["bucketName"] == closed_bucket


def test_a_bucket_that_does_not_exist_is_an_error(store: Store) -> None:
    done = dowse(store, "never-there-0f3a")

    assert done.returncode == 2
    assert b"never-there-0f3a" in done.stderr


def test_without_credentials_the_remedy_is_told(store: Store) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("AWS_")}
    environment |= {"PYTHONPATH": str(ROOT), "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nonexistent"}
    command = [sys.executable, "-m", "scanner", "posture", "--endpoint-url", store.endpoint]

    done = subprocess.run(command, capture_output=True, check=False, env=environment)

    assert done.returncode == 2
    assert b"AWS_PROFILE" in done.stderr


def test_an_unknown_profile_is_named() -> None:
    from scanner.errors import ConfigError

    with pytest.raises(ConfigError, match="no-such-profile"):
        open_session(StoreOptions(profile="no-such-profile"))


def test_tls_is_enforced_by_a_full_deny(store: Store) -> None:
    def deny(bucket: str) -> list[dict[str, Any]]:
        resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
        condition = {"Bool": {"aws:SecureTransport": "false"}}
        return [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": resources, "Condition": condition}]

    assert judged(store, store.bucket(policy=deny)).verdicts.tls_only is TlsOnly.TRUE
