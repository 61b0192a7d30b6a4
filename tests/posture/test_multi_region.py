"""Access points that lead to buckets in several regions."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call
from scanner.posture.collect import collect
from scanner.posture.dumps import read_dumps
from scanner.posture.exposure import Permission
from scanner.posture.judged import Judged, judge_inventory
from scanner.posture.multi_region import points_by_bucket
from scanner.posture.parties import Trusted
from scanner.posture.sharing import SharedAccess
from tests.posture.conftest import ACCOUNT, Store
from tests.posture.test_dumps import account, dump

OPEN_BLOCK = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), False)


def delegating(bucket: str) -> list[dict[str, Any]]:
    """Leaves everything to the access points of the account."""
    condition = {"StringEquals": {"s3:DataAccessPointAccount": ACCOUNT}}
    resources = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    return [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": resources, "Condition": condition}]


def opened(name: str) -> str:
    resource = f"arn:aws:s3::{ACCOUNT}:accesspoint/{name}.mrap/object/*"
    return json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": resource}]})


def point(store: Store, bucket: str) -> str:
    """A public access point over several regions before `bucket`."""
    name, control = f"m{bucket[2:]}", store.clients._client("s3control", calls.MULTI_REGION_HOME)
    details = {"Name": name, "PublicAccessBlock": OPEN_BLOCK, "Regions": [{"Bucket": bucket}]}
    control.create_multi_region_access_point(AccountId=ACCOUNT, ClientToken=name, Details=details)
    asked = {"Name": name, "Policy": opened(name)}
    control.put_multi_region_access_point_policy(AccountId=ACCOUNT, ClientToken=f"{name}-p", Details=asked)
    for _ in range(50):
        told = control.get_multi_region_access_point_policy(AccountId=ACCOUNT, Name=name)
        if told["Policy"].get("Established", {}).get("Policy"):
            break
        time.sleep(0.1)
    return name


def judged(store: Store, bucket: str) -> Judged:
    (found,) = judge_inventory(collect(store.clients, [bucket]), Trusted()).buckets
    return found


def test_one_that_is_public_opens_the_bucket(store: Store) -> None:
    bucket = store.bucket(policy=delegating)
    assert judged(store, bucket).verdicts.exposure.permission is Permission.NOT_PUBLIC

    name = point(store, bucket)
    found = judged(store, bucket)

    assert found.verdicts.exposure.permission is Permission.PUBLIC
    assert [way.name for way in found.verdicts.exposure.ways if way.open] == [f"access point {name} (several regions)"]
    assert "multi-region access points" not in found.record["notEvaluated"]


def test_it_opens_no_bucket_that_leaves_it_nothing(store: Store) -> None:
    bucket = store.bucket()
    point(store, bucket)

    assert judged(store, bucket).verdicts.exposure.permission is Permission.NOT_PUBLIC


@pytest.mark.parametrize("call", [calls.MULTI_REGION, calls.MULTI_REGION_POLICY], ids=lambda call: call.name)
def test_a_refused_call_is_unknown_and_names_the_permission(store: Store, call: Call) -> None:
    bucket = store.bucket(policy=delegating)
    point(store, bucket)

    with store.refusing(call):
        verdicts = judged(store, bucket).verdicts

    assert verdicts.exposure.permission is Permission.UNKNOWN
    assert verdicts.sharing.shared is SharedAccess.UNKNOWN
    assert [unknown.action for unknown in verdicts.unknowns] == [call.action]


def test_a_page_that_fails_makes_all_unknown() -> None:
    entry = {"Name": "m", "Alias": "m.mrap", "Regions": [{"Bucket": "b"}, {"Bucket": "c"}], "PublicAccessBlock": OPEN_BLOCK}
    pages = [Answer({"AccessPoints": [entry]}), Answer(error="AccessDenied")]

    assert points_by_bucket(pages, ACCOUNT, lambda _name: Answer()) == pages[1]
    found = points_by_bucket(pages[:1], ACCOUNT, lambda _name: Answer({"Policy": {"Proposed": {"Policy": "{}"}}}))
    assert not isinstance(found, Answer)
    assert set(found) == {"b", "c"}
    assert found["b"][0].policy.error == "NoSuchMultiRegionAccessPointPolicy"


def test_dumps_have_them_too(tmp_path: Path) -> None:
    account(tmp_path)
    dump(tmp_path, "photos", get_bucket_policy={"Policy": json.dumps({"Statement": delegating("photos")})})
    entry = {"Name": "m", "Alias": "m.mrap", "Regions": [{"Bucket": "photos"}], "PublicAccessBlock": OPEN_BLOCK}
    (tmp_path / "_account" / "list-multi-region-access-points.json").write_text(json.dumps({"AccessPoints": [entry]}))
    own = tmp_path / "_account" / "multi-region" / "m"
    own.mkdir(parents=True)
    told = {"Policy": {"Established": {"Policy": opened("m")}}}
    (own / "get-multi-region-access-point-policy.json").write_text(json.dumps(told))

    (found,) = judge_inventory(read_dumps(str(tmp_path)), Trusted()).buckets

    assert "access point m (several regions)" in [way.name for way in found.verdicts.exposure.ways]
    assert "multi-region access points" not in found.record["notEvaluated"]
