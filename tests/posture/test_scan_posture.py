"""`dowse scan --posture`: what is found, and who can have it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.cli.scan_posture import ScanPosture
from scanner.cli.scan_posture_inputs import list_asker, open_posture
from scanner.cli.scanned_store import ScannedStore
from scanner.config import ScanConfig
from scanner.errors import ConfigError
from scanner.model.objects import ObjectRef
from scanner.posture import calls
from scanner.posture.collect import collect
from scanner.posture.parties import Trusted
from tests.posture.conftest import Store
from tests.reports.build import SUMMARY

# One address of mail is of low severity.
_MAIL = b"write to anna.meier@example.com, please\n"


class Desk:
    """Scans with posture."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder

    def dowse(self, *arguments: str | Path) -> Result:
        secrets = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
        places = {"XDG_STATE_HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder)}
        return CliRunner().invoke(app, list(map(str, arguments)), env=secrets | places, catch_exceptions=False)

    def scan(self, *arguments: str | Path) -> Result:
        given = ("--posture", "--endpoint-url", self.store.endpoint, "--workers", "0", "--names", "off", "--format", "jsonl")
        return self.dowse("scan", *arguments, *given)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(store, tmp_path / "state")


def records(done: Result, kind: str) -> list[dict[str, Any]]:
    return [one for one in map(json.loads, done.stdout.splitlines()) if one["record"] == kind]


def public_part(bucket: str) -> list[dict[str, Any]]:
    return [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/public/*"}]


def test_only_what_everybody_can_read_is_worse(desk: Desk) -> None:
    bucket = desk.store.bucket(policy=public_part)
    for key in ("public/a.txt", "private/a.txt"):
        desk.store.client("s3").put_object(Bucket=bucket, Key=key, Body=_MAIL)

    done = desk.scan(f"s3://{bucket}/")

    found = {one["resourcesAffected"]["s3Object"]["key"]: one for one in records(done, "finding")}
    assert found["private/a.txt"]["severity"]["description"] == "Low"
    assert "exposure" not in found["private/a.txt"]
    assert found["public/a.txt"]["severity"]["description"] == "Medium"
    assert found["public/a.txt"]["exposure"]["to"] == "everybody"
    assert "reach:everybody" in found["public/a.txt"]["detections"][0]["occurrences"][0]["evidence"]
    assert records(done, "summary")[0]["findings"] == {"low": 1, "medium": 1}
    policies = {one["type"].rpartition("/")[2]: one["level"] for one in records(done, "policy")}
    assert policies["S3BucketPublic"] == "high"
    assert "posture: 1 bucket, 1 public" in done.stderr


def test_both_are_remembered_and_told_on_one_page(desk: Desk, tmp_path: Path) -> None:
    bucket = desk.store.bucket(policy=public_part)
    desk.store.client("s3").put_object(Bucket=bucket, Key="public/a.txt", Body=_MAIL)
    state = ("--state", tmp_path / "state.db")

    first = desk.scan(f"s3://{bucket}/", *state, "--output", f"html={tmp_path / 'a.html'}")
    again = desk.scan(f"s3://{bucket}/", *state)
    told = desk.dowse("report", *state, "--format", "jsonl")

    assert "since earlier runs" in first.stderr
    assert "since earlier runs" not in again.stderr.partition("posture:")[2]
    assert "Who can reach it" in (tmp_path / "a.html").read_text()
    (finding,) = records(told, "finding")
    assert finding["severity"]["description"] == "Medium"
    assert records(told, "policy")


def test_a_pattern_means_the_buckets_that_it_names(desk: Desk) -> None:
    bucket, other = desk.store.bucket(policy=public_part), desk.store.bucket(policy=public_part)

    done = desk.scan(f"s3://{bucket[:-1]}?/")

    assert {one["resourcesAffected"]["s3Bucket"]["name"] for one in records(done, "policy")} == {bucket}
    assert other not in done.stdout


def of_store(store: Store, bucket: str) -> ScanPosture:
    return ScanPosture({"s3": ScannedStore("s3", collect(store.clients, [bucket]), Trusted())})


def test_a_refused_setting_makes_the_run_incomplete(store: Store) -> None:
    bucket = store.bucket()
    with store.refusing(calls.POLICY):
        posture = of_store(store, bucket)

    assert posture.whole(SUMMARY).complete is False
    assert "not every setting is known (exit code 3): s3:GetBucketPolicy\n" in posture.closing_words()
    assert of_store(store, bucket).whole(SUMMARY) == SUMMARY


def test_a_list_of_its_own_opens_an_object(desk: Desk) -> None:
    bucket, s3 = desk.store.bucket(), desk.store.client("s3")
    for key, acl in (("open.txt", "public-read"), ("shut.txt", "private")):
        s3.put_object(Bucket=bucket, Key=key, Body=_MAIL, ACL=acl)

    told = {one["resourcesAffected"]["s3Object"]["key"]: one for one in records(desk.scan(f"s3://{bucket}/"), "finding")}
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
    later = records(desk.scan(f"s3://{bucket}/"), "finding")

    assert told["open.txt"]["exposure"] == {"to": "everybody", "because": ["its acl: READ to AllUsers"], "raised": 1}
    assert "exposure" not in told["shut.txt"]
    assert not any("exposure" in one for one in later)


def test_a_refused_list_of_an_object_is_told_once(store: Store) -> None:
    bucket = store.bucket()
    inventory = collect(store.clients, [bucket])
    scanned = ScannedStore("s3", inventory, Trusted(), ask_list=list_asker(store.clients, inventory))
    with store.refusing(calls.OBJECT_ACL):
        found = [scanned.exposure(ObjectRef("s3", bucket, key)) for key in ("a", "b")]

    assert found == [None, None]
    assert [one.action for one in scanned.report.unknowns] == ["s3:GetObjectAcl"]
    assert scanned.exposure(ObjectRef("s3", bucket, "gone")) is None
    assert len(scanned.report.unknowns) == 1


@pytest.mark.parametrize(
    ("mode", "severity", "to"), [(0o644, "Medium", "machine"), (0o640, "Low", "group"), (0o600, "Low", None), (0o666, "Medium", "machine")]
)
def test_files_that_others_can_read_are_worse(desk: Desk, home: Path, mode: int, severity: str, to: str | None) -> None:
    folder = home / "data"
    folder.mkdir(mode=0o755)
    (folder / "a.txt").write_bytes(_MAIL)
    (folder / "a.txt").chmod(mode)

    done = desk.dowse("scan", folder, "--posture", "--workers", "0", "--names", "off", "--format", "jsonl")

    (finding,) = records(done, "finding")
    assert finding["severity"]["description"] == severity
    assert finding.get("exposure", {}).get("to") == to
    opened = int(to == "machine")
    assert f"posture: 1 file with sensitive data, {opened} open to everybody on this machine or beyond" in done.stderr


def test_other_stores_are_named_as_not_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert open_posture(ScanConfig((str(tmp_path), "https://127.0.0.1:1/a")), ()).stores == {}
    assert "https://127.0.0.1:1/a: how it is set up is not looked at" in capsys.readouterr().err


@pytest.mark.parametrize("more", [("--no-sign-request",), ("--trust", "nobody"), ("--events", "-")])
def test_what_cannot_be_is_refused_before_anything_is_read(desk: Desk, more: tuple[str, ...]) -> None:
    with pytest.raises(ConfigError):
        desk.scan("s3://some-bucket/", *more)


def test_trust_without_the_question_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="add --posture"):
        CliRunner().invoke(app, ["scan", str(tmp_path), "--trust", "123456789012"], catch_exceptions=False)
