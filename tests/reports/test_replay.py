"""What was written as JSON Lines is the same when it has been read again."""

import gzip
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ConfigError
from scanner.model.life import DetectionLife, Life, ObjectLife, Resolution
from scanner.model.records import Run, Summary
from scanner.model.result import Hidden, ObjectResult
from scanner.reports.options import SinkOptions
from scanner.reports.policies import LEVELS, BucketFinding
from scanner.reports.registry import open_sink
from scanner.reports.replay import Input, Learned, Replay, open_input
from tests.acceptance.sink_suite import HOSTILE, hostile_identifiers, hostile_result, write_all
from tests.reports.build import (
    CARD,
    EMAIL,
    IDENTIFIERS,
    RUN,
    SSN,
    SUMMARY,
    bucket_record,
    detection,
    options,
    policy,
    result,
    stored,
)
from tests.reports.test_jsonl import EVERYTHING

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FINDING = {"type": "Policy:IAMUser/S3BucketPublic", "severity": "high", "title": "t", "detail": "d", "remedy": "r"}


def written(
    results: Sequence[ObjectResult],
    sink_options: SinkOptions,
    policies: Sequence[BucketFinding] = (),
    *,
    run: Run = RUN,
    summary: Summary = SUMMARY,
    name: str = "jsonl",
) -> bytes:
    out = io.BytesIO()
    write_all(open_sink(name, out, sink_options), results, run, summary, policies)
    return out.getvalue()


def posture(*records: dict[str, Any], complete: bool = True) -> bytes:
    summary = {"record": "summary", "buckets": len(records), "danglingOrigins": [], "complete": complete}
    return b"".join(json.dumps(record).encode() + b"\n" for record in (*records, summary))


def again(*streams: bytes, name: str = "jsonl", all_outcomes: bool = False) -> tuple[bytes, Summary, Replay]:
    learned = Learned({})
    replay = Replay([open_input(f"f{number}", io.BytesIO(stream)) for number, stream in enumerate(streams)], learned)
    out = io.BytesIO()
    summary = replay.into(open_sink(name, out, SinkOptions(learned.known, all_outcomes)), NOW)
    return out.getvalue(), summary, replay


def test_everything_comes_out_as_it_went_in() -> None:
    first = written(EVERYTHING, options(), [policy(severity=level) for level in LEVELS])
    assert again(first)[0] == first


def test_with_all_outcomes_too() -> None:
    first = written([*EVERYTHING, result(of=stored("clean"))], options(all_outcomes=True))
    assert again(first, all_outcomes=True)[0] == first


@pytest.mark.parametrize("name", ["asff", "csv", "elastic", "junit", "macie", "markdown", "ocsf", "parquet", "sarif", "splunk", "table"])
def test_other_formats_say_the_same_as_they_would_have_at_once(name: str) -> None:
    said = [replace(one, detections=tuple(found for found in one.detections)) for one in EVERYTHING]
    direct = written(said, options(), name=name, summary=replace(SUMMARY, seconds=0.0))
    assert again(written(said, options(), summary=replace(SUMMARY, seconds=0.0)), name=name)[0] == direct


def test_what_a_state_store_knows_comes_through() -> None:
    seen = datetime(2026, 1, 1, tzinfo=UTC)
    lives = (
        DetectionLife(SSN.id, Life.NEW, seen, NOW),
        DetectionLife(EMAIL.id, Life.RESOLVED, seen, seen, Resolution.REMOVED),
    )
    found = replace(result(detection(SSN, 1)), life=ObjectLife(detections=lives), hidden=(Hidden(CARD.id, 3, "test data"),))
    resolved = replace(result(of=stored("b")), life=ObjectLife(unchanged=True, detections=lives[1:]))
    summary = replace(SUMMARY, hidden={CARD.id: 3}, life={"new": 1, "resolved": 1}, unchanged=1)
    first = written([found, resolved], options(), summary=summary)
    text, told, _ = again(first)
    assert text == first
    assert told.life == {"new": 1, "resolved": 1}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_come_through(text: str) -> None:
    name = text if "\ud83d" not in text else "plain"
    first = written([hostile_result(text, name)], SinkOptions(hostile_identifiers(text)))
    assert again(first)[0] == first


@settings(max_examples=40)
@given(st.binary(min_size=1, max_size=12).filter(lambda raw: b"\0" not in raw), st.sampled_from(["file", "s3"]))
def test_names_of_any_bytes_come_through(raw: bytes, store: str) -> None:
    one = result(
        detection(SSN, 1),
        of=stored(raw.decode("utf-8", "surrogateescape").strip("/") or "x", store=store, bucket="/b" if store == "file" else "b"),
    )
    first = written([one], options())
    assert again(first)[0] == first


