"""Reads the truth tables of buckets: settings by the words of the tables."""

import tomllib
from pathlib import Path
from typing import Any

from scanner.posture.parties import Trusted
from scanner.posture.settings import AccessPoint, Grant, PublicAccessBlock
from tests.posture.bucket_settings import EVERY_ACCOUNT, EVERYBODY, LOGS, NOT_KNOWN, OTHER, OTHER_ID, OWNER, OWNER_ID, allow, policy

FRIEND, FRIEND_ID = "999999999999", "f" * 64
TRUSTED = Trusted(accounts=frozenset([FRIEND]), canonical_ids=frozenset([FRIEND_ID]))
_IDENTITY = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"
_GRANTEES = {
    "all": EVERYBODY,
    "accounts": EVERY_ACCOUNT,
    "logs": LOGS,
    "own": OWNER_ID,
    "OWN": OWNER_ID.upper(),
    "other": OTHER_ID,
    "trusted": FRIEND_ID,
    "cloudfront": "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
}
_OWN = Grant(OWNER_ID, "FULL_CONTROL")
LISTS: dict[str, Any] = {
    "none": (_OWN,),
    "everybody": (_OWN, Grant(EVERYBODY, "READ")),
    "accounts": (_OWN, Grant(EVERY_ACCOUNT, "READ_ACP")),
    "foreign": (_OWN, Grant(OTHER_ID, "FULL_CONTROL")),
    "logs": (_OWN, Grant(LOGS, "WRITE")),
    "both": (_OWN, Grant(EVERYBODY, "READ"), Grant(OTHER_ID, "READ")),
    "unknown": NOT_KNOWN,
}
OWNERSHIP: dict[str, Any] = {
    "enforced": "BucketOwnerEnforced",
    "preferred": "BucketOwnerPreferred",
    "writer": "ObjectWriter",
    "unset": None,
    "unknown": NOT_KNOWN,
}


def _left_to(account: str) -> dict[str, object]:
    return policy(allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": account}}))


_OWN_POINT = f"arn:aws:s3:eu-west-1:{OWNER}:accesspoint/p"
POLICIES: dict[str, Any] = {
    "none": None,
    "public": policy(allow()),
    "external": policy(allow({"AWS": OTHER})),
    "both": policy(allow(), allow({"AWS": OTHER})),
    "trusted": policy(allow({"AWS": FRIEND})),
    "cloudfront": policy(allow({"AWS": _IDENTITY})),
    "vpc": policy(allow(Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}})),
    "own-id": policy(allow({"CanonicalUser": OWNER_ID})),
    "ours": policy(allow({"AWS": OWNER})),
    "own-key": policy(allow(Condition={"StringEquals": {"s3:DataAccessPointArn": _OWN_POINT}})),
    "left": _left_to(OWNER),
    "theirs": _left_to(OTHER),
    "unknown": NOT_KNOWN,
}


def rows(name: str) -> list[list[Any]]:
    """The rows of a table in this folder."""
    loaded: list[list[Any]] = tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["rows"]
    return loaded


def block(letters: str) -> Any:
    """Block Public Access by the letters of the settings that are on."""
    return NOT_KNOWN if letters == "?" else PublicAccessBlock("A" in letters, "I" in letters, "P" in letters, "R" in letters)


def grants(text: str) -> tuple[Grant, ...]:
    """Grants as `READ all, WRITE logs`, besides the owner's own."""
    pairs = [one.split() for one in text.split(",")]
    return (_OWN, *(Grant(_GRANTEES[who], permission) for permission, who in pairs))


def point(policy_word: str, reached_from: str, letters: str) -> AccessPoint:
    """An access point of the bucket's own account."""
    vpc: Any = {"internet": None, "vpc": "vpc-1", "unknown": NOT_KNOWN}[reached_from]
    return AccessPoint("p", OWNER, vpc, block(letters), POLICIES[policy_word])
