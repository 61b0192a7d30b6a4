"""`dowse findings` and `dowse state` as a user meets them, and scans that remember."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SSN = "SSN: 219-22-"


class Shell:
    """Runs `dowse` in a place of its own."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(base / "xdg"), "NO_COLOR": "1"}

    def __call__(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "scanner", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.base, env=self.environment)

    def out(self, *arguments: str) -> str:
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def records(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out(*arguments).splitlines()]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Two files with something in them, scanned once."""
    base = tmp_path_factory.mktemp("shell")
    (base / "data").mkdir()
    for name, last in (("a.txt", "9991"), ("b.txt", "9992")):
        (base / "data" / name).write_text(f"{SSN}{last}\n")
        os.utime(base / "data" / name, (1, 1))
    shell = Shell(base)
    done = shell("scan", "data", "--incremental", "--workers", "0", "--select", "USA_SOCIAL_SECURITY_NUMBER")
    assert done.returncode == 0, done.stderr
    assert "since earlier runs: 2 new findings" in done.stderr
    assert (base / "xdg/dowse/state.db").exists()
    return shell


def ids(shell: Shell, *filters: str) -> list[str]:
    return [record["life"]["findingId"] for record in shell.records("findings", "list", "--format", "jsonl", *filters)]


def test_findings_are_listed_shown_and_explained(shell: Shell) -> None:
    assert len(ids(shell)) == 2
    (one,) = ids(shell, "key=a.txt", "--pattern", '{"severity": {"description": ["High"]}}')
    assert "a.txt" in shell.out("findings", "list", "severity=high", "--limit", "1")
    shown = shell.out("findings", "show", one[:7])
    assert "USA_SOCIAL_SECURITY_NUMBER: 1 occurrence, high confidence" in shown
    assert "line 1, column 6" in shown
    assert "219-22-9991" not in shown
    assert "the word ssn stands near" in shell.out("findings", "explain", str(shell.base / "data/a.txt"))
    assert "total" in shell.out("findings", "stats", "--by", "identifier")
    assert shell.records("findings", "stats", "--format", "jsonl")[0]["open"] == 2
    missing = shell("findings", "show", "zz")
    assert missing.returncode == 2
    assert "there is no such finding" in missing.stderr


def test_rules_hide_findings_from_lists_and_scans_and_not_from_counts(shell: Shell) -> None:
    (one,) = ids(shell, "key=a.txt")
    rules = ("--suppressions", "rules.toml")
    said = shell.out("findings", "accept", one, "--reason", "made up", "--owner", "ann", "--expires", "2999-01-01", *rules)
    assert "1 value of USA_SOCIAL_SECURITY_NUMBER in this object will not be reported" in said
    assert ids(shell, *rules) == ids(shell, "key=b.txt")
    assert ids(shell, "--status", "suppressed", *rules) == [one]
    assert f"suppressed by rule accept-{one}" in shell.out("findings", "show", one, *rules)
    scan = ("scan", "data", "--workers", "0", "--select", "USA_SOCIAL_SECURITY_NUMBER", *rules)
    run, found, summary = shell.records(*scan)
    assert (run["record"], found["path"], summary["suppressed"]) == (
        "run",
        str(shell.base / "data/b.txt"),
        {"USA_SOCIAL_SECURITY_NUMBER": 1},
    )
    shell.out("findings", "unsuppress", f"accept-{one}", *rules)
    assert one in ids(shell, *rules)
    shell.out("findings", "suppress", one, "--reason", "old", "--id", "mine", *rules)
    assert one not in ids(shell, *rules)
    assert "rule 'mine' suppressed nothing" in shell("scan", "data/b.txt", *scan[2:]).stderr


def test_a_baseline_leaves_only_what_is_new(shell: Shell) -> None:
    (shell.base / "baseline.jsonl").write_text(shell.out("findings", "export", "key=a.txt"))
    scan = ("scan", "data", "--workers", "0", "--select", "USA_SOCIAL_SECURITY_NUMBER", "--baseline", "baseline.jsonl")
    assert [record["path"] for record in shell.records(*scan)[1:-1]] == [str(shell.base / "data/b.txt")]
    assert shell(*scan, "--fail-on", "high").returncode == 1


def test_exports_trend_and_upkeep(shell: Shell) -> None:
    shell.out("findings", "export", "--format", "macie", "--output", "macie.json")
    assert "SensitiveData:S3Object/Personal" in (shell.base / "macie.json").read_text()
    assert "finished" in shell.out("findings", "trend")
    assert shell.records("findings", "trend", "--format", "jsonl")[0]["summary"]["life"] == {"new": 2}
    assert shell.records("state", "export")[-1]["record"] == "summary"
    assert "sound" in shell.out("state", "check")
    assert "before" in shell.out("state", "vacuum", "--older-than", "1d")


def test_what_is_missing_is_said(shell: Shell) -> None:
    done = shell("findings", "list", "--state", "nowhere.db")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.db: there is no state store" in done.stderr
    done = shell("scan", "data", "--full")
    assert done.returncode == 2
    assert "--full is for runs that remember" in done.stderr


def test_a_field_or_a_word_that_is_misspelt_is_told_of(shell: Shell) -> None:
    done = shell("findings", "list", "severty=high", "--status", "all")
    assert (done.returncode, done.stdout) == (0, "No finding is so.\n")
    assert done.stderr == "dowse: warning: no finding has a field 'severty'; did you mean 'severity'?\n"
    assert shell("findings", "list", "severity=high", "!owner", "--status", "all").stderr == ""
    assert "did you mean 'high'?" in shell("findings", "list", "severity=hgh").stderr
    assert "no finding has a field 'bucked'; did you mean 'bucket'?" in shell("findings", "stats", "--by", "bucked").stderr


def test_a_file_that_is_not_there_is_not_called_badly_encoded(shell: Shell) -> None:
    for words in (
        ("findings", "list", "--pattern", "@nowhere.json"),
        ("posture", "--files", "nowhere.jsonl"),
        ("posture", "--from", "template.json", "--previous", "nowhere.jsonl"),
    ):
        (shell.base / "template.json").write_text('{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}')
        done = shell(*words)
        assert done.returncode == 2
        assert "cannot be read: No such file or directory; check the path" in done.stderr


@pytest.mark.parametrize("words", [("findings", "list", "--format", "jsonl"), ("report", "--format", "jsonl"), ("state", "export")])
def test_who_reads_only_the_beginning_hears_no_complaint(shell: Shell, words: tuple[str, ...]) -> None:
    command = f"set -o pipefail; {sys.executable} -m scanner {' '.join(words)} | head -c 1"

    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=shell.base, env=shell.environment)

    # So short an output may all be in the pipe before it is closed.
    assert (done.stderr, done.returncode in (0, 141)) == (b"", True)


def test_a_second_run_leaves_with_a_message(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    (tmp_path / "a.txt").write_text(f"{SSN}9991\n")
    scan = [
        sys.executable,
        "-m",
        "scanner",
        "scan",
        "-",
        "a.txt",
        "--state",
        "s.db",
        "--workers",
        "0",
        "--select",
        "USA_SOCIAL_SECURITY_NUMBER",
    ]
    first = subprocess.Popen(scan, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=shell.environment)
    try:
        assert first.stdout is not None
        assert b'"run"' in first.stdout.readline()
        second = shell("scan", "a.txt", "--state", "s.db")
        assert (second.returncode, second.stdout) == (2, "")
        assert f"another run is writing to it (process {first.pid} since" in second.stderr
    finally:
        rest, _ = first.communicate(b"nothing")
    assert first.returncode == 0
    assert b'"life":{"new":1}' in rest
    assert "sound" in shell.out("state", "check", "--state", "s.db")
