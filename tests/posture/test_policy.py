"""The policy evaluator against truth tables written by hand."""

from typing import Any

import pytest

from scanner.model.occurrence import Confidence
from scanner.posture.actions import Access
from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import Reach
from tests.posture.policy_table import OWNER, full, policy, told, under, verdict_of
from tests.posture.truth_tables import rows


def _named(row: list[Any]) -> str:
    return " ".join(map(str, row))[:80]


@pytest.mark.parametrize("row", rows("conditions.toml"), ids=_named)
def test_an_allow_to_everybody_under_one_condition(row: list[Any]) -> None:
    operator, key, value, expected, because = row

    assert told(verdict_of(under(operator, key, value))) == expected, because


@pytest.mark.parametrize("row", rows("policies.toml"), ids=_named)
def test_policies(row: list[Any]) -> None:
    text, expected, because = row

    assert told(verdict_of(policy(text))) == expected, because


def test_the_tables_are_long_enough_and_name_their_reasons() -> None:
    table = rows("conditions.toml") + rows("policies.toml")

    assert len(table) >= 250
    assert all(row[-1] for row in table)
    assert len({str(row[:-2]) for row in table}) == len(table)


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ('{"Action": "s3:GetObject"}', {Access.READ}),
        ('{"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}', {Access.READ, Access.LIST}),
        ('{"Action": ["s3:GetObject", "s3:ListBucket"]}', {Access.READ}),
        ('{"Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::b"}', {Access.LIST}),
        ('{"Action": ["s3:PutObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::*"}', {Access.WRITE, Access.LIST}),
        ('{"Action": "s3:ListBucket"}', {Access.LIST}),
        ('{"Action": "s3:List*", "NotResource": "arn:aws:s3:::b/*"}', {Access.LIST, Access.READ}),
        ('{"Action": "s3:Put*"}', {Access.WRITE, Access.PERMISSIONS}),
        ('{"Action": "s3:PutObjectAcl"}', {Access.PERMISSIONS}),
        ('{"Action": "s3:*Multipart*"}', {Access.WRITE, Access.READ}),
        ('{"Action": "s3:*"}', {Access.READ, Access.WRITE, Access.PERMISSIONS}),
        ('{"Action": "s3:*", "Resource": "arn:aws:s3:::b?"}', set(Access)),
        ('{"Action": "*", "Resource": "*"}', set(Access)),
        ('{"NotAction": ["s3:Get*", "s3:List*"]}', {Access.WRITE, Access.PERMISSIONS}),
        ('{"Action": "s3:GetSomethingNew"}', {Access.READ}),
        ('{"Action": "s3:PutSomethingPolicy"}', {Access.PERMISSIONS}),
        ('[{"Action": "s3:*"}, {"Effect": "Deny", "Action": ["s3:Put*", "s3:Delete*"]}]', {Access.READ, Access.WRITE, Access.PERMISSIONS}),
        (
            '[{"Action": "s3:*Object"}, {"Effect": "Deny", "Action": ["s3:Put*", "s3:Delete*", "s3:Re*"]}]',
            {Access.READ},
        ),
        ('[{"Principal": {"AWS": "222222222222"}, "Action": "s3:*"}, {"Action": "s3:GetObject"}]', {Access.READ}),
    ],
)
def test_what_everybody_may_do(text: str, access: set[Access]) -> None:
    assert verdict_of(policy(text)).public_access == access


def test_what_outsiders_may_do_is_told_apart() -> None:
    verdict = verdict_of(policy('[{"Principal": {"AWS": "222222222222"}, "Action": "s3:PutObject"}, {"Action": "s3:ListBucket"}]'))

    assert [set(verdict.public_access), set(verdict.external_access)] == [{Access.LIST}, {Access.WRITE}]


def test_each_allow_has_its_reason_and_its_remedy() -> None:
    ours, theirs, everybody = verdict_of(
        policy('[{"Sid": "a", "Principal": {"AWS": "111111111111"}}, {"Principal": {"AWS": "222222222222"}}, {"Sid": "c"}]')
    ).reasons

    assert (ours.number, ours.sid, ours.reach, ours.remedy) == (0, "a", Reach.INTERNAL, "")
    assert (theirs.number, theirs.reach, theirs.because) == (1, Reach.EXTERNAL, "account 222222222222 is not ours")
    assert everybody.because == "everybody, and no condition limits it"
    assert "aws:PrincipalOrgID" in everybody.remedy


def test_a_deny_that_counts_is_named_and_lowers_the_confidence() -> None:
    verdict = verdict_of(policy('[{}, {"Effect": "Deny", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}}]'))

    assert verdict.reasons[0].denied_by == (1,)
    assert verdict.confidence is Confidence.MEDIUM
    assert verdict.reasons[0].because == "a Deny leaves only: aws:SourceVpc must be vpc-1"


