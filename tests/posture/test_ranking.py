"""Risk, what scans found, changes since an earlier run, and files on disk."""

import json
import os
import subprocess
import sys
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.posture_table import table_text
from scanner.cli.posture_written import Written
from scanner.errors import ConfigError
from scanner.posture.changes import Changes, Key
from scanner.posture.earlier import records_in
from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.judged import PostureReport
from scanner.posture.local_files import exported_folders, file_reach
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings, raised
from scanner.posture.risk import risk
from scanner.posture.sensitive import Sensitive, sensitive_by_bucket
from scanner.posture.verdicts import judge
from tests.posture.bucket_settings import ALL_ON, NOT_KNOWN, OTHER, allow, policy, settings

ROOT = Path(__file__).resolve().parents[2]
CREDENTIALS = Sensitive((1, 0, 0), ("CREDENTIALS",))
PUBLIC = settings(policy=policy(allow()))


def finding(bucket: str, severity: str = "High", category: str = "PERSONAL_INFORMATION", key: str = "a.csv") -> dict[str, Any]:
    return {
        "record": "finding",
        "severity": {"description": severity},
        "resourcesAffected": {"s3Bucket": {"name": bucket}, "s3Object": {"key": key}},
        "classificationDetails": {"result": {"sensitiveData": [{"category": category}]}},
    }


@pytest.mark.parametrize(
    ("made", "sensitive", "expected"),
    [
        (PUBLIC, CREDENTIALS, 40),
        (PUBLIC, Sensitive((1, 0, 0), ()), 32),
        (PUBLIC, Sensitive((0, 0, 0), ()), 8),
        (settings(policy=policy(allow({"AWS": OTHER}))), CREDENTIALS, 20),
        (settings(policy=NOT_KNOWN), CREDENTIALS, 15),
        (settings(policy=policy(allow()), block=ALL_ON), Sensitive((0, 3, 9), ()), 6),
        (settings(), Sensitive((0, 0, 1), ()), 2),
        (settings(), Sensitive((0, 0, 0), ()), 1),
    ],
)
def test_risk_is_reach_times_sensitivity(made: Any, sensitive: Sensitive, expected: int) -> None:
    assert risk(judge(made, Trusted()), sensitive) == expected


def test_findings_are_counted_by_bucket() -> None:
    records = [finding("photos"), finding("s3://photos", "Low", "CREDENTIALS"), finding("logs", "Medium"), {"record": "summary"}]

    assert sensitive_by_bucket(records) == {
        "photos": Sensitive((1, 0, 1), ("CREDENTIALS", "PERSONAL_INFORMATION")),
        "logs": Sensitive((0, 1, 0), ("PERSONAL_INFORMATION",)),
    }


def test_what_can_be_reached_from_outside_is_worse_with_sensitive_data_in_it() -> None:
    found = policy_findings(judge(PUBLIC, Trusted()))

    before = {one.type: one.severity for one in found}
    after = {one.type: one.severity for one in raised(found, CREDENTIALS)}

    assert before["Policy:IAMUser/S3BucketPublic"] is PolicySeverity.HIGH
    assert after["Policy:IAMUser/S3BucketPublic"] is PolicySeverity.CRITICAL
    assert after["Policy:Dowse/S3TlsNotEnforced"] is before["Policy:Dowse/S3TlsNotEnforced"]
    assert raised(found, Sensitive((0, 1, 0), ())) == found


FORMS = [
    '{"record": "a"}\n{"record": "b"}\n',
    '[{"record": "a"}, {"record": "b"}]',
    '{"buckets": [{"record": "a"}, {"record": "b"}]}',
]


@pytest.mark.parametrize("text", FORMS)
def test_records_are_read_in_every_json_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "out").write_text(text)

    assert [record["record"] for record in records_in(str(tmp_path / "out"))] == ["a", "b"]


