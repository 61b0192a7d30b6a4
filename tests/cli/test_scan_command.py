"""`dowse scan` as a user meets it: outputs, messages, exit codes."""

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEAK = "name,ssn\nAnn,219-22-9999\n"


def dowse(*arguments: str | Path, stdin: bytes = b"", cwd: Path = ROOT) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "scanner", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=cwd, env=environment)


def records(done: "subprocess.CompletedProcess[bytes]") -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_pipe_gets_json_lines_and_the_closing_words_go_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(LEAK)

    done = dowse("scan", tmp_path)

    assert done.returncode == 0
    assert [record["record"] for record in records(done)] == ["run", "finding", "summary"]
    assert b"1 object" in done.stderr
    assert b"219-22-9999" not in done.stdout + done.stderr


def test_standard_input_has_the_given_name() -> None:
    done = dowse("scan", "-", "--name", "staff.csv", "--quiet", stdin=LEAK.encode())

    finding = records(done)[1]
    assert finding["path"] == "stdin:///staff.csv" or "staff.csv" in str(finding["path"])
    assert done.stderr == b""


def test_values_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(LEAK)

    assert b"219-22-9999" in dowse("scan", tmp_path, "--reveal").stdout


def test_fail_on_gives_one_at_or_above_the_severity(tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text("write to jane.roe@mail.example.net")

    assert dowse("scan", tmp_path, "--fail-on", "high").returncode == 0
    assert dowse("scan", tmp_path, "--fail-on", "low").returncode == 1


def test_what_cannot_be_read_gives_three_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(LEAK)
    rows = "".join(f"{number},{number * 7919}\n" for number in range(20_000))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(rows.encode(), mtime=0)[:20_000])

    done = dowse("scan", tmp_path)

    assert done.returncode == 3
    assert [record["record"] for record in records(done)] == ["run", "finding", "outcome", "summary"]


def test_several_outputs_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "staff.csv").write_text(LEAK)
    outputs = [
        "--output",
        f"html={tmp_path / 'r.html'}",
        "--output",
        f"macie={tmp_path / 'r.json'}",
        "--output",
        f"jsonl={tmp_path / 'r.jsonl'}",
    ]

    done = dowse("scan", tmp_path / "data", *outputs)

    assert done.stdout == b""
    assert b"<html" in (tmp_path / "r.html").read_bytes()
    assert json.loads((tmp_path / "r.json").read_text())["category"] == "CLASSIFICATION"
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 3


def test_a_dry_run_reads_nothing_and_says_what_it_would_read(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(LEAK)
    (tmp_path / "none.txt").write_text("")

    (plan,) = records(dowse("scan", tmp_path, "--dry-run"))

    assert plan == {
        "record": "dry_run",
        "types": [{"type": "text/csv", "objects": 1, "bytes": 25}, {"type": "skipped: empty", "objects": 1, "bytes": 0}],
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere"),
        (["."], ""),
        ([".", "--include", "[z-a]"], "[z-a]"),
        ([".", "--select", "EMAIL_ADRESS"], "EMAIL_ADDRESS"),
        ([".", "--identifiers", "broken.toml"], "broken.toml"),
        ([".", "--identifiers", "slow.toml"], "SLOW"),
        ([".", "--identifiers", "invalid.toml"], "INVALID"),
        ([".", "--format", "xml"], "jsonl"),
        ([".", "--output", "html"], "FORMAT=PATH"),
        ([".", "--min-size", "huge"], "huge"),
        ([".", "--modified-since", "soon"], "soon"),
        (["ftp://host/file"], "ftp://"),
        (["s3://b", "--endpoint-url", "http://169.254.169.254/"], "link-local"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_one_line_that_names_it(arguments: list[str], told: str, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[identifier")
    table = '[[identifier]]\nid = "{}"\nname = "x"\npattern = \'{}\'\nmax_length = 99\n'
    (tmp_path / "slow.toml").write_text(table.format("SLOW", "(a+)+$"))
    (tmp_path / "invalid.toml").write_text(table.format("INVALID", "[a-"))

    done = dowse("scan", *arguments, "--quiet", cwd=tmp_path)

    if not told:
        assert done.returncode == 0
        return
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert b"Traceback" not in done.stderr


def test_an_interrupted_run_says_so(tmp_path: Path) -> None:
    for number in range(2000):
        (tmp_path / f"{number}.txt").write_text("nothing")
    command = [sys.executable, "-m", "scanner", "scan", str(tmp_path), "--workers", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as scan:
        assert scan.stdout
        assert json.loads(scan.stdout.readline())["record"] == "run"
        scan.send_signal(signal.SIGINT)
        output, told = scan.communicate()

    assert scan.returncode == 130
    summary = json.loads(output.splitlines()[-1])
    assert (summary["record"], summary["complete"], summary["interrupted"]) == ("summary", False, True)
    assert told.decode().splitlines()[-1] == "dowse: interrupted: what the run had not reached was not scanned and has no record"


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text("write to jane.roe@mail.example.net")
    command = f"set -o pipefail; {sys.executable} -m scanner scan {tmp_path} --all-outcomes --quiet | head -c 1"

    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})

    assert done.stderr == b""
    # Neither "everything was scanned" nor "a finding": as shells tell of SIGPIPE.
    assert done.returncode == 141


def test_allowed_values_are_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(LEAK)
    (tmp_path / "list").write_text("219-22-9999\n")

    done = dowse("scan", tmp_path / "staff.csv", "--allow-list", tmp_path / "list")

    assert [record["record"] for record in records(done)] == ["run", "summary"]
    assert records(done)[-1]["allowed"] == {"USA_SOCIAL_SECURITY_NUMBER": 1}
    assert b"dowse: allowed and not reported: 1 occurrence\n" in done.stderr


def test_names_are_looked_for_unless_they_are_off_and_capped_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("full_name\n" + "Ann Hill\nBo Chen\n" * 600)

    def detected(*flags: str) -> list[tuple[str, int, int]]:
        lines = dowse("scan", tmp_path / "staff.csv", *flags).stdout.splitlines()
        findings = [record for record in map(json.loads, lines) if record["record"] == "finding"]
        return [(one["identifier"], one["count"], len(one["occurrences"])) for finding in findings for one in finding["detections"]]

    assert detected() == [("NAME", 1200, 1000)]
    assert detected("--names", "tables", "--no-cap", "--max-occurrences", "1100") == [("NAME", 1200, 1100)]
    assert detected("--names", "off") == []


def test_an_allow_list_that_cannot_be_read_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(LEAK)

    done = dowse("scan", tmp_path, "--allow-list", tmp_path / "absent")

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"absent: cannot be read" in done.stderr
