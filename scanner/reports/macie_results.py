"""Macie's sensitive data discovery results: a line for every object, also for those without findings and those that were not read."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

import regex

from scanner.model.occurrence import Occurrence
from scanner.model.outcome import SCANNED, Status
from scanner.model.records import Run, Summary
from scanner.model.result import Detection, ObjectResult
from scanner.reports.classification import classification_result
from scanner.reports.encode import encode_line
from scanner.reports.finding import finding_id, macie_finding
from scanner.reports.options import SinkOptions
from scanner.reports.reasons import MACIE_REASONS
from scanner.reports.resources import resources_affected
from scanner.reports.severity import Counted, count_in
from scanner.reports.times import timestamp

Json = dict[str, object]

MAX_LOCATIONS: Final = 1_000
"""Of one type in one line."""

_ARRAYS: Final = ("lineRanges", "pages", "records", "cells")
_NOT_THERE: Final = ("updatedAt", "count", "sample", "archived")
_MILLISECONDS: Final = regex.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z")


class MacieResultsSink:
    """The lines of Macie's `.jsonl.gz` files, with numbers as strings as Macie writes them. Give the path the suffix `.gz`.

    Containers have a line more for each member with something in it. Its counts are those of the listed occurrences.
    """

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run, which lines are dated by."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Writes the object's line, and those of its members."""
        assert self._run is not None, "write comes after begin"
        counted = count_in(result.detections, self._options.identifiers)
        lines = [_line(result, self._run, counted)]
        lines += [_member_line(result, self._run, member, own) for member, own in _members(counted)]
        self._out.write(b"".join(encode_line(_as_strings(line)) for line in lines))
        self._out.flush()

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - Macie has no such record
        """Flushes."""
        self._out.flush()


def _line(result: ObjectResult, run: Run, counted: list[Counted]) -> Json:
    if counted:
        finding = macie_finding(result, run, counted)
        line = {name: item for name, item in finding.items() if name not in _NOT_THERE}
    else:
        line = {
            "schemaVersion": "1.0",
            "id": finding_id(result.object, run),
            "accountId": "0" * 12,
            "partition": "aws",
            "region": "local",
            "createdAt": timestamp(run.started),
            "category": "CLASSIFICATION",
            "resourcesAffected": resources_affected(result.object, result.object.size or result.bytes_read),
        }
    return line | {"classificationDetails": _details(result, run, counted)}


def _details(result: ObjectResult, run: Run, counted: list[Counted]) -> Json:
    cut = [replace(one, detection=replace(one.detection, occurrences=one.detection.occurrences[:MAX_LOCATIONS])) for one in counted]
    inside = classification_result(result, cut, most=MAX_LOCATIONS * max(1, len(counted)))
    inside = {name: item for name, item in inside.items() if name != "additionalOccurrences"} | {"status": _status(result)}
    custom = inside.pop("customDataIdentifiers")
    inside["sensitiveData"] = _with_all_arrays(inside["sensitiveData"])
    if isinstance(custom, dict) and custom["detections"]:
        inside["customDataIdentifiers"] = custom | {"detections": _with_arrays(custom["detections"])}
    return {"originType": "SENSITIVE_DATA_DISCOVERY_JOB", "jobId": run.id, "result": inside}


def _status(result: ObjectResult) -> Json:
    outcome = result.outcome
    if outcome.status is Status.SCANNED or outcome.reason is None:
        return {"code": "COMPLETE"}
    return {"code": "PARTIAL" if outcome.status is Status.PARTIAL else "SKIPPED", "reason": MACIE_REASONS[outcome.reason]}


def _with_all_arrays(groups: object) -> object:
    assert isinstance(groups, list), "made by classification_result"
    return [group | {"detections": _with_arrays(group["detections"])} for group in groups]


def _with_arrays(detections: list[Json]) -> list[Json]:
    listed = []
    for one in detections:
        present = one["occurrences"]
        assert isinstance(present, dict), "made by classification_result"
        listed.append(one | {"occurrences": {name: present.get(name, []) for name in _ARRAYS}})
    return listed


def _members(counted: list[Counted]) -> Iterator[tuple[tuple[str, ...], list[Counted]]]:
    """Each member with the detections in it, as if it were an object."""
    found: dict[tuple[str, ...], dict[int, list[Occurrence]]] = {}
    for index, one in enumerate(counted):
        for occurrence in one.detection.occurrences:
            if occurrence.member:
                found.setdefault(occurrence.member, {}).setdefault(index, []).append(replace(occurrence, member=()))
    for member, by_index in found.items():
        yield member, [replace(counted[index], detection=_only(counted[index], listed)) for index, listed in by_index.items()]


def _only(one: Counted, listed: list[Occurrence]) -> Detection:
    return replace(one.detection, count=len(listed), occurrences=tuple(listed))


def _member_line(result: ObjectResult, run: Run, member: tuple[str, ...], counted: list[Counted]) -> Json:
    path = "!".join(member)
    line = _line(replace(result, outcome=SCANNED), run, counted)
    affected = line["resourcesAffected"]
    assert isinstance(affected, dict), "made by resources_affected"
    embedded = {"filePath": path, "fileExtension": os.path.splitext(path)[1].removeprefix(".")}
    return line | {"resourcesAffected": affected | {"s3Object": affected["s3Object"] | {"embeddedFileDetails": embedded}}}


def _as_strings(value: object) -> dict[str, object]:
    strings = _stringified(value)
    assert isinstance(strings, dict), "a line is an object"
    return strings


def _stringified(value: object) -> object:
    match value:
        case bool():
            return value
        case int():
            return str(value)
        case str():
            return _MILLISECONDS.sub(r"\1Z", value) if _MILLISECONDS.fullmatch(value) else value
        case dict():
            return {name: _stringified(item) for name, item in value.items()}
        case list():
            return [_stringified(item) for item in value]
        case _:
            return value
