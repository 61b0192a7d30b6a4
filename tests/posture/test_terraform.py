"""Terraform plans and states."""

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.posture.answers import Unknown
from scanner.posture.exposure import Permission
from scanner.posture.judged import judge_inventory
from scanner.posture.offline import read_offline
from scanner.posture.parties import Trusted
from scanner.posture.settings import Destination, Encryption, Grant
from scanner.posture.verdicts import BucketVerdicts

OPEN = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]})
OFF = dict.fromkeys(("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"), False)


def resource(address: str, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    kind = address.rpartition(".")[0].rpartition(".")[2]
    return {"address": address, "mode": "managed", "type": kind, "values": values, **more}


def plan(*resources: dict[str, Any], references: dict[str, str] | None = None, account: bool = True) -> dict[str, Any]:
    """A plan that creates all resources but those with `actions`; `references` are of the attribute `bucket`."""
    changes = [
        {"address": one["address"], "change": {"actions": one.get("actions", ["create"]), "after_unknown": one.get("unknown", {})}}
        for one in resources
    ]
    configured = [
        {"address": address, "expressions": {"bucket": {"references": [f"{target}.id", target]}}}
        for address, target in (references or {}).items()
    ]
    caller = {"type": "aws_caller_identity", "mode": "data", "values": {"account_id": "111111111111"}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": list(resources)}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": configured}},
        "prior_state": {"values": {"root_module": {"resources": [caller] if account else []}}},
    }


def judged(tmp_path: Path, document: dict[str, Any]) -> list[BucketVerdicts]:
    path = tmp_path / "input.json"
    path.write_text(json.dumps(document))
    return [one.verdicts for one in judge_inventory(read_offline(str(path)), Trusted()).buckets]


def only(tmp_path: Path, document: dict[str, Any]) -> BucketVerdicts:
    (verdicts,) = judged(tmp_path, document)
    return verdicts


BUCKET = resource("aws_s3_bucket.photos", {"bucket": "photos"})
UNNAMED = resource("aws_s3_bucket.photos", {"bucket_prefix": "photos-"}, unknown={"id": True, "arn": True, "bucket": True})


def test_a_new_bucket_has_the_defaults_of_new_buckets(tmp_path: Path) -> None:
    found = only(tmp_path, plan(BUCKET))

    assert found.exposure.permission is Permission.NOT_PUBLIC
    assert found.settings.ownership == "BucketOwnerEnforced"
    assert found.settings.encryption == Encryption("AES256")
    assert found.settings.account == "111111111111"


def test_separate_resources_are_joined_by_name(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        plan(
            BUCKET,
            resource("aws_s3_bucket_policy.open", {"bucket": "photos", "policy": OPEN}),
            resource("aws_s3_bucket_public_access_block.off", {"bucket": "photos", **OFF}),
            resource("aws_s3_bucket_policy.other", {"bucket": "another", "policy": "{}"}),
            resource("aws_s3_account_public_access_block.all", OFF),
        ),
    )

    assert found.exposure.permission is Permission.PUBLIC


def test_a_policy_behind_the_default_block_is_dormant(tmp_path: Path) -> None:
    found = only(tmp_path, plan(BUCKET, resource("aws_s3_bucket_policy.open", {"bucket": "photos", "policy": OPEN})))

    assert found.exposure.permission is Permission.NOT_PUBLIC
    assert [way.name for way in found.exposure.dormant] == ["policy"]


def test_a_name_that_is_known_later_is_joined_by_reference(tmp_path: Path) -> None:
    open_policy = resource("aws_s3_bucket_policy.open", {"policy": OPEN}, unknown={"bucket": True})
    off = resource("aws_s3_bucket_public_access_block.off", OFF, unknown={"bucket": True})
    references = {"aws_s3_bucket_policy.open": "aws_s3_bucket.photos", "aws_s3_bucket_public_access_block.off": "aws_s3_bucket.photos"}

    found = only(tmp_path, plan(UNNAMED, open_policy, off, resource("aws_s3_account_public_access_block.a", OFF), references=references))

    assert found.settings.name == "aws_s3_bucket.photos"
    assert found.exposure.permission is Permission.PUBLIC


