"""A finding on a bucket in Macie's members: category POLICY of the Finding API."""

from collections.abc import Mapping
from typing import Any, Final

import regex

from scanner.model.records import Run
from scanner.reports.policies import BucketFinding
from scanner.reports.times import timestamp

Json = dict[str, object]

MACIE_TYPES: Final = "Policy:IAMUser/"
"""How the types begin that Macie has; it has no others."""

_SEVERITIES: Final = {"info": (1, "Low"), "low": (1, "Low"), "medium": (2, "Medium"), "high": (3, "High"), "critical": (3, "High")}
_ENCRYPTIONS: Final = frozenset(("NONE", "AES256", "aws:kms", "UNKNOWN", "aws:kms:dsse"))
_PERMISSIONS: Final = frozenset(("PUBLIC", "NOT_PUBLIC", "UNKNOWN"))
_MOMENT: Final = regex.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")


def macie_policy(finding: BucketFinding, run: Run) -> Json:
    """Macie's Finding with nothing added. What is not known of the bucket is UNKNOWN where Macie has that word, else left out."""
    score, words = _SEVERITIES[finding.severity]
    created = timestamp(run.started)
    return {
        "schemaVersion": "1.0",
        "id": finding.id,
        "accountId": finding.account,
        "partition": "aws",
        "region": finding.region,
        "type": finding.type,
        "title": finding.title,
        "description": finding.detail,
        "severity": {"score": score, "description": words},
        "createdAt": created,
        "updatedAt": created,
        "count": 1,
        "category": "POLICY",
        "sample": False,
        "archived": False,
        "resourcesAffected": {"s3Bucket": _bucket(finding)},
    }


def policy_record(finding: BucketFinding, run: Run) -> Json:
    """The whole finding as a record: Macie's members, and ours beside them."""
    own: Json = {"uri": finding.uri, "level": finding.severity, "remedy": finding.remedy}
    return {"record": "policy", **macie_policy(finding, run), **own}


def _bucket(finding: BucketFinding) -> Json:
    settings = finding.settings
    created, encryption = str(settings.get("bucketCreatedAt") or ""), _members(settings.get("serverSideEncryption"))
    kind, key = str(encryption.get("type", "")), encryption.get("kmsMasterKeyId")
    moment: Json = {"createdAt": created} if _MOMENT.fullmatch(created) else {}
    return moment | {
        "arn": finding.arn,
        "name": finding.bucket,
        "allowsUnencryptedObjectUploads": str(settings.get("allowsUnencryptedObjectUploads") or "UNKNOWN"),
        "defaultServerSideEncryption": {"encryptionType": kind if kind in _ENCRYPTIONS else "UNKNOWN"}
        | ({"kmsMasterKeyId": key} if key else {}),
        "publicAccess": _public_access(_members(settings.get("publicAccess"))),
        "tags": [{"key": str(tag["key"]), "value": str(tag["value"])} for tag in settings.get("tags") or ()],
    }


def _public_access(access: Mapping[str, Any]) -> Json:
    word = str(access.get("effectivePermission"))
    known = _known(access.get("permissionConfiguration"))
    permission: Json = {"effectivePermission": word if word in _PERMISSIONS else "UNKNOWN"}
    return permission | ({"permissionConfiguration": known} if known else {})


def _known(value: object) -> object:
    """Without what is null; the names are Macie's already."""
    if not isinstance(value, Mapping):
        return value
    parts = {name: _known(item) for name, item in value.items()}
    return {name: item for name, item in parts.items() if item is not None and item != {}}


def _members(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
