"""What every sink must do. A sink's own test class inherits it and names its format."""

import io
from abc import ABC
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import pytest
import regex

from identifiers.model import Category, Identifier, Pattern, Severity, SeverityLevel
from scanner.model.location import CellLocation, LineLocation, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.objects import ObjectRef
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem, Reason, Status
from scanner.model.records import Run, Summary
from scanner.model.result import Detection, ObjectResult
from scanner.reports.base import Sink
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding, PolicySink
from scanner.reports.registry import open_sink
from tests.reports.build import CARD, EMAIL, RUN, SSN, SUMMARY, cells, detection, occurrence, options, policy, result, stored

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x9b31mred",
    "\x1b]0;title\x07",
    "<script>alert(1)</script>",
    "\" onmouseover='alert(1)' x=\"",
    "[bold red]loud[/bold red]",
    ":warning: {{ 7 * 7 }} {% raw %}",
    "new\nline\r\nand\ttab",
    "not utf-8 \udcff\udcfe",
    "\ud83d half a pair",
    "\u202egnp.exe",
    "a\u2028b\u2029c\u0085d\x00e\x7ff",
    "\ufeffhidden\u200b\U000e0041",
]
# What must never leave a sink as it is: controls (the newline ends lines), bidirectional and invisible formatting.
ACTING = regex.compile(r"[[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]--[\n]]", regex.VERSION1)


class KeepsOpen(io.BytesIO):
    """Fails the test if the sink closes what it did not open."""

    def close(self) -> None:
        pytest.fail("the sink closed its stream")


class BrokenPipe(io.BytesIO):
    """Nobody reads any more."""

    def write(self, data: object) -> int:
        raise BrokenPipeError(32, f"{type(data).__name__} lost")


class SinkSuite(ABC):
    format: ClassVar[str]

    def written(
        self,
        results: Sequence[ObjectResult],
        sink_options: SinkOptions | None = None,
        run: Run = RUN,
        summary: Summary = SUMMARY,
        policies: Sequence[BucketFinding] = (),
    ) -> str:
        out = KeepsOpen()
        write_all(open_sink(self.format, out, sink_options or options()), results, run, summary, policies)
        return self.shown(out.getvalue())

    def shown(self, data: bytes) -> str:
        """What a reader sees of the file; binary formats say it in their own way."""
        return data.decode()

    def test_a_run_without_objects_can_be_written(self) -> None:
        nothing = replace(SUMMARY, objects=0, outcomes={}, reasons={}, bytes_listed=0, bytes_read=0, findings={}, occurrences={})
        self.written([], summary=replace(nothing, seconds=0.0))

    def test_the_same_run_gives_the_same_bytes(self) -> None:
        results = [result(detection(CARD, 3), detection(SSN, 20)), result(of=stored("b.txt"))]
        assert self.written(results) == self.written(results)

    def test_every_kind_of_location_can_be_written(self) -> None:
        locations = (
            CellLocation(2, 1, "ssn", "Sheet2!A2", 0, 11),
            LineLocation(1, 5, 1, 15),
            PageLocation(3, 2, 1, 11),
            ParagraphLocation("body", 4, "table 1, row 2, column 3", 0, 11),
            RecordLocation(0, "$.ssn", 0, 11),
        )
        self.written([result(detection(SSN, 5, [occurrence(location) for location in locations]))])

    @pytest.mark.parametrize("status", list(Status))
    def test_every_outcome_can_be_written_with_and_without_findings(self, status: Status) -> None:
        outcome = Outcome(status, None if status is Status.SCANNED else Reason.TIMEOUT)
        self.written([result(outcome=outcome), result(detection(SSN, 1), outcome=outcome)])

    @pytest.mark.parametrize("text", HOSTILE)
    def test_nothing_from_outside_acts_on_the_reader(self, text: str) -> None:
        name = text if "\ud83d" not in text else "plain"  # no file system can hand over half a pair
        written = self.written([hostile_result(text, name)], SinkOptions(hostile_identifiers(text)), run=replace(RUN, targets=(name,)))
        assert not ACTING.search(written)
        assert "<script>" not in written or self.format != "html"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_nothing_in_a_finding_on_a_bucket_acts_on_the_reader(self, text: str) -> None:
        written = self.written([], policies=[policy(text, bucket=text)])
        assert not ACTING.search(written)
        assert "<script>" not in written or self.format not in ("html", "junit")

    def test_values_show_masked_only(self) -> None:
        secret = Occurrence(CellLocation(2, 1), Confidence.HIGH, (), "***-**-9999", "0" * 32, value="219-22-9999")
        written = self.written([result(detection(SSN, 1, [secret]))])
        assert "219-22-9999" not in written

    def test_a_broken_pipe_reaches_the_caller(self) -> None:
        sink = open_sink(self.format, BrokenPipe(), options())
        with pytest.raises(BrokenPipeError):
            write_all(sink, [result(detection(EMAIL, 200, cells(15)))])


def write_all(
    sink: Sink, results: Sequence[ObjectResult], run: Run = RUN, summary: Summary = SUMMARY, policies: Sequence[BucketFinding] = ()
) -> None:
    sink.begin(run)
    for one in results:
        sink.write(one)
    if isinstance(sink, PolicySink):
        for finding in policies:
            sink.write_policy(finding)
    sink.finish(summary)


def hostile_identifiers(text: str) -> dict[str, Identifier]:
    level = (SeverityLevel(1, Severity.HIGH),)
    return {
        "SSN": Identifier("SSN", text, Category.PERSONAL, (Pattern("x"),), level),
        "X": Identifier("X", text, Category.CUSTOM, (), level),
    }


def hostile_result(text: str, name: str) -> ObjectResult:
    places = (CellLocation(2, 1, text, text, 0, 3), RecordLocation(0, text, 0, 3), ParagraphLocation(text, 1, text))
    occurrences = tuple(Occurrence(place, Confidence.LOW, (text,), text, "0" * 32, (text,)) for place in places)
    return ObjectResult(
        replace(stored(), ref=ObjectRef("file", f"/srv/{name}", f"{name}/{name}")),
        Outcome(Status.PARTIAL, Reason.MEMBERS_UNREAD, text),
        media_type=text,
        bytes_read=10,
        detections=(Detection("SSN", 3, Confidence.LOW, occurrences), Detection("X", 9, Confidence.LOW, ())),
        problems=(Problem(Reason.ENCRYPTED, text, (text,)),),
    )
