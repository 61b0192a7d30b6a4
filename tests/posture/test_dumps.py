"""Folders of dumps, and `dowse posture --from`."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import ConfigError
from scanner.posture.answers import Unknown
from scanner.posture.calls import BUCKET_CALLS
from scanner.posture.dumps import commands, read_dumps
from scanner.posture.exposure import Permission
from scanner.posture.judged import judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.verdicts import BucketVerdicts

ROOT = Path(__file__).resolve().parents[2]
OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]}
UNSET = {
    "get-bucket-policy": "NoSuchBucketPolicy",
    "get-bucket-policy-status": "NoSuchBucketPolicy",
    "get-public-access-block": "NoSuchPublicAccessBlockConfiguration",
    "get-bucket-ownership-controls": "OwnershipControlsNotFoundError",
    "get-bucket-encryption": "ServerSideEncryptionConfigurationNotFoundError",
    "get-bucket-website": "NoSuchWebsiteConfiguration",
    "get-bucket-replication": "ReplicationConfigurationNotFoundError",
    "get-object-lock-configuration": "ObjectLockConfigurationNotFoundError",
    "get-bucket-tagging": "NoSuchTagSet",
}


def answer(folder: Path, call: str, response: Any) -> None:
    """A dict is what the call answered; a string is the code of the error that it ended with; None is an empty answer."""
    folder.mkdir(parents=True, exist_ok=True)
    error = f"\nAn error occurred ({response}) when calling the operation: no\n" if isinstance(response, str) else ""
    (folder / f"{call}.json").write_text(json.dumps(response) if isinstance(response, dict) else "")
    (folder / f"{call}.err").write_text(error)


def dump(folder: Path, name: str, **changed: Any) -> None:
    """All calls of a bucket that has nothing set."""
    for call in BUCKET_CALLS:
        answer(folder / name, call.name, UNSET.get(call.name))
    answer(folder / name, "get-bucket-location", {"LocationConstraint": "eu-west-1"})
    answer(folder / name, "get-bucket-acl", {"Owner": {"ID": "a" * 64}, "Grants": []})
    answer(folder / name, "list-access-points", {"AccessPointList": []})
    for call_name, response in changed.items():
        answer(folder / name, call_name.replace("_", "-"), response)


def account(folder: Path) -> None:
    answer(folder / "_account", "get-caller-identity", {"Account": "111111111111"})
    answer(folder / "_account", "get-public-access-block", "NoSuchPublicAccessBlockConfiguration")


def verdicts(folder: Path) -> BucketVerdicts:
    return judge_inventory(read_dumps(str(folder)), Trusted()).buckets[0].verdicts


def test_a_whole_dump_leaves_nothing_unknown(tmp_path: Path) -> None:
    account(tmp_path)
    dump(tmp_path, "photos", get_bucket_policy={"Policy": json.dumps(OPEN)})

    found = verdicts(tmp_path)

    assert found.unknowns == ()
    assert found.exposure.permission is Permission.PUBLIC
    assert (found.settings.account, found.settings.region) == ("111111111111", "eu-west-1")


def test_what_was_refused_or_not_asked_is_unknown(tmp_path: Path) -> None:
    account(tmp_path)
    dump(tmp_path, "photos", get_bucket_encryption="AccessDenied")
    (tmp_path / "photos" / "get-bucket-logging.json").unlink()
    (tmp_path / "photos" / "get-bucket-logging.err").unlink()

    found = verdicts(tmp_path)

    assert {(unknown.action, unknown.reason) for unknown in found.unknowns} == {
        ("s3:GetEncryptionConfiguration", "AccessDenied: the permission s3:GetEncryptionConfiguration is missing"),
        ("", "not asked"),
    }


@pytest.mark.parametrize("text", ["{", "[]", '{"Grants": 7}', '{"Grants": [{"Permission": "READ"}]}', '{"Grants": [[]]}', "\xff"])
def test_broken_files_are_unknown(tmp_path: Path, text: str) -> None:
    account(tmp_path)
    dump(tmp_path, "photos")
    (tmp_path / "photos" / "get-bucket-acl.json").write_bytes(text.encode("latin-1"))

    assert isinstance(verdicts(tmp_path).settings.grants, Unknown)


def test_access_points_lie_in_folders_of_their_own(tmp_path: Path) -> None:
    account(tmp_path)
    arn = "arn:aws:s3:eu-west-1:111111111111:accesspoint/one"
    listed = {"Name": "one", "AccessPointArn": arn, "NetworkOrigin": "Internet"}
    dump(tmp_path, "photos", list_access_points={"AccessPointList": [listed]})
    own = tmp_path / "photos" / "access-points" / "one"
    block = {"IgnorePublicAcls": True, "RestrictPublicBuckets": True, "BlockPublicAcls": True, "BlockPublicPolicy": True}
    answer(own, "get-access-point", {"Name": "one", "PublicAccessBlockConfiguration": block})
    answer(own, "get-access-point-policy", "NoSuchAccessPointPolicy")

    (point,) = verdicts(tmp_path).exposure.points

    assert (point.point.name, point.point.policy, point.block.restrict_public_buckets) == ("one", None, True)


def test_a_name_in_a_file_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    account(tmp_path)
    answer(tmp_path / "elsewhere", "get-access-point-policy", {"Policy": json.dumps(OPEN)})
    listed = {"Name": "../../elsewhere", "NetworkOrigin": "Internet"}
    dump(tmp_path, "photos", list_access_points={"AccessPointList": [listed]})

    found = judge_inventory(read_dumps(str(tmp_path)), Trusted(), ["photos"]).buckets[0].verdicts

    assert isinstance(found.exposure.points[0].point.policy, Unknown)


def test_a_folder_without_dumps_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()

    with pytest.raises(ConfigError, match="--dump-commands"):
        read_dumps(str(tmp_path))


def test_the_commands_write_what_is_read(tmp_path: Path) -> None:
    """The script runs with a stand-in for `aws` that says how it was called."""
    stand_in = tmp_path / "bin" / "aws"
    stand_in.parent.mkdir()
    stand_in.write_text(
        '#!/bin/sh\ncase "$*" in\n'
        "  *get-caller-identity*--output?text) echo 111111111111;;\n"
        '  *get-caller-identity*) echo \'{"Account": "111111111111"}\';;\n'
        "  *get-bucket-location*--output?text) echo None;;\n"
        "  *AccessPointList*) echo one;;\n"
        '  *"get-access-point "*) echo \'{"Name": "one", "PublicAccessBlockConfiguration": {}}\';;\n'
        '  *list-access-points*) echo \'{"AccessPointList": [{"Name": "one", "NetworkOrigin": "Internet"}]}\';;\n'
        "  *) echo 'An error occurred (AccessDenied) when calling' >&2; exit 254;;\nesac\n"
    )
    stand_in.chmod(0o755)
    script = "\n".join(commands(["photos", "it's"]))

    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True, env={**os.environ, "PATH": f"{stand_in.parent}:{os.environ['PATH']}"})
    inventory = read_dumps(str(tmp_path / "dumps"))

    assert [bucket.name for bucket in inventory.buckets] == ["it's", "photos"]
    found = judge_inventory(inventory, Trusted(), ["photos"]).buckets[0].verdicts
    assert found.settings.account == "111111111111"
    assert [point.point.name for point in found.exposure.points] == ["one"]
    assert {unknown.action for unknown in found.unknowns} >= {call.action for call in BUCKET_CALLS}


def dowse(*arguments: str | Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "scanner", "posture", *map(str, arguments)], capture_output=True, check=False, env=environment
    )


def test_the_command_reads_a_folder(tmp_path: Path) -> None:
    account(tmp_path)
    dump(tmp_path, "photos", get_bucket_policy={"Policy": json.dumps(OPEN)})

    done = dowse("--from", tmp_path)

    bucket, summary = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, done.stderr) == (0, b"")
    assert bucket["publicAccess"]["effectivePermission"] == "PUBLIC"
    assert bucket["publicAccess"]["permissionConfiguration"]["bucketLevelPermissions"]["bucketPolicy"] == {
        "allowsPublicReadAccess": True,
        "allowsPublicWriteAccess": False,
    }
    assert summary["complete"] is True


def test_the_formats_and_exit_codes(tmp_path: Path) -> None:
    account(tmp_path)
    dump(tmp_path, "photos", get_bucket_policy={"Policy": json.dumps(OPEN)}, get_bucket_acl="AccessDenied")
    dump(tmp_path, "logs")

    table = dowse("--from", tmp_path, "--format", "table")
    sheet = dowse("--from", tmp_path, "--format", "csv", "--fail-on", "critical")
    whole = dowse("--from", tmp_path, "--format", "json", "--fail-on", "high", "photos")

    assert (table.returncode, sheet.returncode, whole.returncode) == (3, 3, 1)
    assert b"the permission s3:GetBucketAcl is missing (photos)" in table.stdout
    rows = list(csv.DictReader(io.StringIO(sheet.stdout.decode())))
    assert [(row["bucket"], row["public"], row["unknowns"]) for row in rows] == [
        ("photos", "PUBLIC", "s3:GetBucketAcl"),
        ("logs", "NOT_PUBLIC", ""),
    ]
    assert [bucket["bucketName"] for bucket in json.loads(whole.stdout)["buckets"]] == ["photos"]


def test_names_from_outside_are_escaped(tmp_path: Path) -> None:
    account(tmp_path)
    statement = OPEN["Statement"][0] | {"Sid": "\x1b[31mred"}
    dump(tmp_path, "=cmd", get_bucket_policy={"Policy": json.dumps({"Statement": [statement]})})

    table, sheet = dowse("--from", tmp_path, "--format", "table"), dowse("--from", tmp_path, "--format", "csv")

    assert b"\x1b" not in table.stdout
    assert b"\\x1b[31mred" in table.stdout
    assert sheet.stdout.splitlines()[1].startswith(b"'=cmd")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--from", "nowhere"], b"nowhere"),
        (["--from", ".", "--trust", "acme"], b"--trust acme"),
        (["--from", ".", "--account", "12"], b"--account 12"),
        (["--from", "DUMPS", "ghost"], b"ghost"),
    ],
)
def test_what_is_wrong_on_the_command_line_is_named(tmp_path: Path, arguments: list[str], told: bytes) -> None:
    account(tmp_path)
    dump(tmp_path, "photos")

    done = dowse(*[str(tmp_path) if word in ("DUMPS", ".") else word for word in arguments])

    assert done.returncode == 2
    assert told in done.stderr


def test_trusted_parties_are_internal(tmp_path: Path) -> None:
    account(tmp_path)
    shared = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "s3:*", "Resource": "*"}]}
    dump(tmp_path, "photos", get_bucket_policy={"Policy": json.dumps(shared)})

    plain, trusting = dowse("--from", tmp_path), dowse("--from", tmp_path, "--trust", "222222222222")

    assert json.loads(plain.stdout.splitlines()[0])["sharedAccess"] == "EXTERNAL"
    assert json.loads(trusting.stdout.splitlines()[0])["sharedAccess"] == "INTERNAL"


def test_the_commands_are_printed() -> None:
    assert b"get-bucket-policy" in dowse("--dump-commands", "photos").stdout
