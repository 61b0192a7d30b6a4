"""The summary on a terminal."""

import os
import pty
import termios
from collections.abc import Sequence
from dataclasses import replace

import pytest

from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.registry import open_sink
from tests.acceptance.sink_suite import SinkSuite, write_all
from tests.reports.build import CARD, EMAIL, RUN, SSN, SUMMARY, detection, options, policy, result, stored


class TestTableSuite(SinkSuite):
    format = "table"


def lines(*results: ObjectResult, complete: bool = True, interrupted: bool = False) -> list[str]:
    text = TestTableSuite().written(results, summary=replace(SUMMARY, complete=complete, interrupted=interrupted))
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def on_a_terminal(results: Sequence[ObjectResult]) -> str:
    """What a real terminal receives."""
    ours, theirs = pty.openpty()
    try:
        termios.tcsetwinsize(theirs, (40, 100))
        with open(theirs, "wb") as out:
            write_all(open_sink("table", out, options()), results)
            return os.read(ours, 65536).decode()
    finally:
        os.close(ours)


def test_it_says_what_was_found_in_what_and_what_was_not_read() -> None:
    denied = Outcome(Status.FAILED, Reason.ACCESS_DENIED, "Permission denied")
    seen = lines(
        result(detection(CARD, 1_234, ()), detection(EMAIL, 1)),
        result(detection(EMAIL, 2), of=stored("b.txt")),
        result(of=stored("locked/"), outcome=denied),
        complete=False,
    )
    assert seen == [
        "2 objects hold sensitive data: 1 high, 1 medium, 0 low",
        "SEVERITY IDENTIFIER CATEGORY OBJECTS OCCURRENCES",
        "high CREDIT_CARD_NUMBER financial 1 1,234",
        "medium EMAIL_ADDRESS personal 2 3",
        "SEVERITY OBJECT FOUND",
        "high people/customers.csv CREDIT_CARD_NUMBER:1,234 EMAIL_ADDRESS:1",
        "medium b.txt EMAIL_ADDRESS:2",
        "OUTCOME REASON OBJECTS FOR EXAMPLE",
        "failed access denied 1 locked/ Permission denied",
        "3 objects, 2.0 kB read in 0.5 s (4.0 kB/s): 2 scanned, 1 failed.",
        "Not everything was scanned: see the reasons above.",
    ]


def test_an_interrupted_run_says_so() -> None:
    assert lines(result(), complete=False, interrupted=True)[-1] == "The run was interrupted: what it had not reached was not scanned."


def test_nothing_found_is_not_called_clean_but_nothing_found_in_what_was_read() -> None:
    assert lines(result()) == [
        "No sensitive data found in what was read.",
        "3 objects, 2.0 kB read in 0.5 s (4.0 kB/s): 1 scanned.",
        "Everything asked for was scanned.",
    ]


def test_one_object_is_singular() -> None:
    assert lines(result(detection(SSN, 1)))[0] == "1 object holds sensitive data: 1 high, 0 medium, 0 low"


def test_a_long_list_of_objects_is_cut_and_says_so() -> None:
    seen = lines(*(result(detection(SSN, 1), of=stored(f"{number:02}.txt")) for number in range(20)))
    assert "high 14.txt USA_SOCIAL_SECURITY_NUMBER:1" in seen
    assert "and 5 more objects" in seen


def test_with_several_targets_objects_show_with_their_folder() -> None:
    run = replace(RUN, targets=("/srv/data", "/srv/other"))
    text = TestTableSuite().written([result(detection(SSN, 1))], run=run)
    assert "/srv/data/people/customers.csv" in text


def test_off_a_terminal_there_is_no_colour_and_no_line_is_longer_than_120() -> None:
    text = TestTableSuite().written([result(detection(SSN, 1), of=stored("deep/" * 60 + "file.csv"))])
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 120
    assert "file.csv" in "".join(text.split())


def test_on_a_terminal_severities_are_coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31mhigh" in on_a_terminal([result(detection(SSN, 1))])


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31m" not in on_a_terminal([result(detection(SSN, 1))])


def test_findings_on_buckets_are_counted_by_type_worst_first() -> None:
    found = [policy(severity="low", kind="Dowse/S3TlsNotEnforced"), policy(), policy(bucket="logs")]
    text = TestTableSuite().written([], summary=replace(SUMMARY, objects=0, outcomes={}), policies=found)
    lines = [line.split() for line in text.splitlines() if "Policy:" in line]
    assert lines == [["high", "Policy:IAMUser/S3BucketPublic", "2", "photos"], ["low", "Policy:Dowse/S3TlsNotEnforced", "1", "photos"]]
    assert "No sensitive data" not in text
