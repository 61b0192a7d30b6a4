"""A report on what was found earlier: records of scans and of `dowse posture`, read from JSON Lines into any sink."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, BinaryIO, Final

import orjson

from identifiers.model import Category, Identifier, Severity, SeverityLevel
from scanner.errors import ConfigError
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.base import Sink
from scanner.reports.policies import LEVELS, BucketFinding, PolicySink, bucket_findings
from scanner.reports.read_result import result_of_finding, result_of_outcome
from scanner.reports.read_run import Seen, joined_runs, joined_summaries, policy_of, posture_run, posture_summary, run_of, summary_of

Record = Mapping[str, Any]

_POSTURE: Final = ("bucket", "role")


@dataclass(frozen=True, slots=True)
class Input:
    """One stream of records.

    :param name: for messages
    :param first: its first record
    :param rest: number of the line and record, of those that follow
    """

    name: str
    first: Record
    rest: Iterator[tuple[int, Record]]

    @property
    def is_scan(self) -> bool:
        """Whether a scan wrote it, not `dowse posture`."""
        return self.first.get("record") == "run"


def open_input(name: str, stream: BinaryIO) -> Input:
    """A stream whose first record has been read.

    :raises ConfigError: if it does not begin as JSON Lines of Dowse do
    """
    records = _records(name, stream)
    _, first = next(records, (0, {}))
    posture = first.get("record") in _POSTURE or "buckets" in first
    if first.get("record") != "run" and not posture:
        raise ConfigError(f"{name}: is no output of dowse scan or dowse posture with --format jsonl")
    return Input(name, first, records)


@dataclass(slots=True)
class Learned:
    """Identifiers as records name them: each finding says itself how severe it is.

    :param catalogue: the built-in identifiers, for what records do not tell
    """

    catalogue: Mapping[str, Identifier]
    known: dict[str, Identifier] = field(default_factory=dict)

    def learn(self, record: Record) -> None:
        """Makes the identifiers of a `finding` record what it says that they are."""
        for one in record["detections"]:
            name, level = str(one["identifier"]), (SeverityLevel(1, Severity(one["severity"])),)
            known = self.catalogue.get(name) or Identifier(name, name, Category(one["category"]), (), level)
            self.known[name] = replace(known, name=str(one["name"]), category=Category(one["category"]), severity_levels=level)


class Replay:
    """Hands the records of `inputs` to a sink whose options have `learned.known` as their identifiers.

    After that `severities` counts the findings, and `complete` says whether everything asked for was read.
    """

    def __init__(self, inputs: Sequence[Input], learned: Learned) -> None:
        self._inputs = inputs
        self._learned = learned
        self._root = ""
        self.severities = dict.fromkeys(LEVELS, 0)

    def into(self, sink: Sink, started: datetime) -> Summary:
        """Writes everything to `sink`; gives the summary that it gets last.

        :param started: when a report on buckets alone is made; one on scans has their time
        :raises ConfigError: if a record is not what docs/findings.md describes, or the sink has no place for findings on buckets
        """
        runs = [self._run(one) for one in self._inputs if one.is_scan]
        sink.begin(joined_runs(runs) if runs else posture_run([one.name for one in self._inputs], started))
        summary = joined_summaries([self._feed(one, sink) for one in self._inputs])
        sink.finish(summary)
        return summary

    def _run(self, one: Input) -> Run:
        with _placed(one.name, 1):
            return run_of(one.first)

    def _feed(self, one: Input, sink: Sink) -> Summary:
        return self._feed_scan(one, sink) if one.is_scan else self._feed_posture(one, sink)

    def _feed_scan(self, one: Input, sink: Sink) -> Summary:
        """:raises ConfigError: also for a second run in the stream, whose findings could not be told from those of the first"""
        seen, ended, last = Seen(), None, ""
        for number, record in one.rest:
            with _placed(one.name, number):
                kind = record["record"]
                if kind == "summary":
                    ended = summary_of(record)
                elif kind == "run":
                    raise ConfigError(f"{one.name}, line {number}: a second run begins here; give each run in a file of its own")
                elif kind == "policy":
                    self._policies(sink, one.name, policy_of(record))
                # The finding of an object has told its outcome already.
                elif kind == "finding" or record["uri"] != last:
                    result = self._result(record)
                    seen.count(result, str(record["severity"]["description"]).lower() if kind == "finding" else "")
                    last = str(record["uri"])
                    sink.write(result)
        return ended or seen.summary()

    def _result(self, record: Record) -> ObjectResult:
        if record["record"] == "outcome":
            return result_of_outcome(record, self._root)
        self._learned.learn(record)
        self.severities[str(record["severity"]["description"]).lower()] += 1
        result = result_of_finding(record)
        self._root = result.object.ref.bucket if result.object.ref.store == "file" else self._root
        return result

    def _feed_posture(self, one: Input, sink: Sink) -> Summary:
        complete = False
        for number, record in chain([(1, one.first)], one.rest):
            with _placed(one.name, number):
                self._policies(sink, one.name, *bucket_findings(record))
                complete = bool(record["complete"]) if record["record"] == "summary" else complete
        return posture_summary(complete=complete)

    def _policies(self, sink: Sink, name: str, *findings: BucketFinding) -> None:
        if findings and not isinstance(sink, PolicySink):
            raise ConfigError(f"{name}: holds findings on buckets, which this format has no place for; choose another")
        for finding in findings:
            self.severities[finding.severity] += 1
            sink.write_policy(finding)  # type: ignore[attr-defined]  # checked above


@contextmanager
def _placed(name: str, number: int) -> Iterator[None]:
    """What is missing or wrong in a record is told with its place."""
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        raise ConfigError(f"{name}, line {number}: is no record that this version of dowse writes ({what})") from None


def _records(name: str, stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(_lines(name, stream), 1):
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError:
            if not line.endswith(b"\n"):
                # The run was broken off while it wrote.
                return
            raise ConfigError(f"{name}, line {number}: is no JSON; give a file that dowse wrote with --format jsonl") from None
        if not isinstance(record, dict):
            raise ConfigError(f"{name}, line {number}: is no record of dowse")
        yield number, record


def _lines(name: str, stream: BinaryIO) -> Iterator[bytes]:
    try:
        yield from stream
    except EOFError:
        # A compressed stream that was broken off.
        return
    except (OSError, zlib.error) as error:
        raise ConfigError(f"{name}: cannot be read ({error})") from None