def test_what_is_known_after_apply_is_unknown(tmp_path: Path) -> None:
    policy = resource("aws_s3_bucket_policy.p", {"bucket": "photos"}, unknown={"policy": True})
    off = resource("aws_s3_bucket_public_access_block.off", {"bucket": "photos", **OFF})
    account = resource("aws_s3_account_public_access_block.a", OFF)

    found = only(tmp_path, plan(BUCKET, policy, off, account))

    assert found.settings.policy == Unknown("s3api get-bucket-policy", "known only after apply")
    assert found.exposure.permission is Permission.UNKNOWN


def test_one_setting_of_a_block_may_be_unknown(tmp_path: Path) -> None:
    values = {"bucket": "photos", **OFF}
    del values["restrict_public_buckets"]
    block = resource("aws_s3_bucket_public_access_block.b", values, unknown={"restrict_public_buckets": True})
    policy = resource("aws_s3_bucket_policy.open", {"bucket": "photos", "policy": OPEN})

    found = only(tmp_path, plan(BUCKET, block, policy, resource("aws_s3_account_public_access_block.a", OFF)))

    assert found.exposure.permission is Permission.UNKNOWN


@pytest.mark.parametrize("index", [0, "eu"])
def test_instances_are_joined_by_their_index(tmp_path: Path, index: object) -> None:
    other = 1 if index == 0 else "us"
    buckets = [
        resource(f"aws_s3_bucket.each[{json.dumps(one)}]", {"bucket": f"photos-{one}"}, index=one, type="aws_s3_bucket")
        for one in (index, other)
    ]
    policy = resource(
        f"aws_s3_bucket_policy.open[{json.dumps(index)}]",
        {"policy": OPEN},
        index=index,
        type="aws_s3_bucket_policy",
        unknown={"bucket": True},
    )

    found = judged(tmp_path, plan(*buckets, policy, references={"aws_s3_bucket_policy.open": "aws_s3_bucket.each"}))

    assert {one.settings.name: one.exposure.ways[0].configured for one in found} == {f"photos-{index}": True, f"photos-{other}": False}


def test_a_resource_that_may_belong_to_several_leaves_all_undecided(tmp_path: Path) -> None:
    buckets = [resource(f"aws_s3_bucket.each[{one}]", {"bucket": f"b{one}"}, index=one, type="aws_s3_bucket") for one in (0, 1)]
    policy = resource("aws_s3_bucket_policy.open", {"policy": OPEN}, unknown={"bucket": True})

    found = judged(tmp_path, plan(*buckets, policy, references={"aws_s3_bucket_policy.open": "aws_s3_bucket.each"}))

    assert all(isinstance(one.settings.policy, Unknown) for one in found)


def test_modules_are_followed(tmp_path: Path) -> None:
    document = plan()
    inner = [
        resource("module.store.aws_s3_bucket.this", {}, unknown={"bucket": True}),
        resource("module.store.aws_s3_bucket_policy.this", {"policy": OPEN}, unknown={"bucket": True}),
    ]
    document["planned_values"]["root_module"]["child_modules"] = [{"address": "module.store", "resources": inner}]
    document["resource_changes"] = [
        {"address": one["address"], "change": {"actions": ["create"], "after_unknown": one["unknown"]}} for one in inner
    ]
    policy = {"address": "aws_s3_bucket_policy.this", "expressions": {"bucket": {"references": ["aws_s3_bucket.this.id"]}}}
    document["configuration"]["root_module"]["module_calls"] = {"store": {"module": {"resources": [policy]}}}

    found = only(tmp_path, document)

    assert found.settings.name == "module.store.aws_s3_bucket.this"
    assert found.exposure.ways[0].configured is True