@pytest.mark.parametrize(
    ("condition", "deputy"),
    [
        ({}, True),
        ({"StringEquals": {"aws:SourceAccount": OWNER}}, False),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:cloudtrail:*:{OWNER}:trail/*"}}, False),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}, True),
        ({"StringEquals": {"aws:SourceOrgID": "o-ours"}}, False),
        ({"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}, True),
        ({"StringEqualsIfExists": {"aws:SourceAccount": OWNER}}, True),
    ],
)
def test_services_that_act_for_anybody_are_confused_deputies(condition: dict[str, Any], deputy: bool) -> None:
    statement = full({"Principal": {"Service": "cloudtrail.amazonaws.com"}, "Condition": condition})

    assert verdict_of({"Statement": statement}).reasons[0].confused_deputy is deputy


def test_cloudfront_is_flagged() -> None:
    identity = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE"

    assert verdict_of({"Statement": full({"Principal": {"AWS": identity}})}).cloudfront
    assert verdict_of({"Statement": full({"Principal": {"Service": "cloudfront.amazonaws.com"}})}).cloudfront
    assert not verdict_of({"Statement": full({"Principal": {"Service": "cloudtrail.amazonaws.com"}})}).cloudfront


@pytest.mark.parametrize("key", ["s3:DataAccessPointArn", "s3:DataAccessPointAccount"])
def test_in_the_policy_of_an_access_point_its_own_keys_limit_nothing(key: str) -> None:
    value = OWNER if key.endswith("Account") else f"arn:aws:s3:eu-west-1:{OWNER}:accesspoint/one"
    document = under("StringEquals", key, value)

    assert evaluate_policy(document, OWNER).public is False
    assert evaluate_policy(document, OWNER).reasons[0].delegates
    assert evaluate_policy(document, OWNER, kind="access_point").public is True


def test_without_the_owner_no_account_is_called_foreign() -> None:
    verdict = evaluate_policy(policy('{"Principal": {"AWS": "222222222222"}}'), None)

    assert (verdict.public, verdict.cross_account, verdict.conditional) == (False, False, ("222222222222",))
    assert verdict.confidence is Confidence.LOW


def test_very_many_narrow_ranges_that_make_half_the_world_are_everybody() -> None:
    assert verdict_of(under("IpAddress", "aws:SourceIp", [f"{first}.0.0.0/8" for first in range(128)])).public
    assert not verdict_of(under("IpAddress", "aws:SourceIp", [f"{first}.0.0.0/8" for first in range(127)])).public


@pytest.mark.parametrize(
    ("document", "public", "problem"),
    [
        ("", None, "the policy is not JSON"),
        ("{", None, "the policy is not JSON"),
        (b"\xff\xfe", None, "the policy is not JSON"),
        ("[" * 100_000, None, "the policy is not JSON"),
        ("[]", None, "the policy is not a JSON object"),
        (None, None, "the policy is not a JSON object"),
        ({}, None, "the policy has no Statement"),
        ({"Statement": "Allow"}, None, "statement 0 is not an object"),
        ({"Statement": [7]}, None, "statement 0 is not an object"),
        ({"Statement": [{}]}, None, "statement 0 has no Effect Allow or Deny"),
        ({"Statement": [full({}), 7]}, True, "statement 1 is not an object"),
        ({"Statement": full({"Efect": "Deny"})}, True, "statement 0 has an unknown element 'efect'"),
        ({"statement": full({"Condition": {"StringEquals": "x"}})}, True, "statement 0: 'StringEquals' is no condition operator with keys"),
        ('{"Statement": {"Effect": "Allow", "Principal": "*", "Principal": {"AWS": "111111111111"}}}', False, "a name stands twice"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_malformed_documents_are_told_and_never_raise(document: object, public: bool | None, problem: str) -> None:
    verdict = verdict_of(document)

    assert verdict.public is public
    assert problem in verdict.problems[0]


def test_element_names_are_read_in_any_case() -> None:
    shouted = {"STATEMENT": {"EFFECT": "Allow", "PRINCIPAL": "*", "ACTION": "s3:GetObject", "RESOURCE": "arn:aws:s3:::b/*"}}

    assert verdict_of(shouted).public


def test_the_document_is_left_as_it_was() -> None:
    document = policy('[{}, {"Effect": "Deny", "Condition": {"StringNotEquals": {"aws:SourceVpc": "vpc-1"}}}]')
    before = str(document)

    verdict_of(document)

    assert str(document) == before


def test_what_a_deny_leaves_is_never_more_than_was_there() -> None:
    allow = full({"Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::b"})
    deny = full({"Effect": "Deny", "Action": "s3:Get*", "Resource": "*"})

    # Objects are put into no bucket by a statement on the bucket alone.
    assert verdict_of({"Statement": [allow]}).public_access == {Access.READ}
    assert verdict_of({"Statement": [allow, deny]}).public_access == frozenset()