def test_each_finding_keeps_its_own_severity() -> None:
    first = written([result(detection(EMAIL, count)) for count in (1, 2, 100, 1)], options())
    text, _, replay = again(first)
    assert text == first
    assert replay.severities == {"info": 0, "low": 2, "medium": 1, "high": 1, "critical": 0}


def test_what_the_catalogue_knows_is_kept() -> None:
    learned = Learned({SSN.id: replace(SSN, countries=("US",))})
    learned.learn({"detections": [{"identifier": SSN.id, "name": "Other name", "category": "personal", "severity": "low"}]})
    assert (learned.known[SSN.id].countries, learned.known[SSN.id].name) == (("US",), "Other name")


def test_several_runs_are_one_report_with_the_sums() -> None:
    other = replace(RUN, id="other", targets=("s3://b",), ruleset_digest="d", identifiers=("EMAIL_ADDRESS",))
    one = written([result(detection(SSN, 1))], options())
    two = written(
        [result(detection(CARD, 1), of=stored("k", bucket="b", store="s3"))], options(), run=other, summary=replace(SUMMARY, complete=False)
    )
    text, summary, _ = again(one, two)
    records = [json.loads(line) for line in text.splitlines()]
    assert [record["record"] for record in records] == ["run", "finding", "finding", "summary"]
    assert records[0]["targets"] == ["/srv/data", "s3://b"]
    assert records[0]["settings"] == {"joined": [RUN.id, "other"]}
    assert (summary.objects, summary.complete, summary.outcomes) == (6, False, {"scanned": 4, "skipped": 2})


def test_scans_and_buckets_are_one_report() -> None:
    text, summary, replay = again(written([result(detection(SSN, 1))], options()), posture(bucket_record(FINDING)))
    assert [json.loads(line)["record"] for line in text.splitlines()] == ["run", "finding", "policy", "summary"]
    assert summary.complete
    assert replay.severities["high"] == 2


def test_buckets_alone_are_a_report_of_now() -> None:
    text, summary, _ = again(posture(bucket_record(FINDING), complete=False))
    run, found, _ = (json.loads(line) for line in text.splitlines())
    assert (run["started"], found["type"], summary.complete) == ("2026-03-02T00:00:00.000Z", FINDING["type"], False)


def test_a_stream_that_was_broken_off_is_an_interrupted_run() -> None:
    whole = written([result(detection(SSN, 2)), result(detection(EMAIL, 1), of=stored("b"))], options())
    lines = whole.splitlines(keepends=True)
    for cut in (b"".join(lines[:-1]), b"".join(lines[:-1]) + lines[-1][:20]):
        _, summary, _ = again(cut)
        assert summary.interrupted
        assert (summary.objects, summary.findings, summary.occurrences) == (2, {"high": 1, "low": 1}, {SSN.id: 2, EMAIL.id: 1})


def test_compressed_streams_that_were_broken_off_too() -> None:
    whole = gzip.compress(written(EVERYTHING, options()))
    stream = io.BytesIO(whole[: len(whole) // 2])
    replay = Replay([Input("f", *begun(stream))], Learned({}))
    assert replay.into(open_sink("csv", io.BytesIO(), SinkOptions(IDENTIFIERS)), NOW).interrupted


def begun(stream: io.BytesIO) -> tuple[Any, Any]:
    opened = open_input("f", gzip.GzipFile(fileobj=stream))  # type: ignore[arg-type]  # a binary stream, but not in name
    return opened.first, opened.rest


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (b"", "is no output of dowse"),
        (b"{}\n", "is no output of dowse"),
        (b"oops\n", "line 1: is no JSON"),
        (b"[]\n", "line 1: is no record"),
        (b'{"record": "run"}\n', "line 1: is no record that this version"),
        (b'{"record": "bucket"}\n', "line 1: is no record that this version"),
    ],
)
def test_what_is_no_output_of_dowse_is_refused_with_its_place(stream: bytes, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        again(stream)


@pytest.mark.parametrize("wrong", [b'{"record": "finding"}\n', b'{"record": "outcome", "uri": "file:///a"}\n', b"nonsense\n", b"3\n"])
def test_a_wrong_record_is_named_by_its_line(wrong: bytes) -> None:
    head, *_ = written([], options()).splitlines(keepends=True)
    with pytest.raises(ConfigError, match="f0, line 2"):
        again(head + wrong)


def test_a_second_run_in_one_stream_is_refused() -> None:
    one = written([], options())
    with pytest.raises(ConfigError, match="f0, line 3: a second run begins here"):
        again(one + one)


def test_a_format_without_a_place_for_buckets_says_so() -> None:
    with pytest.raises(ConfigError, match="no place for"):
        again(posture(bucket_record(FINDING)), name="macie-results")
