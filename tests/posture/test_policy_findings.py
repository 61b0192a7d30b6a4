"""Findings on the set-up of buckets: types and severities."""

from typing import Any

import pytest

from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings
from scanner.posture.protection import TlsOnly, UnencryptedUploads, tls_only, unencrypted_uploads
from scanner.posture.settings import Destination, Encryption, Grant, PublicAccessBlock
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import ALL_ON, EVERYBODY, NOT_KNOWN, OTHER, OWNER, OWNER_ID, allow, policy, settings

SSE = "s3:x-amz-server-side-encryption"
DENY_HTTP: dict[str, object] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def found(**changed: Any) -> dict[str, PolicySeverity]:
    """Type and severity of what is found in a bucket that is quiet but for what is changed."""
    quiet: dict[str, Any] = {"block": ALL_ON, "policy": policy(DENY_HTTP)}
    verdicts = judge(settings(**(quiet | changed)), Trusted())
    return {finding.type.rpartition("/")[2]: finding.severity for finding in policy_findings(verdicts)}


def test_a_bucket_in_order_has_no_findings() -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("changed", "kind", "severity"),
    [
        ({"policy": policy(DENY_HTTP, allow()), "block": PublicAccessBlock()}, "S3BucketPublic", PolicySeverity.HIGH),
        (
            {"policy": policy(DENY_HTTP, allow(action="s3:PutObject")), "block": PublicAccessBlock()},
            "S3BucketPublic",
            PolicySeverity.CRITICAL,
        ),
        (
            {"grants": (Grant(EVERYBODY, "WRITE_ACP"),), "ownership": None, "block": PublicAccessBlock()},
            "S3BucketPublic",
            PolicySeverity.CRITICAL,
        ),
        ({"policy": policy(DENY_HTTP, allow({"AWS": OTHER}))}, "S3BucketSharedExternally", PolicySeverity.HIGH),
        (
            {"policy": policy(DENY_HTTP, allow(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-theirs"}}))},
            "S3BucketSharedExternally",
            PolicySeverity.MEDIUM,
        ),
        ({"replication": (Destination("arn:aws:s3:::x", OTHER),)}, "S3BucketReplicatedExternally", PolicySeverity.HIGH),
        (
            {"policy": policy(DENY_HTTP, allow({"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}))},
            "S3BucketSharedWithCloudFront",
            PolicySeverity.MEDIUM,
        ),
        ({"block": PublicAccessBlock()}, "S3BlockPublicAccessDisabled", PolicySeverity.MEDIUM),
        ({"encryption": Encryption("AES256")}, "S3BucketEncryptionDisabled", PolicySeverity.LOW),
        ({"encryption": None}, "S3BucketEncryptionDisabled", PolicySeverity.HIGH),
        ({"policy": policy(DENY_HTTP, allow())}, "S3DormantPublicGrant", PolicySeverity.MEDIUM),
        ({"policy": policy(DENY_HTTP, allow()), "block": NOT_KNOWN}, "S3PublicUnconfirmed", PolicySeverity.HIGH),
        ({"policy": None}, "S3TlsNotEnforced", PolicySeverity.LOW),
        ({"encryption": Encryption("aws:kms", f"arn:aws:kms:eu-west-1:{OTHER}:key/1")}, "S3CrossAccountKey", PolicySeverity.MEDIUM),
        ({"encryption": Encryption("aws:kms", "alias/data")}, "S3KeyNotQualified", PolicySeverity.LOW),
        ({"policy": policy(DENY_HTTP, allow({"Service": "cloudtrail.amazonaws.com"}))}, "S3ConfusedDeputy", PolicySeverity.MEDIUM),
        ({"policy_is_public": True}, "S3PolicyStatusDisagrees", PolicySeverity.INFO),
        ({"versioning": "Suspended"}, "S3NoVersioning", PolicySeverity.INFO),
        ({"logging": None}, "S3NoLogging", PolicySeverity.INFO),
    ],
)
def test_one_thing_that_is_wrong(changed: dict[str, Any], kind: str, severity: PolicySeverity) -> None:
    assert found(**changed)[kind] is severity


def test_block_public_access_that_is_off_is_worse_where_something_waits_behind_the_account() -> None:
    public = policy(DENY_HTTP, allow())
    half = PublicAccessBlock(restrict_public_buckets=True)

    kinds = found(policy=public, block=PublicAccessBlock(), account_block=half)

    assert kinds["S3BlockPublicAccessDisabled"] is PolicySeverity.HIGH
    assert "S3BlockPublicAccessDisabled" not in found(block=PublicAccessBlock(), account_block=ALL_ON)


def test_of_a_bucket_that_is_public_nothing_is_unconfirmed() -> None:
    everybody = (Grant(EVERYBODY, "READ"),)
    kinds = found(policy=policy(DENY_HTTP, allow()), grants=everybody, ownership=NOT_KNOWN, block=PublicAccessBlock())

    assert "S3BucketPublic" in kinds
    assert "S3PublicUnconfirmed" not in kinds


def test_what_is_unknown_is_no_finding() -> None:
    unknown = dict.fromkeys(
        ("policy", "policy_is_public", "grants", "block", "account_block", "encryption", "versioning", "logging", "replication"), NOT_KNOWN
    )

    assert found(**unknown) == {}


def test_a_key_of_a_trusted_account_is_no_finding() -> None:
    made = settings(encryption=Encryption("aws:kms", f"arn:aws:kms:eu-west-1:{OTHER}:key/1"), block=ALL_ON, policy=policy(DENY_HTTP))

    assert policy_findings(judge(made, Trusted(accounts=frozenset([OTHER])))) == ()


@pytest.mark.parametrize(
    ("destination", "owners", "externally"),
    [
        (Destination("arn:aws:s3:::x", OTHER), {}, True),
        (Destination("arn:aws:s3:::x", OWNER), {}, False),
        (Destination("arn:aws:s3:::x"), {}, None),
        (Destination("arn:aws:s3:::x"), {"x": OWNER}, False),
        (Destination("arn:aws:s3:::x"), {"x": OTHER}, True),
    ],
)
def test_whose_a_destination_is(destination: Destination, owners: dict[str, str], externally: bool | None) -> None:
    verdict = judge(settings(replication=(destination,)), Trusted(), owners).replication

    assert (verdict.replicated, verdict.externally) == (True, externally)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, TlsOnly.TRUE),
        ({"Condition": {"Bool": {"AWS:securetransport": False}}}, TlsOnly.TRUE),
        ({"Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}, TlsOnly.TRUE),
        ({"Resource": "arn:aws:s3:::b/*"}, TlsOnly.PARTIAL),
        ({"Resource": "arn:aws:s3:::b"}, TlsOnly.PARTIAL),
        ({"Action": "s3:PutObject"}, TlsOnly.PARTIAL),
        ({"Principal": {"AWS": OTHER}}, TlsOnly.FALSE),
        ({"Effect": "Allow", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}, TlsOnly.FALSE),
        ({"Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}}, TlsOnly.FALSE),
        ({"Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}}, TlsOnly.FALSE),
        ({"Resource": ["arn:aws:s3:::other", "arn:aws:s3:::other/*"]}, TlsOnly.PARTIAL),
        ({"Resource": ["arn:aws-cn:s3:::b", "arn:aws-cn:s3:::b/*"]}, TlsOnly.TRUE),
    ],
)
def test_tls_only(changed: dict[str, Any], expected: TlsOnly) -> None:
    assert tls_only(policy(DENY_HTTP | changed), "b") is expected


def test_tls_by_two_statements() -> None:
    halves = [DENY_HTTP | {"Resource": one} for one in ("arn:aws:s3:::b", "arn:aws:s3:::b/*")]

    assert tls_only(policy(*halves), "b") is TlsOnly.TRUE
    assert tls_only(None, "b") is TlsOnly.FALSE
    assert tls_only(NOT_KNOWN, "b") is TlsOnly.UNKNOWN


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"Null": {"s3:x-amz-server-side-encryption": "true"}}, UnencryptedUploads.FALSE),
        ({"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}, UnencryptedUploads.FALSE),
        ({"StringNotEquals": {"s3:x-amz-server-side-encryption": ["AES256", "aws:kms"]}}, UnencryptedUploads.FALSE),
        ({"StringNotEquals": {"s3:x-amz-server-side-encryption-customer-algorithm": "AES256"}}, UnencryptedUploads.FALSE),
        ({"Null": dict.fromkeys([SSE, f"{SSE}-customer-algorithm"], "true")}, UnencryptedUploads.FALSE),
        ({"Null": {SSE: "true"}, "StringNotEquals": {SSE: "aws:kms"}}, UnencryptedUploads.FALSE),
        ({"StringNotEquals": {f"{SSE}-aws-kms-key-id": "arn:aws:kms:eu-west-1:111111111111:key/k"}}, UnencryptedUploads.FALSE),
        ({"Null": {SSE: "true"}, "StringEquals": {"aws:SourceVpc": "vpc-1"}}, UnencryptedUploads.TRUE),
        ({"Null": {f"{SSE}-customer-algorithm": "false"}}, UnencryptedUploads.TRUE),
        ({"StringEquals": {"s3:x-amz-server-side-encryption": "AES256"}}, UnencryptedUploads.TRUE),
        ({"StringNotEquals": {"s3:x-amz-server-side-encryption": "none"}}, UnencryptedUploads.TRUE),
        ({"Bool": {"aws:SecureTransport": "false"}}, UnencryptedUploads.TRUE),
    ],
)
def test_uploads_without_encryption(condition: dict[str, Any], expected: UnencryptedUploads) -> None:
    deny: dict[str, object] = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::b/*",
        "Condition": condition,
    }

    assert unencrypted_uploads(policy(deny), "b") is expected


def test_the_owner_by_canonical_id_is_no_outsider() -> None:
    made = settings(grants=(Grant(OWNER_ID.upper(), "FULL_CONTROL"),), ownership=None)

    assert judge(made, Trusted()).sharing.outsiders == ()
