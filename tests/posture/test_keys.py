"""Who can use the key that a bucket is encrypted with."""

import json
from dataclasses import replace
from typing import Any

import pytest

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call
from scanner.posture.clients import Clients
from scanner.posture.collect import collect
from scanner.posture.collect_keys import with_keys
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.keys import KeyAnswers, judge_key
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings
from scanner.posture.settings import Encryption
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import OTHER, OWNER, settings
from tests.posture.conftest import ACCOUNT, Store

KEY = f"arn:aws:kms:eu-west-1:{OWNER}:key/1"


def statement(principal: object, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*", **more}


def answers(*statements: dict[str, object], grantees: tuple[str, ...] = ()) -> KeyAnswers:
    return KeyAnswers(
        KEY,
        Answer({"KeyMetadata": {"Arn": KEY}}),
        Answer({"Policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})}),
        (Answer({"Grants": [{"GranteePrincipal": one} for one in grantees]}),),
    )


ROOT = statement({"AWS": f"arn:aws:iam::{OWNER}:root"})
# What the key that the service manages has.
MANAGED = statement("*", Condition={"StringEquals": {"kms:CallerAccount": OWNER, "kms:ViaService": "s3.eu-west-1.amazonaws.com"}})


@pytest.mark.parametrize(
    ("found", "public", "outsiders"),
    [
        (answers(ROOT), False, ()),
        (answers(MANAGED), False, ()),
        (answers(ROOT, statement("*")), True, ()),
        (answers(statement("*", Condition={"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}})), True, ()),
        (answers(ROOT, statement({"AWS": OTHER})), False, (OTHER,)),
        (answers(statement("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-theirs"}})), False, ("o-theirs",)),
        (answers(ROOT, grantees=(f"arn:aws:iam::{OTHER}:role/x", f"arn:aws:iam::{OWNER}:role/y", "s3.amazonaws.com")), False, (OTHER,)),
    ],
)
def test_whom_policy_and_grants_let_use_it(found: KeyAnswers, public: bool, outsiders: tuple[str, ...]) -> None:
    verdict = judge_key(found, OWNER, Trusted())

    assert verdict.policy is not None
    assert (verdict.policy.public, verdict.outsiders, verdict.account) == (public, outsiders, OWNER)
    assert verdict.unknowns == ()


def kinds(found: KeyAnswers, **trusted: Any) -> list[str]:
    verdicts = judge(settings(encryption=Encryption("aws:kms", KEY)), Trusted(**trusted), None, found)
    return [one.type.rpartition("/")[2] for one in policy_findings(verdicts) if "S3Key" in one.type]


def test_a_key_that_others_may_use_is_a_finding() -> None:
    assert kinds(answers(ROOT)) == []
    assert kinds(answers(ROOT, statement("*"))) == ["S3KeyPublic"]
    assert kinds(answers(ROOT, statement({"AWS": OTHER}))) == ["S3KeySharedExternally"]
    assert kinds(answers(ROOT, statement({"AWS": OTHER})), accounts=frozenset([OTHER])) == []


def encrypted(store: Store, **made: Any) -> tuple[str, str]:
    """A bucket, and the key that it is encrypted with."""
    bucket, key = store.bucket(), store.client("kms").create_key(**made)["KeyMetadata"]["Arn"]
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    store.client("s3").put_bucket_encryption(
        Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    )
    return bucket, key


def judged(clients: Clients, *buckets: str) -> list[Judged]:
    found = judge_inventory(with_keys(clients, collect(clients, buckets)), Trusted()).buckets
    return sorted(found, key=lambda one: buckets.index(one.verdicts.settings.name))


def test_keys_are_asked_of_a_store(store: Store) -> None:
    policy = {"Version": "2012-10-17", "Statement": [statement("*")]}
    (opened, key), plain = encrypted(store, Policy=json.dumps(policy)), store.bucket()
    store.client("kms").create_grant(KeyId=key, GranteePrincipal=f"arn:aws:iam::{OTHER}:role/x", Operations=["Decrypt"])

    with_key, without = judged(store.clients, opened, plain)

    assert with_key.record["kmsKey"] == {"arn": key, "account": ACCOUNT, "policyIsPublic": True, "outsiders": [OTHER]}
    assert "Policy:Dowse/S3KeyPublic" in [one.type for one in with_key.findings]
    assert without.record["kmsKey"] is None
    assert "key policies" not in without.record["notEvaluated"]


def test_an_alias_is_followed_to_its_key(store: Store) -> None:
    bucket, key = encrypted(store)
    store.client("kms").create_alias(AliasName="alias/photos", TargetKeyId=key)
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/photos"}
    store.client("s3").put_bucket_encryption(
        Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    )

    (found,) = judged(store.clients, bucket)

    assert found.verdicts.key is not None
    assert (found.verdicts.key.arn, found.verdicts.key.unknowns) == (key, ())


@pytest.mark.parametrize("call", [calls.KEY, calls.KEY_POLICY, calls.KEY_GRANTS], ids=lambda call: call.name)
def test_a_refused_call_is_unknown_and_names_the_permission(store: Store, call: Call) -> None:
    bucket, _ = encrypted(store)

    with store.refusing(call):
        (found,) = judged(store.clients, bucket)

    assert [one.action for one in found.verdicts.unknowns] == [call.action]
    assert found.verdicts.key is not None
    assert found.verdicts.key.record["policyIsPublic"] is (None if call is calls.KEY_POLICY else False)


def test_a_page_of_grants_that_fails_is_unknown() -> None:
    found = replace(answers(ROOT), grants=(Answer({"Grants": []}), Answer(error="AccessDeniedException")))

    assert [one.action for one in judge_key(found, OWNER, Trusted()).unknowns] == ["kms:ListGrants"]
