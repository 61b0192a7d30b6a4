"""Answers in the shape of the API, made from the settings of a template or an inventory.

Every input becomes such answers, so that one reader and one set of checks serve all.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from scanner.posture import calls
from scanner.posture.answers import Answer, Unknown

_GROUPS: Final = "http://acs.amazonaws.com/groups/"
EVERYBODY: Final = f"{_GROUPS}global/AllUsers"
EVERY_ACCOUNT: Final = f"{_GROUPS}global/AuthenticatedUsers"
LOG_DELIVERY: Final = f"{_GROUPS}s3/LogDelivery"
_CANNED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "private": (),
    "bucket-owner-read": (),
    "bucket-owner-full-control": (),
    "aws-exec-read": (),
    "public-read": ((EVERYBODY, "READ"),),
    "public-read-write": ((EVERYBODY, "READ"), (EVERYBODY, "WRITE")),
    "authenticated-read": ((EVERY_ACCOUNT, "READ"),),
    "log-delivery-write": ((LOG_DELIVERY, "WRITE"), (LOG_DELIVERY, "READ_ACP")),
}
# What Amazon S3 gives every new bucket since April 2023.
NEW_BLOCK: Final = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)


def block(settings: Mapping[str, object]) -> Answer:
    """:param settings: by the API's names; what is missing is false"""
    return Answer({"PublicAccessBlockConfiguration": settings})


def access_point(name: str, blocked: Answer) -> Answer:
    """What is told of one access point.

    :param blocked: its own Block Public Access, as `block` gives it; an error where it is not known
    """
    return blocked if blocked.response is None else Answer({"Name": name, **blocked.response})


def policy(document: object) -> Answer:
    """A policy; none if it is empty."""
    return Answer({"Policy": document}) if document else Answer(error="NoSuchBucketPolicy")


def acl(grants: Iterable[tuple[str, str]], owner: str = "") -> Answer:
    """:param grants: grantee, a URI or a canonical id, and permission"""
    listed = [{"Grantee": {"URI" if "/" in who else "ID": who}, "Permission": permission} for who, permission in grants]
    return Answer({"Owner": {"ID": owner}, "Grants": listed})


def canned_acl(name: str) -> Answer:
    """The grants beside the owner's that a canned list stands for."""
    grants = _CANNED.get(name)
    return Answer(error=f"the list {name!r} is not known") if grants is None else acl(grants)


def ownership(rule: object) -> Answer:
    """Object ownership; empty is an old bucket."""
    return Answer({"OwnershipControls": {"Rules": [{"ObjectOwnership": rule}]}}) if rule else Answer(error="OwnershipControlsNotFoundError")


def encryption(algorithm: object, key: object = None, *, bucket_key: bool = False) -> Answer:
    """Default encryption."""
    default = {"SSEAlgorithm": algorithm, "KMSMasterKeyID": key}
    rule = {"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": bucket_key}
    return Answer({"ServerSideEncryptionConfiguration": {"Rules": [rule]}})


def logging(target: object) -> Answer:
    """:param target: the bucket that logs go to; empty is off"""
    return Answer({"LoggingEnabled": {"TargetBucket": target}} if target else {})


def replication(rules: Iterable[tuple[object, object, object]]) -> Answer:
    """:param rules: status, ARN of the destination, account or None"""
    made = [{"Status": status, "Destination": {"Bucket": bucket, "Account": account}} for status, bucket, account in rules]
    return Answer({"ReplicationConfiguration": {"Rules": made}}) if made else Answer(error="ReplicationConfigurationNotFoundError")


def tags(pairs: Iterable[tuple[object, object]]) -> Answer:
    """Keys and values."""
    return Answer({"TagSet": [{"Key": key, "Value": value} for key, value in pairs]})


def undecided(reason: str) -> Answer:
    """A setting that the input leaves open."""
    return Answer(error=reason)


def new_bucket() -> dict[str, Answer]:
    """What a bucket has that is created today and of which nothing more is said."""
    unset = (calls.POLICY, calls.POLICY_STATUS, calls.WEBSITE, calls.REPLICATION, calls.LOCK, calls.TAGS)
    return {
        **{call.name: Answer(error=min(call.unset)) for call in unset},
        **{call.name: Answer({}) for call in (calls.VERSIONING, calls.LOGGING, calls.INVENTORY, calls.NOTIFICATION)},
        calls.BLOCK.name: block(NEW_BLOCK),
        calls.ACL.name: acl(()),
        calls.OWNERSHIP.name: ownership("BucketOwnerEnforced"),
        calls.ENCRYPTION.name: encryption("AES256"),
    }


class StillUnknownError(Exception):
    """A whole block of an input is known only later."""


def first(value: object) -> dict[str, Any]:
    """The object of a block that is written as a list of one; empty if there is none.

    :raises StillUnknownError: if it is UNKNOWN
    """
    item = value[0] if isinstance(value, list) and value else value
    if isinstance(item, Unknown):
        raise StillUnknownError
    return item if isinstance(item, dict) else {}


def first_known(value: object) -> dict[str, Any]:
    """As `first`, but empty if it is UNKNOWN."""
    try:
        return first(value)
    except StillUnknownError:
        return {}
