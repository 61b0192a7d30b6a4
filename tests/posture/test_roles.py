"""Roles that outsiders may assume and that reach buckets."""

import json
import os
import subprocess
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scanner.posture import calls
from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.collect_roles import collect_roles, with_roles
from scanner.posture.inventory import Inventory
from scanner.posture.judged import judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.role_trust import outsiders_of
from scanner.posture.roles import RoleAnswers, outside_roles
from tests.posture.conftest import ACCOUNT, Store

ROOT = Path(__file__).resolve().parents[2]
OWNER, OTHER = "111111111111", "222222222222"
MANAGED = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"


def trust(principal: object) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]}


def may(action: object, resource: object, effect: str = "Allow") -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": resource}]}


def role(principal: object, *documents: dict[str, Any], **more: Any) -> dict[str, Any]:
    policies = [{"PolicyName": "p", "PolicyDocument": one} for one in documents]
    return {"Arn": "arn:aws:iam::111111111111:role/r", "AssumeRolePolicyDocument": trust(principal), "RolePolicyList": policies, **more}


def found(one: dict[str, Any], policies: dict[str, object] | None = None) -> list[tuple[Any, ...]]:
    answers = RoleAnswers(OWNER, (one,), policies or {})
    roles = outside_roles(answers, Trusted(accounts=frozenset(["999999999999"])), {"photos": False, "logs": False})
    return [(each.outsiders, each.buckets, set(each.access)) for each in roles]


@pytest.mark.parametrize(
    ("principal", "outsiders"),
    [
        ({"AWS": OTHER}, (OTHER,)),
        ({"AWS": [f"arn:aws:iam::{OTHER}:role/x", OWNER]}, (OTHER,)),
        ("*", ("*",)),
        ({"AWS": OWNER}, None),
        ({"AWS": "999999999999"}, None),
        ({"Service": "ec2.amazonaws.com"}, None),
    ],
)
def test_who_may_assume_it(principal: object, outsiders: tuple[str, ...] | None) -> None:
    expected = [] if outsiders is None else [(outsiders, ("photos", "logs"), {Access.READ})]

    assert found(role(principal, may("s3:GetObject", "*"))) == expected


GITHUB = "token.actions.githubusercontent.com"
COGNITO = "cognito-identity.amazonaws.com"
POOL = "eu-west-1:12345678-1234-1234-1234-123456789012"


@pytest.mark.parametrize(
    ("provider", "condition", "outsiders"),
    [
        (GITHUB, {}, [f"{GITHUB} (anybody there)"]),
        (GITHUB, {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}, [f"{GITHUB} (anybody there)"]),
        (GITHUB, {"StringLike": {f"{GITHUB}:sub": "repo:acme/*"}}, [f"{GITHUB} (repo:acme/*)"]),
        (GITHUB, {"StringLike": {f"{GITHUB}:SUB": ["repo:acme/a:*", "repo:*"]}}, [f"{GITHUB} (anybody there)"]),
        (GITHUB, {"StringLike": {f"{GITHUB}:sub": "repo:acme*"}}, [f"{GITHUB} (anybody there)"]),
        (GITHUB, {"StringEquals": {f"{GITHUB}:sub": "repo:acme/a:ref:refs/heads/main"}}, [f"{GITHUB} (repo:acme/a:ref:refs/heads/main)"]),
        (GITHUB, {"StringEqualsIfExists": {f"{GITHUB}:sub": "repo:acme/a"}}, [f"{GITHUB} (anybody there)"]),
        ("gitlab.com", {"StringEquals": {f"{GITHUB}:sub": "repo:acme/a"}}, ["gitlab.com (anybody there)"]),
        ("oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF", {}, []),
        ("login.acme.example", {}, []),
    ],
)
def test_who_comes_through_a_provider_of_the_account(provider: str, condition: dict[str, Any], outsiders: list[str]) -> None:
    statement = {"Effect": "Allow", "Principal": {"Federated": f"arn:aws:iam::{OWNER}:oidc-provider/{provider}"}, "Condition": condition}

    assert list(outsiders_of({"Statement": statement}, OWNER, Trusted())) == outsiders


