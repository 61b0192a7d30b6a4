"""Events as they are written."""

import json
from io import StringIO
from pathlib import Path

import pytest

from scanner.errors import ConfigError, DowseError
from scanner.jobs.entries import Cause, RunEntry
from scanner.jobs.events import Event, EventLog, open_events
from scanner.jobs.lifecycle import RunStatus
from scanner.jobs.model import ObjectEvents
from scanner.jobs.registry import Registry
from scanner.model.life import ObjectLife
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.sources.s3 import UNLISTABLE
from tests.jobs.makers import DAILY, added, at

STORED = StoredObject(ObjectRef("s3", "b", "a\x1b.csv"), 5)


def told(tmp_path: Path, *results: ObjectResult, wanted: ObjectEvents = ObjectEvents.ALL) -> list[dict[str, object]]:
    stream = StringIO()
    with Registry(str(tmp_path / "jobs")) as registry:
        log = EventLog(stream, added(registry, DAILY), lambda: at(0))
    for result in results:
        log.object(result, wanted)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ObjectEvents.ALL, ["OBJECT_SCANNED", "OBJECT_UNCHANGED", "OBJECT_PARTIAL", "OBJECT_SKIPPED", "OBJECT_FAILED"]),
        (ObjectEvents.PROBLEMS, ["OBJECT_PARTIAL", "OBJECT_FAILED"]),
        (ObjectEvents.NONE, []),
    ],
)
def test_of_objects_there_is_told_what_is_wanted(tmp_path: Path, wanted: ObjectEvents, names: list[str]) -> None:
    results = (
        ObjectResult(STORED, SCANNED),
        ObjectResult(STORED, SCANNED, life=ObjectLife(unchanged=True)),
        ObjectResult(STORED, Outcome(Status.PARTIAL, Reason.MALFORMED)),
        ObjectResult(STORED, Outcome(Status.SKIPPED, Reason.EXCLUDED)),
        ObjectResult(STORED, Outcome(Status.FAILED, Reason.IO_ERROR)),
    )

    assert [one["eventType"] for one in told(tmp_path, *results, wanted=wanted)] == names


def test_an_object_is_named_by_its_uri(tmp_path: Path) -> None:
    names = (ObjectRef("s3", "b", "a b.csv", "v1"), ObjectRef("file", "/srv", "a.csv"), ObjectRef("gs", "b", "a.csv"))

    events = told(tmp_path, *(ObjectResult(StoredObject(one, 5), SCANNED) for one in names))

    assert [one["affectedResource"] for one in events] == [
        {"type": "S3_OBJECT_URI", "value": "s3://b/a%20b.csv?versionId=v1"},
        {"type": "FILE_URI", "value": "file:///srv/a.csv"},
        {"type": "OBJECT_URI", "value": "gs://b/a.csv"},
    ]


@pytest.mark.parametrize(
    ("reason", "event"),
    [
        (Reason.ACCESS_DENIED, "BUCKET_ACCESS_DENIED"),
        (Reason.NO_SUCH_BUCKET, "BUCKET_DOES_NOT_EXIST"),
        (Reason.IO_ERROR, "BUCKET_DETAILS_UNAVAILABLE"),
    ],
)
def test_a_bucket_that_cannot_be_listed_has_macies_event_whatever_is_wanted(tmp_path: Path, reason: Reason, event: str) -> None:
    stored = StoredObject(ObjectRef("s3", "b", ""), 0)
    [record] = told(tmp_path, ObjectResult(stored, Outcome(Status.FAILED, reason, f"{UNLISTABLE}: no")), wanted=ObjectEvents.NONE)

    assert record["eventType"] == event
    assert record["affectedResource"] == {"type": "S3_BUCKET_NAME", "value": "b"}


def test_nothing_in_an_event_can_act_on_a_terminal_and_runs_are_named(tmp_path: Path) -> None:
    stream = StringIO()
    with Registry(str(tmp_path / "jobs")) as registry:
        log = EventLog(stream, added(registry, DAILY), lambda: at(0))

    log.started(RunEntry(7, RunStatus.RUNNING, Cause.SCHEDULE, at(0), 1, at(0)))
    log.object(ObjectResult(STORED, SCANNED), ObjectEvents.ALL)
    log.write(Event.RUN_FAILED, "\x1b[31m")

    assert stream.getvalue().isascii()
    assert "\x1b" not in stream.getvalue()
    records = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [one["eventType"] for one in records[:2]] == ["SCHEDULED_RUN_STARTED", "MISSED_RUNS_MADE_GOOD"]
    assert {one["runNumber"] for one in records} == {7}
    assert records[1]["description"] == "1 earlier run that fell due meanwhile: this one makes good for all."


def test_events_that_cannot_be_written_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="events cannot be written there"):
        open_events(str(tmp_path / "missing" / "events.jsonl"))
    with Registry(str(tmp_path / "jobs")) as registry, open_events("/dev/full") as stream:
        log = EventLog(stream, added(registry, DAILY), lambda: at(0))
        with pytest.raises(DowseError, match="cannot be written: No space left"):
            log.write(Event.JOB_CREATED, "")
