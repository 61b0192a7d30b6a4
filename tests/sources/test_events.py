"""Objects that events name, as a source: each once, and messages done when all their objects have results."""

import io
import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.config import EventsConfig, ScanConfig, SourceConfig, StoreConfig
from scanner.errors import ConfigError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.sources.chosen import choose_source
from scanner.sources.event_feed import Delivery
from scanner.sources.event_file import FileFeed
from scanner.sources.events import EventsSource
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source, open_s3
from tests.sources.event_messages import TEST_EVENT, bridge, notification, record
from tests.sources.test_s3 import client, fill


class Told:
    """A feed of given messages, which remembers what it was told of them."""

    warnings = ()

    def __init__(self, *bodies: str) -> None:
        self.bodies = bodies
        self.fates: dict[str, str] = {}

    def __iter__(self) -> Iterator[Delivery]:
        return (Delivery(ObjectRef("events", "told", str(number)), body) for number, body in enumerate(self.bodies))

    def done(self, delivery: Delivery) -> None:
        self.fates[delivery.ref.key] = "done"

    def failed(self, delivery: Delivery) -> None:
        self.fates[delivery.ref.key] = "failed"

    def committed(self) -> None:
        pass

    def close(self) -> None:
        pass


def source(store: StoreConfig, feed: Told, target: str = "s3://", **options: Any) -> EventsSource:
    return EventsSource(feed, open_s3(target, SourceOptions(store=store, **options)))


def told(met: list[StoredObject | Unlisted]) -> list[str]:
    """Key, and why it is not read."""
    return [one.ref.key if isinstance(one, StoredObject) else f"{one.ref.key}: {one.outcome.reason}" for one in met]


def result(one: StoredObject | Unlisted) -> ObjectResult:
    if isinstance(one, Unlisted):
        return ObjectResult(StoredObject(one.ref, one.size), one.outcome)
    return ObjectResult(one, SCANNED)


