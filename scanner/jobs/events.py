"""What happens to a job, as JSON lines: Macie's names and fields of events where it has them, and ours for what it does not tell.

https://docs.aws.amazon.com/macie/latest/user/discovery-jobs-monitor-cw-logs-ref.html
"""

import io
import json
import os
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final, TextIO

from scanner.errors import ConfigError, DowseError
from scanner.jobs.entries import Cause, JobEntry, RunEntry
from scanner.jobs.model import ObjectEvents
from scanner.jobs.schedule import MOST_COUNTED
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.amounts import of
from scanner.sources.s3 import UNLISTABLE


class Event(StrEnum):
    """What can happen."""

    JOB_CREATED = "JOB_CREATED"
    ONE_TIME_JOB_STARTED = "ONE_TIME_JOB_STARTED"
    SCHEDULED_RUN_STARTED = "SCHEDULED_RUN_STARTED"
    SCHEDULED_RUN_COMPLETED = "SCHEDULED_RUN_COMPLETED"
    BUCKET_MATCHED_THE_CRITERIA = "BUCKET_MATCHED_THE_CRITERIA"
    NO_BUCKETS_MATCHED_THE_CRITERIA = "NO_BUCKETS_MATCHED_THE_CRITERIA"
    JOB_PAUSED_BY_USER = "JOB_PAUSED_BY_USER"
    JOB_RESUMED_BY_USER = "JOB_RESUMED_BY_USER"
    JOB_PAUSED_BY_QUOTA = "JOB_PAUSED_BY_MACIE_SERVICE_QUOTA_MET"
    JOB_RESUMED_BY_QUOTA = "JOB_RESUMED_BY_MACIE_SERVICE_QUOTA_LIFTED"
    JOB_CANCELLED = "JOB_CANCELLED"
    JOB_COMPLETED = "JOB_COMPLETED"
    BUCKET_ACCESS_DENIED = "BUCKET_ACCESS_DENIED"
    BUCKET_DOES_NOT_EXIST = "BUCKET_DOES_NOT_EXIST"
    BUCKET_DETAILS_UNAVAILABLE = "BUCKET_DETAILS_UNAVAILABLE"
    # Ours.
    RUN_INTERRUPTED = "RUN_INTERRUPTED"
    RUN_FAILED = "RUN_FAILED"
    OUTPUT_NOT_DELIVERED = "OUTPUT_NOT_DELIVERED"
    MISSED_RUNS_MADE_GOOD = "MISSED_RUNS_MADE_GOOD"
    OBJECT_SCANNED = "OBJECT_SCANNED"
    OBJECT_UNCHANGED = "OBJECT_UNCHANGED"
    OBJECT_PARTIAL = "OBJECT_PARTIAL"
    OBJECT_SKIPPED = "OBJECT_SKIPPED"
    OBJECT_FAILED = "OBJECT_FAILED"


_OBJECT_EVENTS: Final = {
    Status.SCANNED: Event.OBJECT_SCANNED,
    Status.PARTIAL: Event.OBJECT_PARTIAL,
    Status.SKIPPED: Event.OBJECT_SKIPPED,
    Status.FAILED: Event.OBJECT_FAILED,
}
# What a resource's value is; Macie has no word for what is no bucket.
_URIS: Final = {"s3": "S3_OBJECT_URI", "file": "FILE_URI"}
_PROBLEMS: Final = frozenset({Event.OBJECT_PARTIAL, Event.OBJECT_FAILED})
_BUCKET_EVENTS: Final = {Reason.ACCESS_DENIED: Event.BUCKET_ACCESS_DENIED, Reason.NO_SUCH_BUCKET: Event.BUCKET_DOES_NOT_EXIST}


