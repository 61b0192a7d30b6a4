"""Policy, list, ownership and Block Public Access together, against a truth table written by hand."""

from typing import Any

import pytest

from scanner.posture.exposure import Permission, judge_exposure
from scanner.posture.parties import Trusted
from scanner.posture.settings import AccessPoint, PublicAccessBlock
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import ALL_ON, NOT_KNOWN, OTHER, OWNER, allow, policy, settings
from tests.posture.truth_tables import LISTS, OWNERSHIP, POLICIES, TRUSTED, block, rows


@pytest.mark.parametrize("row", rows("exposure.toml"), ids=lambda row: " ".join(row[:5]))
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
