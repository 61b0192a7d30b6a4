"""`dowse posture` and `dowse report` with a state store, against a server on loopback."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.errors import ConfigError, TargetError
from tests.posture.conftest import Store

_SSN = b"name,ssn\nAnn,219-22-9999\nBob,219-22-9998\n"


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> "Desk":
    return Desk(store, tmp_path)


class Desk:
    """Runs commands that remember in one store."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.state = folder / "state.db"
        self._folder = folder

    def dowse(self, *arguments: str | Path) -> Result:
        secrets = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "us-east-1"}
        places = {"XDG_STATE_HOME": str(self._folder), "XDG_CACHE_HOME": str(self._folder), "DOWSE_STATE": str(self.state)}
        return CliRunner().invoke(app, list(map(str, arguments)), env=secrets | places, catch_exceptions=False)

    def scan(self, bucket: str, *more: str | Path) -> Result:
        given = ("--endpoint-url", self.store.endpoint, "--workers", "0", "--names", "off", "--incremental", "--quiet")
        return self.dowse("scan", f"s3://{bucket}/", *given, *more)

    def posture(self, bucket: str, *more: str | Path) -> tuple[dict[str, Any], dict[str, Any]]:
        done = self.dowse("posture", bucket, "--endpoint-url", self.store.endpoint, *more)
        first, *_, summary = map(json.loads, done.stdout.splitlines())
        return first, summary


