"""`dowse report` and the formats of `dowse posture`, run in this process."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from scanner.cli.main import app
from scanner.errors import ConfigError
from tests.acceptance.sink_suite import write_all
from tests.reports.build import EMAIL, RUN, SSN, SUMMARY, detection, options, result, stored

TEMPLATE = {"Resources": {"Photos": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "photos"}}}}


def dowse(*arguments: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=stdin, catch_exceptions=False)


def records(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def findings(tmp_path: Path) -> Path:
    """What a scan wrote."""
    from scanner.reports.registry import open_sink

    path = tmp_path / "findings.jsonl"
    with path.open("wb") as out:
        write_all(
            open_sink("jsonl", out, options()), [result(detection(EMAIL, 2)), result(detection(SSN, 1), of=stored("b"))], RUN, SUMMARY
        )
    return path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.json"
    path.write_text(json.dumps(TEMPLATE))
    return path


def test_findings_become_another_format(findings: Path) -> None:
    done = dowse("report", findings, "--format", "sarif")
    assert done.exit_code == 0
    assert [one["ruleId"] for one in json.loads(done.stdout)["runs"][0]["results"]] == [SSN.id, EMAIL.id]


def test_without_a_format_it_is_the_table(findings: Path) -> None:
    assert "2 objects hold sensitive data: 1 high, 1 medium" in dowse("report", findings).stdout


def test_several_outputs_at_once_and_nothing_on_standard_output(findings: Path, tmp_path: Path) -> None:
    done = dowse("report", findings, "--output", f"csv={tmp_path / 'a.csv'}", "--output", f"asff={tmp_path / 'b.json'}")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "a.csv").read_text().count("\n") == 3
    assert len(json.loads((tmp_path / "b.json").read_text())["Findings"]) == 2


def test_standard_input_and_compressed_files(findings: Path, tmp_path: Path) -> None:
    packed = tmp_path / "findings.jsonl.gz"
    packed.write_bytes(gzip.compress(findings.read_bytes()))
    assert dowse("report", packed, "--format", "csv").stdout == dowse("report", "-", "--format", "csv", stdin=findings.read_bytes()).stdout


def test_scans_and_buckets_make_one_report(findings: Path, template: Path, tmp_path: Path) -> None:
    posture = tmp_path / "posture.jsonl"
    posture.write_bytes(dowse("posture", "--from", template).stdout_bytes)
    done = dowse("report", findings, posture, "--format", "jsonl")
    kinds = {record["record"] for record in records(done)}
    assert kinds == {"run", "finding", "policy", "summary"}


def test_a_format_without_a_place_for_buckets_is_refused_before_anything_is_written(template: Path, tmp_path: Path) -> None:
    posture = tmp_path / "posture.jsonl"
    posture.write_bytes(dowse("posture", "--from", template).stdout_bytes)
    with pytest.raises(ConfigError, match="macie-results has no place for findings on buckets"):
        dowse("report", posture, "--output", f"macie-results={tmp_path / 'out'}")
    assert not list(tmp_path.glob("out*"))


def test_exit_codes(findings: Path, tmp_path: Path) -> None:
    assert dowse("report", findings, "--format", "csv", "--fail-on", "high").exit_code == 1
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"".join(findings.read_bytes().splitlines(keepends=True)[:2]))
    assert dowse("report", broken, "--format", "csv", "--fail-on", "high").exit_code == 3


@pytest.mark.parametrize("arguments", [["ghost.jsonl"], ["-", "--format", "xml"], ["-", "--output", "csv"]])
def test_what_is_wrong_on_the_command_line_is_named(arguments: list[str]) -> None:
    with pytest.raises(ConfigError):
        dowse("report", *arguments)


@pytest.mark.parametrize("name", ["asff", "csv", "elastic", "jsonl", "junit", "macie", "markdown", "ocsf", "parquet", "sarif", "splunk"])
def test_findings_on_buckets_in_every_format(template: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    done = dowse("posture", "--from", template, "--format", "table", "--output", f"{name}={out}", "--fail-on", "low")
    assert done.exit_code == 1
    assert b"photos" in out.read_bytes()


def test_findings_on_buckets_go_to_standard_output_too(template: Path) -> None:
    events = records(dowse("posture", "--from", template, "--format", "ocsf"))
    assert {event["class_uid"] for event in events} == {2006}
    assert {event["databucket"]["name"] for event in events} == {"photos"}


def test_a_format_without_a_place_for_buckets_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(ConfigError, match="macie-results has no place for findings on buckets"):
        dowse("posture", "--from", "ghost", "--format", "macie-results")


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A state store, and what the scan wrote that filled it."""
    folder = tmp_path_factory.mktemp("remembered")
    (folder / "data").mkdir()
    (folder / "data" / "staff.csv").write_text("name,ssn\nAnn,219-22-9999\n")
    (folder / "data" / "mail.txt").write_text("SSN: 219-22-9998")
    state = folder / "state.db"
    done = dowse("scan", folder / "data", "--workers", "0", "--select", SSN.id, "--state", state, "--format", "jsonl")
    assert done.exit_code == 0
    return state, records(done)


def test_the_store_gives_the_last_run_out_again(remembered: tuple[Path, list[dict[str, Any]]]) -> None:
    state, scanned = remembered
    again = records(dowse("report", "--state", state, "--format", "jsonl"))
    assert again[0] == scanned[0]
    assert sorted(again[1:-1], key=lambda one: str(one["uri"])) == sorted(scanned[1:-1], key=lambda one: str(one["uri"]))
    assert again[-1] == scanned[-1]


def test_a_run_of_the_store_is_chosen_by_how_its_id_begins(remembered: tuple[Path, list[dict[str, Any]]]) -> None:
    state, scanned = remembered
    done = dowse("report", "--state", state, "--run", scanned[0]["id"][:10], "--format", "sarif", "--fail-on", "high")
    assert done.exit_code == 1
    assert len(json.loads(done.stdout)["runs"][0]["results"]) == 2


def test_what_is_suppressed_by_now_is_not_reported(remembered: tuple[Path, list[dict[str, Any]]], tmp_path: Path) -> None:
    state = tmp_path / "state.db"
    shutil.copy(remembered[0], state)
    path = remembered[0].parent / "data" / "staff.csv"
    assert dowse("findings", "suppress", path, "--state", state, "--reason", "made up").exit_code == 0
    summary = records(dowse("report", "--state", state, "--format", "jsonl"))[-1]
    assert summary["findings"] == {"high": 1}


def test_files_and_a_store_at_once_are_refused(findings: Path) -> None:
    with pytest.raises(ConfigError, match="--state, --job and --run"):
        dowse("report", findings, "--run", "1")
