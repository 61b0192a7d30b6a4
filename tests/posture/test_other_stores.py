"""What stores other than Amazon's do not have shuts nothing there; what may not be asked stays unknown."""

import pytest

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call
from scanner.posture.collect import collect
from scanner.posture.exposure import Permission
from scanner.posture.judged import judge_inventory
from scanner.posture.other_stores import UNNAMED, has_no_access_points, without_account_block, without_ownership
from scanner.posture.parties import Trusted
from tests.posture.conftest import Store

OWNERSHIP = Answer({"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}})
BLOCK = Answer({"PublicAccessBlockConfiguration": {"RestrictPublicBuckets": True}})


@pytest.mark.parametrize("answer", [OWNERSHIP, Answer(error="AccessDenied"), Answer(error="ReadTimeoutError"), Answer(error="NoSuchKey")])
def test_answers_and_refusals_stay_what_they_are(answer: Answer) -> None:
    assert without_ownership(answer) == answer
    assert without_account_block(BLOCK if answer is OWNERSHIP else answer) == (BLOCK if answer is OWNERSHIP else answer)
    assert not has_no_access_points(answer)


@pytest.mark.parametrize(
    "answer",
    [
        Answer({}),
        Answer({"OwnershipControls": {}, "PublicAccessBlockConfiguration": {}}),
        Answer(error="NotImplemented"),
        Answer(error="MethodNotAllowed"),
        Answer(error="NoSuchBucket"),
    ],
)
def test_a_call_that_the_store_does_not_know_tells_that_nothing_is_set(answer: Answer) -> None:
    assert without_ownership(answer).error in calls.OWNERSHIP.unset
    assert without_account_block(answer).error in calls.ACCOUNT_BLOCK.unset


def permission(store: Store, bucket: str) -> Permission:
    (found,) = judge_inventory(collect(store.clients, [bucket]), Trusted()).buckets
    return found.verdicts.exposure.permission


def test_a_public_list_is_public_where_nothing_can_switch_it_off(store: Store) -> None:
    bucket = store.bucket(acl="public-read")
    with store.silent(calls.OWNERSHIP):
        assert permission(store, bucket) is Permission.PUBLIC
    with store.refusing(calls.OWNERSHIP):
        assert permission(store, bucket) is Permission.UNKNOWN


CONTROL = (calls.ACCOUNT_BLOCK, calls.ACCESS_POINTS, calls.MULTI_REGION)


@pytest.mark.parametrize("more", [(), (calls.IDENTITY,)], ids=["account", "no account"])
def test_a_store_without_access_points_leads_to_no_bucket_by_them(store: Store, more: tuple[Call, ...]) -> None:
    bucket = store.bucket()

    with store.lacking(*CONTROL, *more):
        (found,) = judge_inventory(collect(store.clients, [bucket]), Trusted()).buckets

    assert (found.verdicts.settings.account is None) is bool(more)
    assert (found.verdicts.settings.access_points, found.verdicts.settings.multi_region) == ((), ())
    assert found.verdicts.unknowns == ()


def test_access_points_of_an_account_that_is_not_known_stay_unknown(store: Store) -> None:
    bucket = store.bucket()

    with store.lacking(calls.IDENTITY):
        (found,) = judge_inventory(collect(store.clients, [bucket]), Trusted()).buckets

    assert {one.call for one in found.verdicts.unknowns} == {call.said for call in CONTROL}
    assert {one.reason for one in found.verdicts.unknowns} == {UNNAMED.error}
