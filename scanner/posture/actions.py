"""What actions allow: reading, writing, listing, or changing who may do so.

Source of the names: the service authorization reference of Amazon S3.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import Final

from scanner.posture.levels import Level
from scanner.posture.wildcards import has_wildcard, matches


class Access(StrEnum):
    """What somebody may do."""

    READ = "read"
    WRITE = "write"
    LIST = "list"
    PERMISSIONS = "permissions"


_OBJECT_READ: Final = """
    GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion
    GetObjectVersionAcl GetObjectVersionAttributes GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent
"""
_OBJECT_WRITE: Final = """
    AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging DeleteObjectVersion DeleteObjectVersionTagging
    InitiateReplication PutObject PutObjectLegalHold PutObjectRetention PutObjectTagging PutObjectVersionTagging ReplicateDelete
    ReplicateObject ReplicateTags RestoreObject UpdateObjectEncryption
"""
# What comes of an upload that is not finished: nothing that tells which objects there are.
_OBJECT_PARTS: Final = "ListMultipartUploadParts"
_OBJECT_PERMISSIONS: Final = "ObjectOwnerOverrideToBucketOwner PutObjectAcl PutObjectVersionAcl"
_BUCKET_READ: Final = """
    GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
    GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus
    GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite
    GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
    GetMetricsConfiguration GetReplicationConfiguration
"""
_BUCKET_WRITE: Final = """
    CreateBucket DeleteBucket DeleteBucketWebsite PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketCORS PutBucketLogging
    PutBucketNotification PutBucketObjectLockConfiguration PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
    PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration
    PutMetricsConfiguration PutReplicationConfiguration
"""
_BUCKET_LIST: Final = "ListBucket ListBucketMultipartUploads ListBucketVersions"
_BUCKET_PERMISSIONS: Final = "DeleteBucketPolicy PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock"

_TABLE: Final = {
    f"s3:{name.lower()}": (access, on_objects)
    for access, on_objects, names in (
        (Access.READ, True, _OBJECT_READ),
        (Access.WRITE, True, _OBJECT_WRITE),
        (Access.READ, True, _OBJECT_PARTS),
        (Access.PERMISSIONS, True, _OBJECT_PERMISSIONS),
        (Access.READ, False, _BUCKET_READ),
        (Access.WRITE, False, _BUCKET_WRITE),
        (Access.LIST, False, _BUCKET_LIST),
        (Access.PERMISSIONS, False, _BUCKET_PERMISSIONS),
    )
    for name in names.split()
}
_ALL: Final = frozenset(_TABLE)


@lru_cache(maxsize=4096)
def known_actions(pattern: str) -> frozenset[str]:
    """The known actions that a pattern in lower case stands for."""
    if pattern in ("*", "s3:*"):
        return _ALL
    return frozenset(name for name in _ALL if matches(pattern, name))


@lru_cache(maxsize=4096)
def access_of(pattern: str, levels: Level = "both") -> frozenset[Access]:
    """What an action, or all those of a pattern, allow; the name tells of actions that are not in the table."""
    known = known_actions(pattern)
    if known:
        return accesses(known, levels)
    return frozenset([_by_name(pattern.partition(":")[2])]) if not has_wildcard(pattern) else frozenset()


def accesses(names: Iterable[str], levels: Level = "both") -> frozenset[Access]:
    """What known actions allow on objects, on the bucket, or on both."""
    found = [_TABLE[name] for name in names]
    return frozenset([access for access, of_objects in found if levels == "both" or of_objects is (levels == "objects")])


@lru_cache(maxsize=4096)
def on_objects(action: str) -> bool | None:
    """Whether an action is one on objects; False for one on the bucket; None for patterns and unknown names."""
    entry = _TABLE.get(action)
    return entry[1] if entry else None


def all_but(patterns: Iterable[str]) -> frozenset[str]:
    """The known actions that none of the patterns stands for: what NotAction leaves."""
    return _ALL.difference(*map(known_actions, patterns))


def _by_name(name: str) -> Access:
    if name.endswith(("acl", "policy")) and not name.startswith(("get", "list")):
        return Access.PERMISSIONS
    if name.startswith("list"):
        return Access.LIST
    return Access.READ if name.startswith(("get", "describe", "head")) else Access.WRITE
