"""What is sent and what is written at once: a failure on one side touches nothing on the other."""

import json
from pathlib import Path

import pytest

from scanner.cli.outputs import Output, choose_outputs, open_outputs
from scanner.cli.sent_where import check_where
from scanner.config import ScanConfig
from scanner.errors import ConfigError, DeliveryError
from tests.acceptance.sink_suite import write_all
from tests.reports.build import SSN, detection, options, result, stored


@pytest.fixture
def nowhere(tmp_path: Path) -> str:
    """An address at which nobody listens; port 9 discards."""
    (tmp_path / "url").write_text("http://127.0.0.1:9/secret")
    return f"url-file:{tmp_path / 'url'}"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.delivery.retries.ATTEMPTS", 1)


def test_what_cannot_be_delivered_is_in_the_other_outputs(tmp_path: Path, nowhere: str) -> None:
    results = [result(detection(SSN, 1), of=stored(f"{number}")) for number in range(3_000)]
    with open_outputs((Output("jsonl", nowhere), Output("jsonl", str(tmp_path / "all.jsonl"))), options()) as sink:
        write_all(sink, results)
    (why,) = sink.failures.values()
    assert why.startswith("http://127.0.0.1/...: not delivered: ")
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 3_002


def test_a_failure_at_the_very_end_is_told_of_too(tmp_path: Path, nowhere: str) -> None:
    with open_outputs((Output("slack", nowhere), Output("csv", str(tmp_path / "a.csv"))), options()) as sink:
        write_all(sink, [result(detection(SSN, 1))])
    assert len(sink.failures) == 1
    assert (tmp_path / "a.csv").exists()


def test_a_target_that_cannot_be_reached_stops_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(DeliveryError, match="sts: not delivered"), open_outputs((Output("asff", "securityhub:eu-west-1"),), options()):
        pass


def test_what_is_only_sent_is_written_to_standard_output_as_well() -> None:
    chosen = choose_outputs(None, ["jsonl=https://example.com/hook"])
    assert (chosen[0].format, chosen[0].path) == ("jsonl", "-")
    assert len(choose_outputs(None, ["jsonl=https://example.com/hook", "csv=a.csv"])) == 2


def test_values_are_not_sent() -> None:
    sent, written = Output("jsonl", "https://example.com/hook"), Output("jsonl", "a.jsonl")
    revealing = ScanConfig(("/srv",), reveal=True)
    check_where([written], revealing, into_scanned=False)
    with pytest.raises(ConfigError, match="--reveal"):
        check_where([sent, written], revealing, into_scanned=False)


@pytest.mark.parametrize("target", ["s3://reports", "s3://reports/other", "s3://rep*", "s3://"])
def test_nothing_is_written_into_a_scanned_bucket_unless_confirmed(target: str) -> None:
    output = Output("jsonl", "s3://reports/today.jsonl")
    check_where([output], ScanConfig((target,)), into_scanned=True)
    check_where([output], ScanConfig(("s3://photos", "/srv")), into_scanned=False)
    with pytest.raises(ConfigError, match="--into-scanned-bucket"):
        check_where([output], ScanConfig(("/srv", target)), into_scanned=False)


def test_the_message_for_two_equal_addresses_keeps_the_secret() -> None:
    with pytest.raises(ConfigError) as raised:
        choose_outputs(None, ["jsonl=https://example.com/secret", "ocsf=https://example.com/secret"])
    assert "secret" not in str(raised.value)


def test_a_report_can_be_sent_too(tmp_path: Path, nowhere: str) -> None:
    from tests.cli.test_report_command import dowse

    path = tmp_path / "findings.jsonl"
    with open_outputs((Output("jsonl", str(path)),), options()) as sink:
        write_all(sink, [result(detection(SSN, 1))])
    done = dowse("report", path, "--output", f"slack={nowhere}")
    assert done.exit_code == 4
    assert "dowse: http://127.0.0.1/...: not delivered" in done.stderr
    assert json.loads(done.stdout.splitlines()[0])["record"] == "run"


def test_a_scan_whose_report_cannot_be_sent_ends_with_four_and_loses_nothing(tmp_path: Path, nowhere: str) -> None:
    from tests.cli.test_report_command import dowse

    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "staff.csv").write_text("name,ssn\nAnn,219-22-9999\n")
    done = dowse("scan", folder, "--workers", "0", "--select", SSN.id, "--output", f"jsonl={nowhere}", "--fail-on", "low")
    assert done.exit_code == 4
    assert [json.loads(line)["record"] for line in done.stdout.splitlines()] == ["run", "finding", "summary"]
    assert "not delivered" in done.stderr
