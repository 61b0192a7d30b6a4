"""JUnit XML: what build servers show beside their tests. An object with a finding is a failed test."""

from typing import BinaryIO

import regex

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.places import place_of
from scanner.reports.policies import BucketFinding
from scanner.reports.rows import shown_name, shown_root
from scanner.reports.severity import Counted, count_in, worst
from scanner.reports.spool import Spool
from scanner.reports.times import timestamp

# XML 1.0 has no way to write these two (2.2); everything else that it lacks has been written out before.
_NOT_IN_XML = regex.compile("[\ufffe\uffff]")
_LISTED = 20


class JunitSink:
    """One suite with a test for each object that has a finding or was not plainly scanned; with `all_outcomes` for every object.

    A finding is a failure, what could not be read an error, what was left out skipped. The counts come first in the file, so the
    tests wait on disk until the end.
    """

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._cases = Spool()
        self._counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Keeps the object's test."""
        counted = count_in(result.detections, self._options.identifiers)
        status = result.outcome.status
        if not counted and status is Status.SCANNED and not self._options.all_outcomes:
            return
        children = [("failure", worst(counted).value, _headline(counted), _details(counted))] if counted else []
        if status is not Status.SCANNED:
            # One test has one verdict; beside a failure the unread part is said in its text.
            reason = result.outcome.reason.value if result.outcome.reason else status.value
            words = f"{status.value}: {reason.replace('_', ' ')}{': ' if result.outcome.detail else ''}{result.outcome.detail}"
            kind = "skipped" if status is Status.SKIPPED else "error"
            children = [(*children[0][:3], f"{children[0][3]}\n{words}")] if children else [(kind, reason, words, "")]
        folder, name = shown_name(result.object.ref)
        self._put(f"{shown_root(result.object.ref)}/{folder}".rstrip("/"), name, children)

    def write_policy(self, finding: BucketFinding) -> None:
        """Keeps the test of a finding on a bucket."""
        words = f"{finding.detail}\nRemedy: {finding.remedy}"
        self._put(finding.uri, f"{finding.bucket}: {finding.type}", [("failure", finding.severity, finding.title, words)])

    def finish(self, summary: Summary) -> None:
        """Writes the suite."""
        from lxml import etree

        assert self._run is not None, "finish comes after begin"
        if not self._counts["tests"]:
            # Build servers take a suite without tests for a broken one.
            self._put("dowse", "nothing to report", [])
        attributes = {
            "name": "dowse",
            **{name: str(count) for name, count in self._counts.items()},
            "time": f"{summary.seconds:.3f}",
            "timestamp": timestamp(self._run.started).removesuffix("Z"),
        }
        head = etree.tostring(etree.Element("testsuite", attributes), encoding="unicode").removesuffix("/>") + ">\n"
        self._out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n' + head.encode())
        self._cases.pour(self._out)
        self._out.write(b"</testsuite>\n</testsuites>\n")
        self._out.flush()

    def _put(self, class_name: str, name: str, children: list[tuple[str, str, str, str]]) -> None:
        """:param children: element, type, message and text of what is not well; at most one"""
        from lxml import etree

        case = etree.Element("testcase", classname=_text(class_name), name=_text(name), time="0")
        for element, kind, message, words in children:
            child = etree.SubElement(case, element, type=_text(kind), message=_text(message))
            child.text = "\n".join(map(_text, words.split("\n"))) or None
            self._counts[{"failure": "failures", "error": "errors"}.get(element, element)] += 1
        self._counts["tests"] += 1
        self._cases.add(etree.tostring(case, encoding="utf-8") + b"\n")


def _text(words: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", visible(words))


def _headline(counted: list[Counted]) -> str:
    return ", ".join(f"{one.identifier.id} ({one.detection.count})" for one in counted)


def _details(counted: list[Counted]) -> str:
    """A line for each of the first occurrences, masked."""
    lines = []
    for one in counted:
        listed = one.detection.occurrences[:_LISTED]
        lines += [f"{one.identifier.id}: {visible(place_of(found))}: {visible(found.mask)}" for found in listed]
        if one.detection.count > len(listed):
            lines.append(f"{one.identifier.id}: and {one.detection.count - len(listed)} more")
    return "\n".join(lines)
