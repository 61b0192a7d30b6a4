"""The progress bar: what it shows, and where there is none."""

import os
import pty
import select
from dataclasses import replace

import pytest

from scanner.cli.progress import Watch, progress_bar
from scanner.engine.progress import Progress
from scanner.model.objects import ObjectRef
from scanner.model.outcome import Outcome, Reason, Status
from tests.reports.build import EMAIL, EMPLOYEE, IDENTIFIERS, SSN, detection, result

HERE = Progress(10, 2_000, 4, 1_000, ObjectRef("file", "/srv", "a\x1b[31m.csv"), listed_all=True)


def test_it_says_what_was_found_and_what_was_not_read() -> None:
    told: list[str] = []
    watch = Watch(lambda _, words: told.append(words))
    watch(HERE)
    failed = result(outcome=Outcome(Status.FAILED, Reason.CRASH))
    for one in (result(detection(SSN, 1)), result(detection(EMAIL, 1)), result(detection(EMPLOYEE, 1)), result(), failed, failed):
        watch.count(one, IDENTIFIERS)
    watch(HERE)
    assert told == ["", "1 high, 1 low; 2 failed"]


def test_nothing_is_counted_when_nobody_watches() -> None:
    watch = Watch()
    watch.count(result(detection(SSN, 1)), {})
    watch(HERE)
    assert watch.words == ""


def test_the_bar_shows_it_and_nothing_from_outside_acts(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm")
    with open(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        with progress_bar(wanted=None) as watch:
            watch.count(result(detection(SSN, 1)), IDENTIFIERS)
            watch(HERE)
            watch(replace(HERE, objects_done=10, bytes_done=2_000))
        terminal.flush()
        shown = _all_of(ours).decode()
    os.close(ours)
    assert "1 high" in shown
    assert "objects" in shown
    assert "a\x1b[31m.csv" not in shown


def test_off_a_terminal_there_is_no_bar(capfd: pytest.CaptureFixture[str]) -> None:
    with progress_bar(wanted=None) as watch:
        watch(HERE)
    assert capfd.readouterr().err == ""


def _all_of(terminal: int) -> bytes:
    """What stands in the terminal, which gives it in pieces."""
    pieces = []
    while select.select([terminal], [], [], 0.5)[0]:
        pieces.append(os.read(terminal, 65_536))
    return b"".join(pieces)
