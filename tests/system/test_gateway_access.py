"""What `dowse scan` says where a real gateway refuses something, and what it gives to whom."""

import json
import os
from typing import Any

import pytest

from tests.system.gateway import Gateway, User
from tests.system.running import Ran, dowse, fill
from tests.system.users import OTHER, OWNER

pytestmark = pytest.mark.system

LEAK = b"name,ssn\nAnn,219-22-9999\n"


def scan(gateway: Gateway, *arguments: str, user: User | None) -> Ran:
    return dowse(*arguments, "--endpoint-url", gateway.url, "--workers", "0", "--select", "USA_SOCIAL_SECURITY_NUMBER", user=user)


def let(gateway: Gateway, bucket: str, *statements: dict[str, Any]) -> None:
    """The owner lets others do something."""
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **one} for one in statements]}
    gateway.client(OWNER).put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def test_a_bucket_of_somebody_else_is_met_as_denied(gateway: Gateway) -> None:
    theirs, mine = fill(gateway, OWNER, [("k.csv", LEAK)]), fill(gateway, OTHER, [("k.csv", LEAK)])

    ran = scan(gateway, f"s3://{theirs}", f"s3://{mine}", user=OTHER)

    assert ran.code == 3
    assert ran.outcomes("s3://") == {f"{theirs}/": "failed(access_denied)", f"{mine}/k.csv": "scanned"}
    assert list(ran.findings("s3://")) == [f"{mine}/k.csv"]
    assert "not everything was scanned" in ran.told


def test_an_object_that_may_be_listed_and_not_read_is_met_as_denied(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [("in/k.csv", LEAK), ("out/k.csv", LEAK)])
    arn = f"arn:aws:s3:::{bucket}"
    let(
        gateway,
        bucket,
        {"Principal": {"AWS": OTHER.arn}, "Action": "s3:ListBucket", "Resource": arn},
        {"Principal": {"AWS": OTHER.arn}, "Action": "s3:GetObject", "Resource": f"{arn}/in/*"},
    )

    ran = scan(gateway, f"s3://{bucket}", user=OTHER)

    assert (ran.code, ran.outcomes(f"s3://{bucket}/")) == (3, {"in/k.csv": "scanned", "out/k.csv": "failed(access_denied)"})


def test_a_signature_that_is_wrong_is_denied(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [("k.csv", LEAK)])

    ran = scan(gateway, f"s3://{bucket}", user=User("owner", access=OWNER.access))

    assert (ran.code, ran.outcomes("s3://")) == (3, {f"{bucket}/": "failed(access_denied)"})


def test_without_signature_only_what_is_public_is_read(gateway: Gateway) -> None:
    private, public = (fill(gateway, OWNER, [("k.csv", LEAK)]) for _ in range(2))
    s3 = gateway.client(OWNER)
    s3.put_bucket_acl(Bucket=public, ACL="public-read")
    s3.put_object(Bucket=public, Key="open.csv", Body=LEAK, ACL="public-read")

    ran = scan(gateway, f"s3://{private}", f"s3://{public}", "--no-sign-request", user=None)

    assert ran.code == 3
    assert ran.outcomes("s3://") == {
        f"{private}/": "failed(access_denied)",
        f"{public}/k.csv": "failed(access_denied)",
        f"{public}/open.csv": "scanned",
    }


def test_all_buckets_are_those_of_the_account(gateway: Gateway) -> None:
    theirs, mine = fill(gateway, OWNER, [("k.txt", b"x")]), fill(gateway, OTHER, [("k.txt", b"x")])

    ran = scan(gateway, "s3://", user=OTHER)

    buckets = {path.partition("/")[0] for path in ran.outcomes("s3://")}
    assert mine in buckets
    assert theirs not in buckets