class EventLog:
    """Writes the events of one job, each as soon as it happens.

    :param stream: open for appending
    :param now: tells the time
    """

    def __init__(self, stream: TextIO, entry: JobEntry, now: Callable[[], datetime]) -> None:
        self._stream = stream
        self._entry = entry
        self._now = now
        self.run: RunEntry | None = None

    def write(self, event: Event, description: str, **more: object) -> None:
        """One line. Raises DowseError if it cannot be written: what nobody can follow is not gone on with.

        :param description: for people
        :param more: further fields
        """
        record: dict[str, object] = {
            "jobId": self._entry.id,
            "jobName": self._entry.job.name,
            "eventType": event,
            "occurredAt": self._now().isoformat(),
            "description": description,
        }
        if self.run is not None:
            record |= {"runNumber": self.run.number, "runDate": self.run.started.isoformat()}
        try:
            self._stream.write(json.dumps(record | more) + "\n")
            self._stream.flush()
        except OSError as error:
            raise DowseError(f"events of job {self._entry.job.name!r} cannot be written: {error.strerror}; see to their file") from None

    def started(self, run: RunEntry) -> None:
        """A run begins."""
        self.run = run
        scheduled = self._entry.job.schedule is not None
        event = Event.SCHEDULED_RUN_STARTED if scheduled else Event.ONE_TIME_JOB_STARTED
        self.write(event, f"Run {run.number} started: {_CAUSES[run.cause]}.", cause=run.cause)
        if run.missed:
            counted = f"{'At least ' if run.missed >= MOST_COUNTED - 1 else ''}{of(run.missed, 'earlier run')}"
            self.write(Event.MISSED_RUNS_MADE_GOOD, f"{counted} that fell due meanwhile: this one makes good for all.", missed=run.missed)

    def bucket(self, event: Event, name: str, description: str) -> None:
        """Something about a bucket."""
        self.write(event, description, affectedResource={"type": "S3_BUCKET_NAME", "value": name})

    def object(self, result: ObjectResult, wanted: ObjectEvents) -> None:
        """An object is done; without a line for what nobody wants to know."""
        event = Event.OBJECT_UNCHANGED if result.life and result.life.unchanged else _OBJECT_EVENTS[result.outcome.status]
        if _is_bucket(result):
            self._unlisted(result)
        if wanted is ObjectEvents.ALL or (wanted is ObjectEvents.PROBLEMS and event in _PROBLEMS):
            resource = {"type": _URIS.get(result.object.ref.store, "OBJECT_URI"), "value": result.object.ref.uri}
            found = {one.identifier: one.count for one in result.detections}
            self.write(event, _said(result.outcome), affectedResource=resource, size=result.object.size, detections=found)

    def _unlisted(self, result: ObjectResult) -> None:
        event = _BUCKET_EVENTS.get(result.outcome.reason or Reason.IO_ERROR, Event.BUCKET_DETAILS_UNAVAILABLE)
        self.bucket(event, result.object.ref.bucket, _said(result.outcome))


_CAUSES: Final = {
    Cause.INITIAL: "it is the first run of the job",
    Cause.SCHEDULE: "it was due",
    Cause.RESUMED: "it goes on from where an earlier run ended early",
    Cause.MANUAL: "somebody asked for it",
}


def open_events(path: str) -> TextIO:
    """The file at `path`, for its owner only, open for appending. Raises ConfigError if it cannot be."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise ConfigError(f"{path}: events cannot be written there: {error.strerror}; name another place with --events") from None
    # Nothing is held back: what could not be written must not come up again when the file is closed.
    return io.TextIOWrapper(io.FileIO(descriptor, "w"), encoding="utf-8", write_through=True)


def _is_bucket(result: ObjectResult) -> bool:
    """Whether it stands for a bucket that could not be listed, or not to its end."""
    return result.object.ref.store == "s3" and result.outcome.detail.startswith(UNLISTABLE)


def _said(outcome: Outcome) -> str:
    return ": ".join(filter(None, (outcome.status.value, outcome.reason.value if outcome.reason else "", outcome.detail)))
