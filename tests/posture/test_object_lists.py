"""Access control lists of single objects, of a sample."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.posture import calls
from scanner.posture.calls import Call
from scanner.posture.collect import collect
from scanner.posture.collect_object_lists import spread, with_object_lists
from scanner.posture.decided import decided
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.parties import Trusted
from tests.posture.conftest import Store

KIND = "Policy:Dowse/S3ObjectAclPublic"


def judged(store: Store, bucket: str, most: int = 3) -> Judged:
    inventory = with_object_lists(store.clients, collect(store.clients, [bucket]), most)
    (found,) = judge_inventory(inventory, Trusted()).buckets
    return found


def filled(store: Store, *acls: str) -> str:
    bucket = store.bucket()
    for number, acl in enumerate(acls):
        store.client("s3").put_object(Bucket=bucket, Key=f"{number}.csv", Body=b"x", ACL=acl)
    return bucket


def details(found: Judged) -> list[str]:
    return [one.detail for one in found.findings if one.type == KIND]


def test_objects_that_everybody_can_read_are_a_finding(store: Store) -> None:
    bucket = filled(store, "private", "public-read", "authenticated-read")

    assert details(judged(store, bucket)) == ["2 of 3 objects that were looked at: 1.csv, 2.csv"]
    assert details(judged(store, bucket, 1)) == []
    assert not decided(KIND, judged(store, bucket, 1).verdicts)


@pytest.mark.parametrize("shut", ["ownership", "block"])
def test_lists_that_do_not_count_are_not_asked_for(store: Store, shut: str) -> None:
    bucket, s3 = filled(store, "public-read"), store.client("s3")
    if shut == "ownership":
        s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    else:
        block = {"BlockPublicAcls": False, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=block)

    with store.refusing(calls.OBJECTS):
        found = judged(store, bucket)

    assert (details(found), found.verdicts.unknowns) == ([], ())
    assert decided(KIND, found.verdicts)


@pytest.mark.parametrize("call", [calls.OBJECTS, calls.OBJECT_ACL], ids=lambda call: call.name)
def test_a_refused_call_is_unknown_and_names_the_permission(store: Store, call: Call) -> None:
    bucket = filled(store, "public-read")

    with store.refusing(call):
        found = judged(store, bucket)

    assert [one.action for one in found.verdicts.unknowns] == [call.action]
    assert details(found) == []


@given(st.integers(0, 1200), st.integers(1, 1000))
def test_the_sample_is_spread_over_all(count: int, most: int) -> None:
    found = list(map(int, spread([f"{number:05}" for number in range(count)], most)))

    assert len(found) == len(set(found)) == min(most, count)
    assert found == sorted(found)
    gaps = {after - before for before, after in itertools.pairwise(found)}
    assert not gaps or max(gaps) - min(gaps) <= 1