def test_named_objects_are_listed_as_the_store_has_them(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a b": b"12345", "unnamed": b"x", "z": b"1"})
    feed = Told(notification(record(bucket, "z"), record(bucket, "a b")), bridge(bucket, "gone"), TEST_EVENT)
    listed = source(moto, feed)

    met = list(listed.objects())

    assert told(met) == ["z", "a b", "gone: gone"]
    first = met[1]
    assert isinstance(first, StoredObject)
    assert (first.size, len(first.etag), first.storage_class, first.modified is not None) == (5, 32, "STANDARD", True)
    assert dict(listed.counts) == {"messages": 3, "events": 4, "tests": 1, "duplicates": 0}


def test_a_worker_opens_them_without_the_feed(moto: StoreConfig) -> None:
    bucket = fill(moto, {"k": b"content"})
    listed = source(moto, Told(bridge(bucket, "k")))
    (one,) = listed.objects()
    assert isinstance(one, StoredObject)

    travelled = pickle.loads(pickle.dumps(listed))  # noqa: S301 - our own

    assert isinstance(travelled, S3Source)
    with travelled.open(one) as stream, listed.open(one) as same:
        assert (stream.read(), same.read()) == (b"content", b"content")
        assert travelled.unchanged(one, stream)


def test_duplicates_and_older_events_are_scanned_once(moto: StoreConfig) -> None:
    bucket = fill(moto, {"k": b"content"})
    messages = [bridge(bucket, "k", sequencer=number) for number in ("02", "02", "01", "03", "")]
    # One by one, as they come in batches otherwise.
    feed = Told(*messages)
    listed = source(moto, feed)

    (one,) = listed.objects()

    assert listed.counts["duplicates"] == 4
    assert feed.fates == {}
    listed.written(result(one))
    assert feed.fates == dict.fromkeys("01234", "done")


def test_a_message_is_done_with_the_last_of_its_objects(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a": b"1", "b": b"2"})
    feed = Told(notification(record(bucket, "a"), record(bucket, "b")), notification(record(bucket, "b")), TEST_EVENT)
    listed = source(moto, feed)
    first, second = listed.objects()

    assert feed.fates == {"2": "done"}
    listed.written(result(first))
    assert feed.fates == {"2": "done"}
    listed.written(result(second))
    assert feed.fates == dict.fromkeys("012", "done")


def test_a_message_fails_with_any_of_its_objects(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a": b"1", "b": b"2"})
    feed = Told(notification(record(bucket, "a"), record(bucket, "b")), bridge("nobody-has-this", "k"), "?", bridge(bucket, "none"))
    listed = source(moto, feed)
    met = {one.ref.key: one for one in listed.objects()}
    stored = met["a"]
    assert isinstance(stored, StoredObject)

    listed.written(ObjectResult(stored, Outcome(Status.PARTIAL, Reason.TIMEOUT)))
    for key in ("b", "k", "2", "none"):
        listed.written(result(met[key]))

    # Of a HEAD request the store tells no difference between a bucket and an object that is not there.
    assert feed.fates == {"0": "failed", "1": "done", "2": "failed", "3": "done"}
    assert told([met["2"]]) == ["2: malformed"]


def test_targets_bound_what_events_may_name(moto: StoreConfig) -> None:
    bucket = fill(moto, {"in/a": b"1", "out/a": b"2"})
    feed = Told(bridge(bucket, "in/a"), bridge(bucket, "out/a"), bridge("other", "in/a"))
    listed = source(moto, feed, f"s3://{bucket[:6]}*/in/")
    assert told(list(listed.objects())) == ["out/a: excluded", "in/a: excluded", "in/a"]


def test_filters_hold_for_named_objects(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a.csv": b"1", "a.log": b"2", "empty.csv": b""})
    feed = Told(notification(*(record(bucket, key) for key in ("a.csv", "a.log", "empty.csv"))))
    assert told(list(source(moto, feed, extensions=("csv",)).objects())) == ["a.csv", "a.log: excluded", "empty.csv: empty"]


def test_the_version_is_read_only_if_all_are(moto: StoreConfig) -> None:
    bucket = fill(moto, {})
    s3 = client(moto)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    old, new = (s3.put_object(Bucket=bucket, Key="k", Body=content)["VersionId"] for content in (b"old", b"newer"))
    messages = [bridge(bucket, "k", **{"version-id": version}) for version in (old, new)]

    latest = list(source(moto, Told(*messages)).objects())
    every = list(source(moto, Told(*messages), all_versions=True).objects())

    assert [(one.ref.version, one.size) for one in latest if isinstance(one, StoredObject)] == [("", 5)]
    assert [(one.ref.version, one.size) for one in every if isinstance(one, StoredObject)] == [(old, 3), (new, 5)]


def deliveries(content: bytes) -> list[tuple[str, bytes | str]]:
    return [(one.ref.key, one.body) for one in FileFeed(io.BytesIO(content), "f")]


def test_a_file_holds_one_document_a_line_or_one_in_all() -> None:
    assert deliveries(b'{"a": 1}\n\n{"b": 2}\r\n{"c": 3}') == [("1", b'{"a": 1}\n'), ("3", b'{"b": 2}\r\n'), ("4", b'{"c": 3}')]
    assert deliveries(b'\n{\n"a":\n1}\n') == [("2", b'{\n"a":\n1}\n')]
    assert deliveries(b'broken\n\n{"a": 1}\n') == [("1", b"broken"), ("3", b'{"a": 1}')]
    assert deliveries(b" \n") == deliveries(b"") == []


def test_what_does_not_go_together_is_refused(tmp_path: Path, moto: StoreConfig) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text(TEST_EVENT)
    sources = SourceConfig(store=moto)
    here = EventsConfig(str(events))
    wrong = {
        "is no bucket": ScanConfig((str(tmp_path),), events=here, sources=sources),
        "for queues": ScanConfig((), events=EventsConfig(str(events), idle_exit=1.0), sources=sources),
        "nothing to scan": ScanConfig((), sources=sources),
    }
    for message, config in wrong.items():
        with pytest.raises(ConfigError, match=message):
            choose_source(config)
    with pytest.raises(TargetError, match="No such file"):
        choose_source(ScanConfig((), events=EventsConfig(str(tmp_path / "none")), sources=sources))
    assert list(choose_source(ScanConfig((), events=here, sources=sources)).objects()) == []


def test_events_without_standard_input_are_refused(monkeypatch: pytest.MonkeyPatch, moto: StoreConfig) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(TargetError, match="closed"):
        choose_source(ScanConfig((), events=EventsConfig("-"), sources=SourceConfig(store=moto)))