def test_encryption_is_told_and_a_key_of_the_customers_is_missed(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [("plain.csv", LEAK)])
    s3 = gateway.client(OWNER)
    s3.put_object(Bucket=bucket, Key="kms.csv", Body=LEAK, ServerSideEncryption="aws:kms", SSEKMSKeyId="known-key")
    s3.put_object(Bucket=bucket, Key="own.csv", Body=LEAK, SSECustomerAlgorithm="AES256", SSECustomerKey=os.urandom(32))

    ran = scan(gateway, f"s3://{bucket}", user=OWNER)

    assert ran.outcomes(f"s3://{bucket}/") == {"kms.csv": "scanned", "own.csv": "failed(sse_c)", "plain.csv": "scanned"}
    # The gateway says nothing of objects that are not encrypted, which is not the same as saying that they are not.
    assert ran.summary["encryption"] == {bucket: {"aws:kms": 1, "UNKNOWN": 1}}


def test_the_requester_pays_or_is_denied(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [("k.csv", LEAK)])
    arn = f"arn:aws:s3:::{bucket}"
    let(gateway, bucket, {"Principal": {"AWS": OTHER.arn}, "Action": "s3:*", "Resource": [arn, f"{arn}/*"]})
    gateway.client(OWNER).put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration={"Payer": "Requester"})

    assert scan(gateway, f"s3://{bucket}", user=OTHER).outcomes("s3://") == {f"{bucket}/": "failed(access_denied)"}
    assert scan(gateway, f"s3://{bucket}", "--requester-pays", user=OTHER).outcomes("s3://") == {f"{bucket}/k.csv": "scanned"}


def test_versions_tags_and_storage_classes(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [])
    s3 = gateway.client(OWNER)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    old = s3.put_object(Bucket=bucket, Key="k.csv", Body=LEAK)["VersionId"]
    s3.put_object(Bucket=bucket, Key="k.csv", Body=b"nothing", Tagging="team=hr")
    s3.put_object(Bucket=bucket, Key="deleted.csv", Body=LEAK)
    s3.delete_object(Bucket=bucket, Key="deleted.csv")

    latest = scan(gateway, f"s3://{bucket}", "--tag", "team=hr", user=OWNER)
    every = scan(gateway, f"s3://{bucket}", "--all-versions", user=OWNER)
    one = scan(gateway, f"s3://{bucket}/k.csv", "--version-id", old, user=OWNER)

    assert (latest.outcomes(f"s3://{bucket}/"), latest.findings("s3://")) == ({"k.csv": "scanned"}, {})
    assert every.summary["outcomes"] == {"scanned": 3}
    assert every.summary["occurrences"] == {"USA_SOCIAL_SECURITY_NUMBER": 2}
    assert one.summary["occurrences"] == {"USA_SOCIAL_SECURITY_NUMBER": 1}


def document(statement: dict[str, Any]) -> str:
    """Without blanks, which the gateway (16.2) does not understand in requests of IAM."""
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))


def test_a_role_reads_what_it_may_and_nothing_else(gateway: Gateway) -> None:
    mine, others = fill(gateway, OWNER, [("k.csv", LEAK)]), fill(gateway, OWNER, [("k.csv", LEAK)])
    trust = {"Effect": "Allow", "Principal": {"AWS": [OTHER.arn]}, "Action": ["sts:AssumeRole"]}
    may = {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": [f"arn:aws:s3:::{mine}", f"arn:aws:s3:::{mine}/*"]}
    iam = gateway.client(OWNER, "iam")
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=document(trust))["Role"]
    iam.put_role_policy(RoleName="reader", PolicyName="read", PolicyDocument=document(may))

    ran = scan(gateway, f"s3://{mine}", f"s3://{others}", "--role-arn", role["Arn"], user=OTHER)

    assert ran.outcomes("s3://") == {f"{mine}/k.csv": "scanned", f"{others}/": "failed(access_denied)"}
    assert scan(gateway, f"s3://{mine}", user=OTHER).outcomes("s3://") == {f"{mine}/": "failed(access_denied)"}