def read_by_all(bucket: str) -> list[dict[str, Any]]:
    return [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*"}]


def kinds(record: dict[str, Any], life: str) -> set[str]:
    return {one["type"].rpartition("/")[2] for one in record["findings"] if one["life"] == life}


def test_findings_live_from_run_to_run(desk: Desk) -> None:
    bucket = desk.store.bucket(policy=read_by_all)

    first, summary = desk.posture(bucket, "--incremental")
    assert "S3BucketPublic" in kinds(first, "new")
    assert {"bucketName": bucket, "type": "Policy:IAMUser/S3BucketPublic"} in summary["changes"]["opened"]

    again, summary = desk.posture(bucket, "--incremental")
    assert kinds(again, "new") == set()
    assert "firstSeen" in again["findings"][0]
    assert summary["changes"]["opened"] == []
    assert summary["changes"]["stillOpen"] == len(again["findings"])

    desk.store.client("s3").delete_bucket_policy(Bucket=bucket)
    _, summary = desk.posture(bucket, "--incremental")
    assert {"bucketName": bucket, "type": "Policy:IAMUser/S3BucketPublic"} in summary["changes"]["resolved"]


def test_what_scans_found_ranks_the_bucket(desk: Desk) -> None:
    bucket, other = desk.store.bucket(policy=read_by_all), desk.store.bucket(policy=read_by_all)
    desk.store.client("s3").put_object(Bucket=bucket, Key="staff.csv", Body=_SSN)
    assert desk.posture(bucket)[0]["sensitiveFindings"] is None

    desk.scan(bucket)
    first, summary = desk.posture(bucket)

    assert first["sensitiveFindings"] == {"high": 1, "medium": 0, "low": 0, "categories": ["PERSONAL_INFORMATION"]}
    assert first["risk"] == 32
    assert (first["findings"][0]["severity"], first["findings"][0]["severityAlone"]) == ("critical", "high")
    assert [(one["bucketName"], one["riskBefore"], one["riskAfter"]) for one in summary["changeFirst"]] == [(bucket, 32, 4)]
    assert desk.posture(other)[0]["sensitiveFindings"] is None


def test_what_is_suppressed_does_not_count(desk: Desk) -> None:
    bucket = desk.store.bucket(policy=read_by_all)
    desk.store.client("s3").put_object(Bucket=bucket, Key="staff.csv", Body=_SSN)
    desk.scan(bucket)
    rule = '[[suppress]]\nid = "made-up"\nreason = "made up"\nidentifiers = ["USA_SOCIAL_SECURITY_NUMBER"]\n'
    (desk.state.parent / "suppressions.toml").write_text(rule)

    assert desk.posture(bucket)[0]["sensitiveFindings"] == {"high": 0, "medium": 0, "low": 0, "categories": []}


def test_the_report_of_the_store_tells_of_buckets_too(desk: Desk, tmp_path: Path) -> None:
    bucket = desk.store.bucket(policy=read_by_all)
    desk.store.client("s3").put_object(Bucket=bucket, Key="staff.csv", Body=_SSN)
    # Judged before anybody knew what is inside.
    desk.posture(bucket, "--incremental")
    desk.scan(bucket)

    done = desk.dowse("report", "--format", "jsonl", "--output", f"html={tmp_path / 'r.html'}")
    policies = {one["type"]: one["level"] for one in map(json.loads, done.stdout.splitlines()) if one["record"] == "policy"}

    assert policies["Policy:IAMUser/S3BucketPublic"] == "critical"
    page = (tmp_path / "r.html").read_text()
    assert "Who can reach it" in page
    assert f'"{bucket}"' in page
    assert not any('"record": "policy"' in line for line in desk.dowse("report", "--format", "jsonl", "--no-posture").stdout.splitlines())


def test_a_store_that_knows_of_buckets_alone_makes_a_report(desk: Desk) -> None:
    bucket = desk.store.bucket(policy=read_by_all)
    desk.posture(bucket, "--incremental")

    done = desk.dowse("report", "--format", "csv", "--fail-on", "high")

    assert "Policy:IAMUser/S3BucketPublic" in done.stdout
    assert done.exit_code == 1


def test_a_format_without_a_place_for_buckets_is_named(desk: Desk, tmp_path: Path) -> None:
    bucket = desk.store.bucket()
    desk.posture(bucket, "--incremental")

    done = desk.dowse("report", "--output", f"datahub={tmp_path / 'out.json'}")

    assert "datahub has no place for findings on buckets" in done.stderr


def test_an_earlier_output_and_the_store_are_not_both_given(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "before.jsonl").write_text("{}")
    with pytest.raises(ConfigError, match="leave one of them out"):
        desk.dowse("posture", "--previous", tmp_path / "before.jsonl", "--incremental")


def test_a_store_that_cannot_be_read_is_told_of_and_no_more(desk: Desk) -> None:
    bucket = desk.store.bucket()
    desk.state.write_bytes(b"nothing of the kind")

    done = desk.dowse("posture", bucket, "--endpoint-url", desk.store.endpoint)

    assert "what is inside the buckets is not known" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["sensitiveFindings"] is None


@pytest.mark.parametrize("by_scan", [False, True])
def test_what_is_resolved_is_told_to_those_who_keep_it_open(desk: Desk, tmp_path: Path, by_scan: bool) -> None:
    bucket, outputs = desk.store.bucket(policy=read_by_all), []
    for name in ("before", "after"):
        places = {kind: tmp_path / f"{name}.{kind}" for kind in ("asff", "ocsf")}
        given = [word for kind, path in places.items() for word in ("--output", f"{kind}={path}")]
        if by_scan:
            desk.scan(bucket, "--posture", *given)
        else:
            desk.posture(bucket, "--incremental", "--format", "jsonl", *given)
        outputs.append(places)
        desk.store.client("s3").delete_bucket_policy(Bucket=bucket)

    before, after = (
        {one["Id"]: one["RecordState"] for line in places["asff"].read_text().splitlines() for one in json.loads(line)["Findings"]}
        for places in outputs
    )
    gone = {identity for identity, state in after.items() if state == "ARCHIVED"}
    assert gone
    assert gone < before.keys()
    assert set(before.values()) == {"ACTIVE"}
    events = {one["finding_info"]["uid"]: one["activity_name"] for one in map(json.loads, outputs[1]["ocsf"].read_text().splitlines())}
    assert {f"dowse/{uid}" for uid, activity in events.items() if activity == "Close"} == gone


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.delivery.retries.ATTEMPTS", 1)


NOBODY_LISTENS = ("--output", "jsonl=http://127.0.0.1:1/")


@pytest.mark.usefixtures("_no_waiting")
def test_what_an_output_did_not_take_is_new_once_more(desk: Desk, tmp_path: Path) -> None:
    bucket, place = desk.store.bucket(policy=read_by_all), tmp_path / "told.jsonl"

    def lives(*more: str) -> set[str]:
        given = ("--endpoint-url", desk.store.endpoint, "--incremental", "--output", f"jsonl={place}", *more)
        done = desk.dowse("posture", bucket, *given)
        assert done.exit_code == (4 if more else 0), done.stderr
        return {one["life"] for one in json.loads(place.read_text().splitlines()[0])["findings"]}

    assert lives(*NOBODY_LISTENS) == {"new"}
    assert lives() == {"new"}
    assert lives() == {"unchanged"}


@pytest.mark.usefixtures("_no_waiting")
def test_so_it_is_when_a_scan_tells_of_buckets(desk: Desk) -> None:
    bucket = desk.store.bucket(policy=read_by_all)
    desk.store.client("s3").put_object(Bucket=bucket, Key="a.txt", Body=b"nothing")

    def closing(*more: str) -> str:
        given = ("--endpoint-url", desk.store.endpoint, "--workers", "0", "--names", "off", "--incremental", "--posture", *more)
        return desk.dowse("scan", f"s3://{bucket}/", *given).stderr

    assert "opened" in closing(*NOBODY_LISTENS)
    assert "opened" in closing()
    assert "opened" not in closing()


def test_a_bucket_that_is_not_there_is_an_error_with_its_name(desk: Desk) -> None:
    with pytest.raises(TargetError, match="no such bucket: never-made; check the spelling"):
        desk.dowse("posture", "never-made", "--endpoint-url", desk.store.endpoint)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--endpoint-url", "nowhere"), "--endpoint-url nowhere: Invalid endpoint"),
        (("--accounts", "12"), "--accounts 12: give 12 digits"),
    ],
)
def test_flags_that_mean_nothing_are_named(desk: Desk, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        desk.dowse("posture", *words)
