"""What must hold of every policy."""

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some

from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import PolicyVerdict
from tests.posture.policy_table import OWNER, TRUSTED, verdict_of

_PRINCIPALS: list[Any] = [
    "*",
    {"AWS": "*"},
    {"AWS": OWNER},
    {"AWS": ["222222222222", "arn:aws:iam::333333333333:role/etl"]},
    {"Service": "cloudtrail.amazonaws.com"},
    {"Federated": "graph.facebook.com"},
    {"CanonicalUser": "c" * 64},
    {"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"},
]
_OPERATORS = [
    *("StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "ArnLike", "ArnNotLike", "IpAddress", "NotIpAddress"),
    *("StringEqualsIfExists", "ForAllValues:StringEquals", "ForAnyValue:StringLike", "Null", "Bool"),
]
_KEYS = ["aws:SourceVpc", "aws:PrincipalOrgID", "aws:PrincipalAccount", "aws:PrincipalArn", "aws:SourceIp", "aws:Referer", "aws:userid"]
_VALUES = [
    "*",
    "vpc-1",
    "vpc-ours",
    "o-ours",
    "o-theirs",
    OWNER,
    "222222222222",
    "arn:aws:iam::222222222222:role/*",
    "203.0.113.0/24",
    "true",
]
_ACTIONS = ["*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:G?tObject"]
_RESOURCES = ["*", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::b/x/*"]

conditions = some.dictionaries(
    some.sampled_from(_OPERATORS), some.dictionaries(some.sampled_from(_KEYS), some.sampled_from(_VALUES), max_size=2), max_size=2
)


@some.composite
def statements(draw: some.DrawFn, effects: tuple[str, ...] = ("Allow", "Deny")) -> dict[str, Any]:
    flipped = draw(some.sampled_from(["", "", "", "Not"]))
    return {
        "Effect": draw(some.sampled_from(effects)),
        draw(some.sampled_from(["Principal", "Principal", "NotPrincipal"])): draw(some.sampled_from(_PRINCIPALS)),
        f"{flipped}Action": draw(some.lists(some.sampled_from(_ACTIONS), min_size=1, max_size=2)),
        draw(some.sampled_from(["Resource", "Resource", "NotResource"])): draw(some.sampled_from(_RESOURCES)),
        "Condition": draw(conditions),
    }


policies = some.lists(statements(), max_size=4)
json_values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text() | some.sampled_from(["*", "Allow", "s3:GetObject"]),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(["Statement", "Effect", "Principal", "AWS", "Action", "Condition", "StringLike"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def _verdict(parts: list[dict[str, Any]]) -> PolicyVerdict:
    return verdict_of({"Statement": parts})


def _public(verdict: PolicyVerdict) -> frozenset[str]:
    return frozenset(verdict.public_access)


@settings(deadline=None)
@given(policies, statements(effects=("Allow",)))
def test_another_allow_never_makes_a_policy_less_public(parts: list[dict[str, Any]], allow: dict[str, Any]) -> None:
    before, after = _verdict(parts), _verdict([*parts, allow])

    assert (after.public or False) >= (before.public or False)
    assert after.reach >= before.reach
    assert _public(before) <= _public(after)
    assert set(before.external_accounts) <= set(after.external_accounts)


@settings(deadline=None)
@given(policies, some.sampled_from(_ACTIONS), some.sampled_from(_RESOURCES))
def test_another_full_deny_never_makes_a_policy_more_public(parts: list[dict[str, Any]], action: str, resource: str) -> None:
    deny = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource}
    before, after = _verdict(parts), _verdict([*parts, deny])

    assert (after.public or False) <= (before.public or False)
    assert after.reach <= before.reach
    assert _public(after) <= _public(before)
    assert set(after.external_accounts) <= set(before.external_accounts)


@settings(deadline=None)
@given(policies, statements(effects=("Deny",)))
def test_no_deny_makes_a_policy_more_public(parts: list[dict[str, Any]], deny: dict[str, Any]) -> None:
    assert (_verdict([*parts, deny]).public or False) <= (_verdict(parts).public or False)


@settings(deadline=None)
@given(policies)
def test_a_deny_of_everything_leaves_nobody(parts: list[dict[str, Any]]) -> None:
    verdict = _verdict([*parts, {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}])

    assert verdict.public is False
    assert not verdict.cross_account


@settings(deadline=None)
@given(policies, some.integers())
def test_order_and_case_of_keys_do_not_matter(parts: list[dict[str, Any]], seed: int) -> None:
    shuffled = _jumbled(parts, random.Random(seed))

    before, after = _verdict(parts), _verdict(shuffled)

    assert _essence(before) == _essence(after)


@settings(deadline=None)
@given(policies)
def test_duplicates_do_not_matter(parts: list[dict[str, Any]]) -> None:
    assert _essence(_verdict(parts)) == _essence(_verdict(parts + parts))


@settings(deadline=None)
@given(policies)
def test_text_and_parsed_json_give_the_same(parts: list[dict[str, Any]]) -> None:
    assert evaluate_policy(json.dumps({"Statement": parts}), OWNER, trusted=TRUSTED) == _verdict(parts)


@settings(deadline=None)
@given(json_values)
def test_no_json_makes_it_raise(document: object) -> None:
    verdict_of(document)
    verdict_of({"Statement": document})
    verdict_of({"Statement": [{"Effect": "Allow", "Principal": document, "Action": document, "Condition": document}]})


@settings(deadline=None)
@given(some.text() | some.binary())
def test_no_text_makes_it_raise(document: str | bytes) -> None:
    verdict_of(document)


def _essence(verdict: PolicyVerdict) -> tuple[object, ...]:
    return (
        *(verdict.public, verdict.cross_account, verdict.external_accounts, verdict.external_organizations, verdict.external_ids),
        *(verdict.services, verdict.cloudfront, verdict.conditional, verdict.public_access, verdict.external_access),
        *(verdict.reach, verdict.confidence),
    )


def _jumbled(value: Any, chance: random.Random) -> Any:
    """Lists and objects in another order, names of keys in another case."""
    if isinstance(value, list):
        return chance.sample([_jumbled(item, chance) for item in value], len(value))
    if isinstance(value, dict):
        items = chance.sample(list(value.items()), len(value))
        return {chance.choice([key, key.lower(), key.upper(), key.title()]): _jumbled(inner, chance) for key, inner in items}
    return value
