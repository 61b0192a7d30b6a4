"""Buckets of AWS Config: a snapshot, a history file, or one configuration item.

Config writes the access control list as JSON within JSON, and names grantees and permissions in a form of its own. What it does
not record is UNKNOWN.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from scanner.posture import api_shapes as shapes
from scanner.posture import calls
from scanner.posture.answers import Answer, BucketAnswers
from scanner.posture.inventory import Inventory

_KIND: Final = "AWS::S3::Bucket"
_ACCOUNT_KIND: Final = "AWS::S3::AccountPublicAccessBlock"
_GROUPS: Final = {"AllUsers": shapes.EVERYBODY, "AuthenticatedUsers": shapes.EVERY_ACCOUNT, "LogDelivery": shapes.LOG_DELIVERY}
_PERMISSIONS: Final = {"FullControl": "FULL_CONTROL", "Read": "READ", "Write": "WRITE", "ReadAcp": "READ_ACP", "WriteAcp": "WRITE_ACP"}
_NOT_RECORDED: Final = shapes.undecided("not recorded by AWS Config")


def is_config(document: object) -> bool:
    """Whether the document holds configuration items."""
    return any(one.get("resourceType") == _KIND for one in _items(document))


def read_config(document: object) -> Inventory:
    """The buckets, in the order of the items."""
    items = list(_items(document))
    blocks = {
        str(one.get("awsAccountId")): _block(one.get("configuration") or {}) for one in items if one.get("resourceType") == _ACCOUNT_KIND
    }
    return Inventory(tuple(_bucket(one, blocks) for one in items if one.get("resourceType") == _KIND))


def _items(document: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(document, list):
        listed: object = document
    elif isinstance(document, dict):
        listed = document.get("configurationItems", document.get("baseConfigurationItems", [document]))
    else:
        listed = []
    yield from (one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()


def _bucket(item: Mapping[str, Any], blocks: Mapping[str, Answer]) -> BucketAnswers:
    account = item.get("awsAccountId") or item.get("accountId")
    extra = _plain(item.get("supplementaryConfiguration")) or {}
    answers = {call.name: _NOT_RECORDED for call in calls.BUCKET_CALLS}
    answers[calls.LOCATION.name] = Answer({"LocationConstraint": item.get("awsRegion")})
    for name, (call, reader) in _READERS.items():
        if name in extra:
            answers[call] = _read(reader, extra[name])
    number = account if isinstance(account, str) else None
    created = str(item.get("resourceCreationTime") or "")
    return BucketAnswers(str(item.get("resourceName")), answers, number, blocks.get(number or "", _NOT_RECORDED), _NOT_RECORDED, created)


def _read(reader: Callable[[Any], Answer], value: object) -> Answer:
    try:
        return reader(_plain(value))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return shapes.undecided("the item has another form than AWS Config writes")


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """JSON within JSON, once or twice."""
    for _ in range(2):
        if not isinstance(value, str):
            return value
        value = json.loads(value)
    return value


def _policy(value: Mapping[str, Any]) -> Answer:
    return shapes.policy(value["policyText"])


def _block(value: Mapping[str, Any]) -> Answer:
    names = ("blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets")
    return shapes.block({f"{name[0].upper()}{name[1:]}": bool(value.get(name)) for name in names})


def _acl(value: Mapping[str, Any]) -> Answer:
    grants = [(_grantee(one["grantee"]), _PERMISSIONS[one["permission"]]) for one in value.get("grantList") or ()]
    return shapes.acl(grants, value["owner"]["id"])


def _grantee(grantee: object) -> str:
    """A group by its short name, or the canonical id of an owner."""
    return _GROUPS[grantee] if isinstance(grantee, str) else str(grantee["id"])  # type: ignore[index]  # a mapping, or it is caught


def _encryption(value: Mapping[str, Any]) -> Answer:
    rule = value["rules"][0]
    default = rule["applyServerSideEncryptionByDefault"]
    return shapes.encryption(default["sseAlgorithm"], default.get("kmsMasterKeyID"), bucket_key=bool(rule.get("bucketKeyEnabled")))


def _versioning(value: Mapping[str, Any]) -> Answer:
    status = value.get("status")
    return Answer({"Status": "" if status == "Off" else status, "MFADelete": "Enabled" if value.get("isMfaDeleteEnabled") else ""})


def _logging(value: Mapping[str, Any]) -> Answer:
    return shapes.logging(value.get("destinationBucketName"))


def _replication(value: Mapping[str, Any]) -> Answer:
    rules = [(rule, rule["destinationConfig"]) for rule in (value.get("rules") or {}).values()]
    return shapes.replication((rule.get("status"), where.get("bucketARN"), where.get("account")) for rule, where in rules)


def _website(value: Mapping[str, Any] | None) -> Answer:
    served = bool(value) and bool((value or {}).get("indexDocumentSuffix") or (value or {}).get("redirectAllRequestsTo"))
    return Answer({"IndexDocument": {}}) if served else Answer(error="NoSuchWebsiteConfiguration")


def _tags(value: Mapping[str, Any]) -> Answer:
    return shapes.tags(pair for one in value.get("tagSets") or () for pair in (one.get("tags") or {}).items())


_READERS: Final[dict[str, tuple[str, Callable[[Any], Answer]]]] = {
    "BucketPolicy": (calls.POLICY.name, _policy),
    "AccessControlList": (calls.ACL.name, _acl),
    "PublicAccessBlockConfiguration": (calls.BLOCK.name, _block),
    "ServerSideEncryptionConfiguration": (calls.ENCRYPTION.name, _encryption),
    "BucketVersioningConfiguration": (calls.VERSIONING.name, _versioning),
    "BucketLoggingConfiguration": (calls.LOGGING.name, _logging),
    "BucketReplicationConfiguration": (calls.REPLICATION.name, _replication),
    "BucketWebsiteConfiguration": (calls.WEBSITE.name, _website),
    "BucketTaggingConfiguration": (calls.TAGS.name, _tags),
}
