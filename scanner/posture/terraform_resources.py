"""Terraform's resources as answers in the shape of the API, by type.

A value that is known only after apply is an `Unknown` among the attributes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scanner.posture import api_shapes as shapes
from scanner.posture import calls
from scanner.posture.answers import Answer, Unknown

Attributes = Mapping[str, Any]

_BLOCK_NAMES: Final = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource.

    :param address: with modules and index
    :param created: by this plan, so that it does not exist yet
    :param references: addresses without index that its attribute `bucket` refers to
    """

    address: str
    type: str
    index: object
    attributes: Mapping[str, Any]
    created: bool
    references: tuple[str, ...]


def plain(address: str) -> str:
    """An address without its indexes."""
    kept, depth = [], 0
    for character in address:
        depth += character == "["
        if not depth:
            kept.append(character)
        depth -= character == "]"
    return "".join(kept)


def block(attributes: Attributes) -> Answer:
    """aws_s3_bucket_public_access_block, and the block of an account or access point."""
    return shapes.block({name: _flag(attributes.get(key)) for key, name in _BLOCK_NAMES.items()})


def _flag(value: object) -> object:
    return value if isinstance(value, Unknown) else bool(value)


def _policy(attributes: Attributes) -> Answer:
    return shapes.policy(attributes.get("policy"))


def _acl(attributes: Attributes) -> Answer:
    canned = attributes.get("acl")
    if isinstance(canned, str) and canned:
        return shapes.canned_acl(canned)
    written = attributes.get("access_control_policy")
    if isinstance(canned, Unknown) and not written:
        raise shapes.StillUnknownError
    control = shapes.first(written)
    grants = [(shapes.first(one.get("grantee")), one.get("permission")) for one in control.get("grant") or ()]
    owner = shapes.first(control.get("owner")).get("id")
    pairs = [(who.get("uri") or who.get("id") or who.get("email_address"), permission) for who, permission in grants]
    if any(not isinstance(who, str) or not isinstance(permission, str) for who, permission in pairs):
        return shapes.undecided("a grant is known only after apply")
    return shapes.acl([(str(who), str(permission)) for who, permission in pairs], owner if isinstance(owner, str) else "")


def _ownership(attributes: Attributes) -> Answer:
    return shapes.ownership(shapes.first(attributes.get("rule")).get("object_ownership"))


def _encryption(attributes: Attributes) -> Answer:
    rule = shapes.first(attributes.get("rule"))
    default = shapes.first(rule.get("apply_server_side_encryption_by_default"))
    return shapes.encryption(
        default.get("sse_algorithm"), default.get("kms_master_key_id"), bucket_key=rule.get("bucket_key_enabled") is True
    )


def _versioning(attributes: Attributes) -> Answer:
    found = shapes.first(attributes.get("versioning_configuration"))
    return Answer({"Status": found.get("status"), "MFADelete": found.get("mfa_delete") or ""})


def _logging(attributes: Attributes) -> Answer:
    return shapes.logging(attributes.get("target_bucket"))


def _website(attributes: Attributes) -> Answer:
    return Answer({"IndexDocument": attributes.get("index_document") or attributes.get("redirect_all_requests_to") or {}})


def _replication(attributes: Attributes) -> Answer:
    shapes.first(attributes.get("rule"))
    rules = [(rule, shapes.first(rule.get("destination"))) for rule in attributes.get("rule") or () if isinstance(rule, dict)]
    return shapes.replication((rule.get("status", "Enabled"), one.get("bucket"), one.get("account") or None) for rule, one in rules)


def _lock(attributes: Attributes) -> Answer:
    return Answer({"ObjectLockConfiguration": {"ObjectLockEnabled": attributes.get("object_lock_enabled") or "Enabled"}})


def part_answer(kind: str, attributes: Attributes) -> Answer:
    """The answer that a separate resource stands for; undecided if it is known only after apply."""
    try:
        return PARTS[kind][1](attributes)
    except shapes.StillUnknownError:
        return shapes.undecided("known only after apply")


# Separate resources of one bucket, and the call that each stands for.
PARTS: Final[dict[str, tuple[str, Callable[[Attributes], Answer]]]] = {
    "aws_s3_bucket_policy": (calls.POLICY.name, _policy),
    "aws_s3_bucket_public_access_block": (calls.BLOCK.name, block),
    "aws_s3_bucket_acl": (calls.ACL.name, _acl),
    "aws_s3_bucket_ownership_controls": (calls.OWNERSHIP.name, _ownership),
    "aws_s3_bucket_server_side_encryption_configuration": (calls.ENCRYPTION.name, _encryption),
    "aws_s3_bucket_versioning": (calls.VERSIONING.name, _versioning),
    "aws_s3_bucket_logging": (calls.LOGGING.name, _logging),
    "aws_s3_bucket_website_configuration": (calls.WEBSITE.name, _website),
    "aws_s3_bucket_replication_configuration": (calls.REPLICATION.name, _replication),
    "aws_s3_bucket_object_lock_configuration": (calls.LOCK.name, _lock),
}


def inline(attributes: Attributes) -> dict[str, Answer]:
    """What an `aws_s3_bucket` says of itself: old configurations set it there, and a state mirrors the real bucket there."""
    answers: dict[str, Answer] = {}
    if isinstance(attributes.get("policy"), str):
        answers[calls.POLICY.name] = shapes.policy(attributes["policy"])
    if isinstance(attributes.get("acl"), str) and attributes["acl"]:
        answers[calls.ACL.name] = shapes.canned_acl(attributes["acl"])
    elif isinstance(attributes.get("grant"), list):
        answers[calls.ACL.name] = _inline_grants(attributes["grant"])
    default = shapes.first_known(shapes.first_known(attributes.get("server_side_encryption_configuration")).get("rule"))
    if default:
        answers[calls.ENCRYPTION.name] = _encryption({"rule": [default]})
    versioning = shapes.first_known(attributes.get("versioning"))
    if "enabled" in versioning:
        mfa = "Enabled" if versioning.get("mfa_delete") else "Disabled"
        answers[calls.VERSIONING.name] = Answer({"Status": "Enabled" if versioning["enabled"] else "", "MFADelete": mfa})
    tags = attributes.get("tags_all") or attributes.get("tags")
    if isinstance(tags, dict):
        answers[calls.TAGS.name] = shapes.tags(tags.items())
    return answers


def _inline_grants(grants: list[Any]) -> Answer:
    pairs = [(one.get("uri") or one.get("id"), permission) for one in grants for permission in one.get("permissions") or ()]
    return shapes.acl([(str(who), str(permission)) for who, permission in pairs])
