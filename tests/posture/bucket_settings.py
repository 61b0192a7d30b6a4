"""Settings of buckets made in sight."""

from dataclasses import replace
from typing import Any

from scanner.posture.answers import Unknown
from scanner.posture.settings import BucketSettings, Encryption, Grant, PublicAccessBlock

OWNER, OTHER = "111111111111", "222222222222"
OWNER_ID, OTHER_ID = "a" * 64, "c" * 64
NOT_KNOWN = Unknown("s3api get-something", "AccessDenied", "s3:GetSomething")
EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers"
EVERY_ACCOUNT = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"
ALL_ON = PublicAccessBlock(ignore_public_acls=True, restrict_public_buckets=True, block_public_acls=True, block_public_policy=True)

_PLAIN = BucketSettings(
    name="b",
    account=OWNER,
    region="eu-west-1",
    created="",
    owner_id=OWNER_ID,
    account_block=PublicAccessBlock(),
    block=PublicAccessBlock(),
    policy=None,
    policy_is_public=None,
    grants=(Grant(OWNER_ID, "FULL_CONTROL"),),
    ownership="BucketOwnerEnforced",
    encryption=Encryption("aws:kms"),
    versioning="Enabled",
    mfa_delete=False,
    logging="logs",
    website=False,
    replication=(),
    object_lock=False,
    tags=(),
    inventory=(),
    notified=(),
    access_points=(),
)


def settings(**changed: Any) -> BucketSettings:
    """A bucket that nobody but its owner can reach, but for what is changed."""
    return replace(_PLAIN, **changed)


def allow(principal: object = "*", action: object = "s3:GetObject", **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, "Resource": "arn:aws:s3:::b/*", **more}


def policy(*statements: dict[str, object]) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
