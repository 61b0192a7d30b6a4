"""Several accounts: by number, and all of an organisation."""

import json
import uuid
from dataclasses import replace

import pytest

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call
from scanner.posture.clients import StoreOptions, assumed, open_session
from scanner.posture.judged import PostureReport, judge_inventory
from scanner.posture.live import Accounts, collect_live, of_account
from scanner.posture.organization import ask_organization
from scanner.posture.parties import Trusted
from scanner.posture.sharing import SharedAccess
from tests.posture.conftest import ACCOUNT, Store
from tests.posture.test_roles import may, trust

STRANGER = "999999999999"


@pytest.fixture(scope="module")
def organization(store: Store) -> tuple[str, str]:
    """An organisation of the store's account, and another account in it."""
    client = store.client("organizations")
    made = client.create_organization(FeatureSet="ALL")["Organization"]["Id"]
    asked = client.create_account(Email="audit@example.com", AccountName="audit")["CreateAccountStatus"]["Id"]
    return made, client.describe_create_account_status(CreateAccountRequestId=asked)["CreateAccountStatus"]["AccountId"]


@pytest.fixture
def options(store: Store, monkeypatch: pytest.MonkeyPatch) -> StoreOptions:
    for name, value in (("AWS_ACCESS_KEY_ID", "testing"), ("AWS_SECRET_ACCESS_KEY", "testing"), ("AWS_DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(name, value)
    return StoreOptions(endpoint=store.endpoint, threads=4)


def bucket_in(account: str, options: StoreOptions, **policy: object) -> str:
    """A new bucket of the account."""
    session = assumed(open_session(options), account, "OrganizationAccountAccessRole", options)
    assert not isinstance(session, Answer)
    s3, name = session.client("s3", endpoint_url=options.endpoint), f"b-{uuid.uuid4().hex[:12]}"
    s3.create_bucket(Bucket=name)
    if policy:
        statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*", **policy}
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Statement": statement}))
    return name


def by_name(report: PostureReport) -> dict[str, tuple[str | None, SharedAccess]]:
    return {one.verdicts.settings.name: (one.verdicts.settings.account, one.verdicts.sharing.shared) for one in report.buckets}


def test_all_accounts_of_the_organisation_are_asked_and_are_ours(
    store: Store, options: StoreOptions, organization: tuple[str, str]
) -> None:
    number, other = organization
    own, theirs = store.bucket(), bucket_in(other, options, Principal={"AWS": ACCOUNT})
    stranger = bucket_in(other, options, Principal={"AWS": STRANGER})
    member = bucket_in(other, options, Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": number}})

    inventory = collect_live(options, (), Accounts((), "OrganizationAccountAccessRole", organization=True))
    found = by_name(judge_inventory(inventory, Trusted()))

    assert found[own] == (ACCOUNT, SharedAccess.NOT_SHARED)
    assert found[theirs] == (other, SharedAccess.INTERNAL)
    assert found[stranger] == (other, SharedAccess.EXTERNAL)
    assert found[member][1] is not SharedAccess.EXTERNAL
    assert inventory.listed >= {ACCOUNT, other}


@pytest.mark.parametrize("call", [calls.ORGANIZATION, calls.LIST_ACCOUNTS], ids=lambda call: call.name)
def test_a_refused_call_is_told_and_names_the_permission(store: Store, call: Call, organization: tuple[str, str]) -> None:
    with store.refusing(call):
        found = ask_organization(store.clients)

    assert [one.action for one in found.unknowns] == [call.action]
    assert (found.id, bool(found.accounts)) == (("", True) if call is calls.ORGANIZATION else (organization[0], False))


def test_a_bucket_that_is_asked_for_by_name_is_met_at_home(options: StoreOptions, organization: tuple[str, str]) -> None:
    other = organization[1]
    bucket = bucket_in(other, options)

    inventory = collect_live(options, [bucket], Accounts((ACCOUNT, other), "audit"))

    assert [one.name for one in inventory.buckets] == [bucket]


def test_roles_and_keys_of_all_accounts_are_judged_together(store: Store, options: StoreOptions, organization: tuple[str, str]) -> None:
    iam, name, bucket = store.client("iam"), f"r-{uuid.uuid4().hex[:8]}", store.bucket()
    iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust({"AWS": STRANGER})))
    iam.put_role_policy(RoleName=name, PolicyName="p", PolicyDocument=json.dumps(may("s3:GetObject", f"arn:aws:s3:::{bucket}/*")))
    inner = f"r-{uuid.uuid4().hex[:8]}"
    iam.create_role(RoleName=inner, AssumeRolePolicyDocument=json.dumps(trust({"AWS": organization[1]})))
    iam.put_role_policy(RoleName=inner, PolicyName="p", PolicyDocument=json.dumps(may("s3:GetObject", f"arn:aws:s3:::{bucket}/*")))

    asked = replace(options, roles=True, keys=True)
    report = judge_inventory(collect_live(asked, [], Accounts((), "audit", organization=True)), Trusted())

    assert report.roles is not None
    arns = [one.arn.rpartition("/")[2] for one in report.roles if bucket in one.buckets]
    assert name in arns
    assert inner not in arns


def test_a_role_that_may_not_be_assumed_is_told(store: Store, options: StoreOptions) -> None:
    with store.refusing(calls.ASSUME):
        refused = assumed(store._session, "111111111111", "audit", options)

    inventory = of_account(refused, replace(options, account="111111111111"), [], None)

    assert isinstance(refused, Answer)
    assert [one.action for one in inventory.unknowns] == ["sts:AssumeRole"]
    assert "account 111111111111" in inventory.unknowns[0].reason
    assert judge_inventory(inventory, Trusted()).complete is False