def test_every_part_is_read(tmp_path: Path) -> None:
    key = "arn:aws:kms:eu-west-1:222222222222:key/1"
    everybody = "http://acs.amazonaws.com/groups/global/AllUsers"
    default = {"sse_algorithm": "aws:kms", "kms_master_key_id": key}
    rules = [{"status": "Enabled", "destination": [{"bucket": "arn:aws:s3:::copy", "account": "222222222222"}]}]
    parts: dict[str, dict[str, Any]] = {
        "aws_s3_bucket_server_side_encryption_configuration.e": {"rule": [{"apply_server_side_encryption_by_default": [default]}]},
        "aws_s3_bucket_versioning.v": {"versioning_configuration": [{"status": "Enabled", "mfa_delete": "Enabled"}]},
        "aws_s3_bucket_logging.l": {"target_bucket": "logs"},
        "aws_s3_bucket_website_configuration.w": {"index_document": [{"suffix": "index.html"}]},
        "aws_s3_bucket_replication_configuration.r": {"rule": rules},
        "aws_s3_bucket_ownership_controls.o": {"rule": [{"object_ownership": "ObjectWriter"}]},
        "aws_s3_bucket_acl.a": {"acl": "public-read-write"},
        "aws_s3_bucket_object_lock_configuration.k": {"object_lock_enabled": "Enabled"},
    }

    settings = only(tmp_path, plan(BUCKET, *(resource(name, {"bucket": "photos", **values}) for name, values in parts.items()))).settings

    assert settings.encryption == Encryption("aws:kms", key)
    assert (settings.versioning, settings.mfa_delete, settings.logging) == ("Enabled", True, "logs")
    assert (settings.website, settings.object_lock, settings.ownership) == (True, True, "ObjectWriter")
    assert settings.replication == (Destination("arn:aws:s3:::copy", "222222222222"),)
    assert settings.grants == (Grant(everybody, "READ"), Grant(everybody, "WRITE"))


@pytest.mark.parametrize("kind", ["ownership_controls", "server_side_encryption_configuration", "replication_configuration"])
def test_a_block_that_is_known_after_apply_is_unknown(tmp_path: Path, kind: str) -> None:
    part = resource(f"aws_s3_bucket_{kind}.x", {"bucket": "photos"}, unknown={"rule": True})

    settings = only(tmp_path, plan(BUCKET, part)).settings

    chosen = {
        "ownership_controls": settings.ownership,
        "server_side_encryption_configuration": settings.encryption,
        "replication_configuration": settings.replication,
    }
    assert isinstance(chosen[kind], Unknown)


def test_of_a_bucket_that_exists_what_is_not_managed_is_unknown(tmp_path: Path) -> None:
    existing = BUCKET | {"actions": ["no-op"]}

    found = only(
        tmp_path, plan(existing, resource("aws_s3_bucket_public_access_block.on", {"bucket": "photos", **dict.fromkeys(OFF, True)}))
    )

    assert found.exposure.permission is Permission.NOT_PUBLIC
    assert isinstance(found.settings.encryption, Unknown)


def test_access_points_are_joined(tmp_path: Path) -> None:
    point = resource("aws_s3_access_point.p", {"bucket": "photos", "name": "p", "vpc_configuration": [{"vpc_id": "vpc-1"}]})

    (found,) = only(tmp_path, plan(BUCKET, point)).exposure.points

    assert (found.point.name, found.point.vpc, found.block.restrict_public_buckets) == ("p", "vpc-1", True)


def delegating() -> str:
    condition = {"StringEquals": {"s3:DataAccessPointAccount": "111111111111"}}
    return json.dumps({"Statement": [{**json.loads(OPEN)["Statement"][0], "Condition": condition}]})


POINT_ARN = "arn:aws:s3:eu-west-1:111111111111:accesspoint/p"
DELEGATES = (
    BUCKET,
    resource("aws_s3_bucket_policy.p", {"bucket": "photos", "policy": delegating()}),
    resource("aws_s3_bucket_public_access_block.off", {"bucket": "photos", **OFF}),
    resource("aws_s3_account_public_access_block.all", OFF),
)


@pytest.mark.parametrize(("block", "permission"), [([OFF], Permission.PUBLIC), ([], Permission.NOT_PUBLIC)])
def test_the_block_of_an_access_point_is_known(tmp_path: Path, block: list[Any], permission: Permission) -> None:
    values = {"bucket": "photos", "name": "p", "arn": POINT_ARN, "policy": OPEN, "public_access_block_configuration": block}

    found = only(tmp_path, plan(*DELEGATES, resource("aws_s3_access_point.p", values)))

    assert found.exposure.permission is permission


MULTI = "aws_s3control_multi_region_access_point"


