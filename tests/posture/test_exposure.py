"""Policy, list, ownership and Block Public Access together, against a truth table written by hand."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scanner.posture.exposure import Permission, judge_exposure
from scanner.posture.parties import Trusted
from scanner.posture.settings import AccessPoint, Grant, PublicAccessBlock
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import (
    ALL_ON,
    EVERY_ACCOUNT,
    EVERYBODY,
    LOGS,
    NOT_KNOWN,
    OTHER,
    OTHER_ID,
    OWNER,
    OWNER_ID,
    allow,
    policy,
    settings,
)

ROWS: list[list[str]] = tomllib.loads((Path(__file__).parent / "exposure.toml").read_text("utf-8"))["rows"]
TRUSTED = Trusted(accounts=frozenset(["999999999999"]))
IDENTITY = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"
POLICIES: dict[str, Any] = {
    "none": None,
    "public": policy(allow()),
    "external": policy(allow({"AWS": OTHER})),
    "both": policy(allow(), allow({"AWS": OTHER})),
    "trusted": policy(allow({"AWS": "999999999999"})),
    "cloudfront": policy(allow({"AWS": IDENTITY})),
    "vpc": policy(allow(Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}})),
    "unknown": NOT_KNOWN,
}
OWN = Grant(OWNER_ID, "FULL_CONTROL")
LISTS: dict[str, Any] = {
    "none": (OWN,),
    "everybody": (OWN, Grant(EVERYBODY, "READ")),
    "accounts": (OWN, Grant(EVERY_ACCOUNT, "READ_ACP")),
    "foreign": (OWN, Grant(OTHER_ID, "FULL_CONTROL")),
    "logs": (OWN, Grant(LOGS, "WRITE")),
    "both": (OWN, Grant(EVERYBODY, "READ"), Grant(OTHER_ID, "READ")),
    "unknown": NOT_KNOWN,
}
OWNERSHIP: dict[str, Any] = {
    "enforced": "BucketOwnerEnforced",
    "preferred": "BucketOwnerPreferred",
    "writer": "ObjectWriter",
    "unset": None,
    "unknown": NOT_KNOWN,
}


def block(letters: str) -> Any:
    return NOT_KNOWN if letters == "?" else PublicAccessBlock("A" in letters, "I" in letters, "P" in letters, "R" in letters)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:5]))
def test_who_can_reach_a_bucket(row: list[str]) -> None:
    policy_word, acl, account, bucket, ownership, permission, shared, because = row
    made = settings(
        policy=POLICIES[policy_word],
        grants=LISTS[acl],
        account_block=block(account),
        block=block(bucket),
        ownership=OWNERSHIP[ownership],
    )

    verdicts = judge(made, TRUSTED)

    assert (verdicts.exposure.permission, verdicts.sharing.shared) == (permission, shared), because


def test_the_rows_differ_and_name_their_reasons() -> None:
    assert all(row[-1] for row in ROWS)
    assert len({tuple(row[:5]) for row in ROWS}) == len(ROWS)


def point(**changed: Any) -> AccessPoint:
    whole: dict[str, Any] = {"name": "p", "account": OWNER, "vpc": None, "block": PublicAccessBlock(), "policy": policy(allow())}
    return AccessPoint(**(whole | changed))


DELEGATES = policy(allow(Condition={"StringEquals": {"s3:DataAccessPointAccount": OWNER}}))


@pytest.mark.parametrize(
    ("bucket_policy", "changed", "permission"),
    [
        (DELEGATES, {}, Permission.PUBLIC),
        (DELEGATES, {"block": ALL_ON}, Permission.NOT_PUBLIC),
        (DELEGATES, {"block": NOT_KNOWN}, Permission.UNKNOWN),
        (DELEGATES, {"vpc": "vpc-1"}, Permission.NOT_PUBLIC),
        (DELEGATES, {"vpc": NOT_KNOWN}, Permission.UNKNOWN),
        (DELEGATES, {"policy": None}, Permission.NOT_PUBLIC),
        (DELEGATES, {"policy": NOT_KNOWN}, Permission.UNKNOWN),
        (DELEGATES, {"policy": policy(allow({"AWS": OWNER}))}, Permission.NOT_PUBLIC),
        (None, {}, Permission.NOT_PUBLIC),
        (NOT_KNOWN, {}, Permission.UNKNOWN),
    ],
)
def test_an_access_point_is_open_only_if_the_bucket_leaves_strangers_to_it(
    bucket_policy: Any, changed: dict[str, Any], permission: Permission
) -> None:
    made = settings(policy=bucket_policy, access_points=(point(**changed),))

    assert judge(made, Trusted()).exposure.permission is permission


@pytest.mark.parametrize(
    ("bucket_policy", "permission"),
    [(None, Permission.NOT_PUBLIC), (DELEGATES, Permission.UNKNOWN), (policy(allow()), Permission.PUBLIC)],
)
def test_access_points_that_may_not_be_listed_matter_only_if_the_policy_leaves_anything_to_them(
    bucket_policy: Any, permission: Permission
) -> None:
    assert judge_exposure(settings(policy=bucket_policy, access_points=NOT_KNOWN), Trusted()).permission is permission


def test_an_outsider_in_the_policy_of_an_access_point_is_external() -> None:
    made = settings(policy=DELEGATES, access_points=(point(policy=policy(allow({"AWS": OTHER}))),))

    (outsider,) = judge(made, Trusted()).sharing.outsiders

    assert (outsider.party.id, outsider.via, outsider.effective) == (OTHER, "access point p", True)


def test_configured_and_effective_are_told_apart() -> None:
    verdicts = judge(settings(policy=policy(allow()), block=ALL_ON), Trusted())

    assert [(way.name, way.configured, way.open) for way in verdicts.exposure.ways] == [("policy", True, False), ("acl", False, False)]
    assert [way.name for way in verdicts.exposure.dormant] == ["policy"]
