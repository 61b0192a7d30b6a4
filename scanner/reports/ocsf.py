"""OCSF events, one a line: for security lakes and whatever else reads the Open Cybersecurity Schema Framework."""

from typing import Any, BinaryIO

from scanner.model.life import Life
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.ocsf_finding import object_event, policy_event, resolved_event
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import count_in


class OcsfSink:
    """Writes an event for each finding, at once."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Writes the event about the object if it makes a finding, or made one that is resolved now."""
        assert self._run is not None, "write comes after begin"
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            self._put(object_event(result, self._run, counted))
        elif result.life and result.life.finding is Life.RESOLVED:
            self._put(resolved_event(result, self._run))

    def write_policy(self, finding: BucketFinding) -> None:
        """Writes the event about a bucket."""
        assert self._run is not None, "write_policy comes after begin"
        self._put(policy_event(finding, self._run))

    def resolve_policy(self, finding: BucketFinding) -> None:
        """Writes the event that closes the one about a bucket."""
        assert self._run is not None, "resolve_policy comes after begin"
        self._put(policy_event(finding, self._run, Life.RESOLVED))

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - the class has no such event
        """Flushes."""
        self._out.flush()

    def _put(self, event: dict[str, Any]) -> None:
        self._out.write(encode_line(event))
        self._out.flush()