def over_regions(*buckets: str | None, block: list[Any] | None = None, unknown: bool = False) -> dict[str, Any]:
    regions = [{"bucket": name} if name else {} for name in buckets]
    details = {"name": "all", "region": regions, "public_access_block": [OFF] if block is None else block}
    later = {"details": [{"region": [{"bucket": True} if not name else {} for name in buckets]}]} if unknown else {}
    return resource(f"{MULTI}.all", {"details": [details], "alias": "x.mrap"}, unknown=later)


def open_to_all(policy: Any = OPEN) -> dict[str, Any]:
    return resource(f"{MULTI}_policy.all", {"details": [{"name": "all", "policy": policy}]})


@pytest.mark.parametrize(
    ("point", "permission"),
    [
        ((over_regions("photos", "elsewhere"), open_to_all()), Permission.PUBLIC),
        ((over_regions("photos", block=[]), open_to_all()), Permission.NOT_PUBLIC),
        ((over_regions("photos"),), Permission.NOT_PUBLIC),
        ((over_regions("elsewhere"), open_to_all()), Permission.NOT_PUBLIC),
        ((), Permission.NOT_PUBLIC),
    ],
)
def test_access_points_over_several_regions(tmp_path: Path, point: tuple[dict[str, Any], ...], permission: Permission) -> None:
    found = only(tmp_path, plan(*DELEGATES, *point))

    assert found.exposure.permission is permission
    assert found.settings.multi_region_asked


def test_of_one_over_several_regions_the_policy_may_be_known_later(tmp_path: Path) -> None:
    policy = resource(f"{MULTI}_policy.all", {"details": [{"name": "all"}]}, unknown={"details": [{"policy": True}]})

    assert only(tmp_path, plan(*DELEGATES, over_regions("photos"), policy)).exposure.permission is Permission.UNKNOWN


def test_one_over_several_regions_is_joined_by_reference(tmp_path: Path) -> None:
    made = {"actions": ["create"]}
    parts = [
        resource("aws_s3_bucket_policy.p", {"policy": delegating()}, unknown={"bucket": True}),
        resource("aws_s3_bucket_public_access_block.off", OFF, unknown={"bucket": True}),
        DELEGATES[3],
        over_regions(None, unknown=True),
        open_to_all(),
    ]
    joined = {parts[0]["address"]: "aws_s3_bucket.photos", parts[1]["address"]: "aws_s3_bucket.photos"}

    def judged_with(*buckets: dict[str, Any]) -> set[Permission]:
        document = plan(*buckets, *parts, references=joined)
        region = {"bucket": {"references": ["aws_s3_bucket.photos.id", "aws_s3_bucket.photos"]}}
        configured = {"address": f"{MULTI}.all", "expressions": {"details": [{"name": {"constant_value": "all"}, "region": [region]}]}}
        document["configuration"]["root_module"]["resources"].append(configured)
        return {one.exposure.permission for one in judged(tmp_path, document)}

    assert judged_with(UNNAMED | made) == {Permission.PUBLIC}
    several = [UNNAMED | {"address": f"aws_s3_bucket.photos[{number}]", "index": number} for number in range(2)]
    assert judged_with(*several) == {Permission.UNKNOWN}


def test_of_a_bucket_that_exists_others_over_several_regions_may_be_elsewhere(tmp_path: Path) -> None:
    existing = BUCKET | {"actions": ["no-op"]}

    assert not only(tmp_path, plan(existing)).settings.multi_region_asked


def test_a_state_file_is_read(tmp_path: Path) -> None:
    state = {
        "version": 4,
        "terraform_version": "1.9.0",
        "resources": [
            {
                "mode": "managed",
                "type": "aws_s3_bucket",
                "name": "photos",
                "instances": [{"attributes": {"bucket": "photos", "id": "photos", "region": "eu-west-1", "policy": OPEN}}],
            },
            {
                "mode": "managed",
                "type": "aws_s3_bucket_public_access_block",
                "name": "b",
                "instances": [{"attributes": {"bucket": "photos", **dict.fromkeys(OFF, True)}}],
            },
            {"mode": "data", "type": "aws_caller_identity", "name": "c", "instances": [{"attributes": {}}]},
        ],
    }

    found = only(tmp_path, state)

    assert found.settings.region == "eu-west-1"
    assert [way.name for way in found.exposure.dormant] == ["policy"]
    assert isinstance(found.settings.ownership, Unknown)