@pytest.mark.parametrize("content", [b"nothing", b"[1]", b"\xff", b"7"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "out").write_bytes(content)

    with pytest.raises(ConfigError, match="out"):
        list(records_in(str(tmp_path / "out")))


@pytest.mark.parametrize(
    ("mode", "folder_mode", "reach"),
    [
        (0o600, 0o755, (False, False, False)),
        (0o640, 0o755, (False, False, True)),
        (0o644, 0o755, (True, False, True)),
        (0o666, 0o755, (True, True, True)),
        (0o666, 0o700, (False, False, True)),
        (0o602, 0o711, (False, True, False)),
    ],
)
def test_who_can_reach_a_file(home: Path, mode: int, folder_mode: int, reach: tuple[bool, bool, bool]) -> None:
    folder = home / "data"
    folder.mkdir()
    (folder / "staff.csv").write_text("x")
    (folder / "staff.csv").chmod(mode)
    folder.chmod(folder_mode)

    found = file_reach(str(folder / "staff.csv"))

    assert (found.everybody_reads, found.everybody_writes, found.group_reads) == reach


def test_exported_and_synced_folders_are_told(tmp_path: Path) -> None:
    synced, exported = tmp_path / "Dropbox (Acme)" / "x", tmp_path / "srv" / "data"
    for folder in (synced, exported, tmp_path / "srv2"):
        folder.mkdir(parents=True)
        (folder / "f").write_text("x")

    exports = exported_folders(f'# shares\n{tmp_path}/srv 10.0.0.0/8(ro)\n"{tmp_path}/with space" *(rw)\n\n')

    assert exports == (f"{tmp_path}/srv", f"{tmp_path}/with space")
    assert file_reach(str(synced / "f"), exports).synced == str(synced.parent)
    assert file_reach(str(exported / "f"), exports).exported == f"{tmp_path}/srv"
    assert file_reach(str(tmp_path / "srv2" / "f"), exports).exported == ""


def test_a_file_that_is_gone_is_unknown(tmp_path: Path) -> None:
    assert file_reach(str(tmp_path / "gone")).everybody_reads is None


def dowse(*arguments: str | Path) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run([sys.executable, "-m", "scanner", *map(str, arguments)], capture_output=True, check=False, env=environment)


def test_files_of_a_scan_are_reported_worst_first(home: Path) -> None:
    folder = home / "data"
    folder.mkdir()
    for name, mode in (("open.csv", 0o644), ("shut.csv", 0o600)):
        (folder / name).write_text("name,ssn\nAnn,219-22-9999\n")
        (folder / name).chmod(mode)
    folder.chmod(0o755)
    (home / "findings.jsonl").write_bytes(dowse("scan", folder).stdout)

    done = dowse("posture", "--files", home / "findings.jsonl", "--fail-on", "high")

    records = list(map(json.loads, done.stdout.splitlines()))
    assert [(Path(one["path"]).name, one["severity"], one["everybodyReads"]) for one in records] == [
        ("open.csv", "high", True),
        ("shut.csv", "info", False),
    ]
    assert done.returncode == 1


def test_the_command_ranks_and_tells_changes(tmp_path: Path) -> None:
    from tests.posture.test_dumps import OPEN, account, dump

    account(tmp_path / "dumps")
    dump(tmp_path / "dumps", "photos")
    dump(tmp_path / "dumps", "logs")
    (tmp_path / "before.jsonl").write_bytes(dowse("posture", "--from", tmp_path / "dumps").stdout)
    dump(tmp_path / "dumps", "photos", get_bucket_policy={"Policy": json.dumps(OPEN)})
    (tmp_path / "findings.jsonl").write_text(json.dumps(finding("photos", category="CREDENTIALS")))
    given: list[str | Path] = ["--findings", tmp_path / "findings.jsonl", "--previous", tmp_path / "before.jsonl"]
    asked: list[str | Path] = ["posture", "--from", tmp_path / "dumps", *given]

    first, _, summary = map(json.loads, dowse(*asked).stdout.splitlines())
    table = dowse(*asked, "--format", "table").stdout.decode()

    assert (first["bucketName"], first["risk"], first["sensitiveFindings"]["high"]) == ("photos", 40, 1)
    assert summary["changes"]["opened"] == [{"bucketName": "photos", "type": "Policy:IAMUser/S3BucketPublic"}]
    assert "new: photos  Policy:IAMUser/S3BucketPublic" in table

    page = dowse(*asked, "--format", "html").stdout.decode()
    assert page.startswith("<!DOCTYPE html>")
    assert '"photos"' in page
    assert "New: 1" in page


def test_a_page_alone_is_written_and_nothing_else(tmp_path: Path) -> None:
    from tests.posture.test_dumps import account, dump

    account(tmp_path / "dumps")
    dump(tmp_path / "dumps", "photos")

    done = dowse("posture", "--from", tmp_path / "dumps", "--output", f"html={tmp_path / 'a.html'}")

    assert (done.stdout, done.stderr, done.returncode) == (b"", b"", 0)
    assert "What to change first" not in (tmp_path / "a.html").read_text()
    assert '"photos"' in (tmp_path / "a.html").read_text()


def test_long_lists_of_changes_are_cut_and_say_so() -> None:
    report = PostureReport((), ())
    many = frozenset(Key(f"b{number:02}", "Policy:Dowse/S3NoLogging") for number in range(13))
    changes = Changes(many, frozenset(), frozenset(), (), ())

    text = table_text(Written(report, changes, datetime(2026, 3, 1, tzinfo=UTC), ()), width=120, colour=False)

    assert text.count("new: b") == 10
    assert "new: 3 more, which --format json has" in text


def test_of_very_many_findings_only_the_counts_are_held(tmp_path: Path) -> None:
    finding = {
        "record": "finding",
        "severity": {"description": "High"},
        "resourcesAffected": {"s3Bucket": {"name": "b"}},
        "classificationDetails": {"result": {"sensitiveData": [{"category": "CREDENTIALS"}]}},
        "padding": "x" * 4000,
    }
    path = tmp_path / "findings.jsonl"
    path.write_text(f"{json.dumps(finding)}\n" * 2000)

    tracemalloc.start()
    try:
        found = sensitive_by_bucket(records_in(str(path)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == {"b": Sensitive((2000, 0, 0), ("CREDENTIALS",))}
    assert most < 1_000_000