@pytest.mark.parametrize(
    ("principal", "condition", "outsiders"),
    [
        ({"Federated": COGNITO}, {"StringEquals": {f"{COGNITO}:aud": POOL}}, [f"{COGNITO} ({POOL})"]),
        ({"Federated": COGNITO}, {}, [f"{COGNITO} (anybody there)"]),
        ({"Federated": "accounts.google.com"}, {"StringEquals": {"accounts.google.com:aud": "app-1"}}, ["accounts.google.com (app-1)"]),
        ({"Federated": f"arn:aws:iam::{OWNER}:saml-provider/corp"}, {}, []),
        ({"Federated": f"arn:aws:iam::{OTHER}:saml-provider/corp"}, {}, [OTHER]),
        ({"Federated": COGNITO, "AWS": "*"}, {}, ["*", f"{COGNITO} (anybody there)"]),
    ],
)
def test_who_comes_through_one_of_everybody_s(principal: object, condition: dict[str, Any], outsiders: list[str]) -> None:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": condition}

    assert list(outsiders_of({"Statement": [statement]}, OWNER, Trusted())) == outsiders


@pytest.mark.parametrize(
    ("document", "buckets"),
    [
        (may("s3:GetObject", "arn:aws:s3:::photos/*"), ("photos",)),
        (may("s3:ListBucket", "arn:aws:s3:::logs"), ("logs",)),
        (may("s3:*", "arn:aws:s3:::pho*"), ("photos",)),
        (may("*", "*"), ("photos", "logs")),
        (may("ec2:*", "*"), ()),
        (may("s3:GetObject", "arn:aws:s3:::other/*"), ()),
        (may("s3:GetObject", "*", "Deny"), ()),
    ],
)
def test_which_buckets_it_reaches(document: dict[str, Any], buckets: tuple[str, ...]) -> None:
    assert [one[1] for one in found(role({"AWS": OTHER}, document))] == ([buckets] if buckets else [])


def test_managed_policies_count() -> None:
    attached = {"AttachedManagedPolicies": [{"PolicyArn": MANAGED}]}

    assert found(role({"AWS": OTHER}, **attached), {MANAGED: may(["s3:Get*", "s3:List*"], "*")}) == [
        ((OTHER,), ("photos", "logs"), {Access.READ, Access.LIST})
    ]


def test_the_last_use_is_told() -> None:
    used = {"RoleLastUsed": {"LastUsedDate": datetime(2026, 3, 1, tzinfo=UTC)}}

    answers = RoleAnswers(OWNER, (role({"AWS": OTHER}, may("s3:*", "*"), **used),), {})

    (one,) = outside_roles(answers, Trusted(), {"photos": True})

    assert one.sensitive == ("photos",)
    assert one.last_used == "2026-03-01T00:00:00+00:00"


def test_roles_are_asked_of_a_store(store: Store) -> None:
    iam, name, bucket = store.client("iam"), f"r-{uuid.uuid4().hex[:8]}", store.bucket()
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust({"AWS": OTHER})))
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(may("s3:GetObject", f"arn:aws:s3:::{bucket}/*")))

    answers = collect_roles(store.clients, ACCOUNT)

    assert not isinstance(answers, Unknown)
    (one,) = outside_roles(answers, Trusted(), {bucket: False})
    assert (one.arn.rpartition("/")[2], one.outsiders, one.buckets) == (name, (OTHER,), (bucket,))


def test_roles_that_reach_what_was_found_stand_first() -> None:
    logs, photos = (role({"AWS": OTHER}, may("s3:*", f"arn:aws:s3:::{name}*"), Arn=name) for name in ("logs", "photos"))

    found = outside_roles(RoleAnswers(OWNER, (logs, photos), {}), Trusted(), {"logs": False, "photos": True})

    assert [one.arn for one in found] == ["photos", "logs"]
    assert found[0].record["sensitiveBuckets"] == ["photos"]


def test_a_refused_list_of_roles_is_unknown(store: Store) -> None:
    with store.refusing(calls.AUTHORIZATION):
        inventory = with_roles(store.clients, Inventory(()), ACCOUNT)

    assert [one.action for one in inventory.unknowns] == ["iam:GetAccountAuthorizationDetails"]
    assert judge_inventory(inventory, Trusted()).complete is False


def test_the_command_lists_roles(store: Store) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "scanner", "posture", "--endpoint-url", store.endpoint, "--roles", "--format", "json", store.bucket()]

    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **keys})

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["roles"] == []
