"""What a scan said, read from its JSON Lines in the words of truth.toml, and how it differs from the truth."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote_to_bytes, urlsplit

from sample_data.places import Place, readable
from sample_data.sample import Finding, Trap, Truth

# A parsed record.
Record: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan said of one file.

    :param outcome: `scanned`, or status and reason as in `partial(bad_records)`
    :param counts: identifier to the number of its occurrences, listed or not
    """

    outcome: str
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]


def read_scan(lines: Iterable[str | bytes], folder: str) -> dict[str, Scanned]:
    """File name below `folder` to what was said of it, from the records of a run with `--all-outcomes`."""
    records = [json.loads(line) for line in lines]
    detections = {_name(record, folder): record["detections"] for record in records if record["record"] == "finding"}
    outcomes = {_name(record, folder): record["outcome"] for record in records if record["record"] == "outcome"}
    return {name: _scanned(outcome, detections.get(name, [])) for name, outcome in outcomes.items()}


def disagreements(truth: Truth, scanned: Scanned) -> list[str]:
    """A line for each finding that is missing (`-`) and each that should not be there (`+`); what is misplaced gives both."""
    wanted, got = (Counter((one.identifier, str(one.place)) for one in side.findings) for side in (truth, scanned))
    lines = [(*entry, "-") for entry in (wanted - got).elements()] + [(*entry, "+") for entry in (got - wanted).elements()]
    return [f"{sign} {identifier}  {place}" for identifier, place, sign in sorted(lines)]


def stepped_in(trap: Trap, scanned: Scanned) -> list[str]:
    """The findings that fell for `trap`."""
    tempted = (one for one in scanned.findings if "*" in trap.identifiers or one.identifier in trap.identifiers)
    return [f"{one.identifier}  {one.place}  -- {trap.why}" for one in tempted if one.place.overlaps(trap.place)]


def _name(record: Record, folder: str) -> str:
    path = os.fsdecode(unquote_to_bytes(urlsplit(record["uri"]).path))
    return os.path.relpath(path, os.path.realpath(folder)).replace(os.sep, "/")


def _scanned(outcome: Record, detections: Iterable[Record]) -> Scanned:
    held = list(detections)
    reason = f"({outcome['reason']})" if "reason" in outcome else ""
    findings = tuple(finding for detection in held for finding in _findings(detection))
    return Scanned(outcome["status"] + reason, findings, {detection["identifier"]: detection["count"] for detection in held})


def _findings(detection: Record) -> Iterator[Finding]:
    for occurrence in detection["occurrences"]:
        member = "!".join(occurrence.get("member", ()))
        place = place_of(occurrence["location"])
        yield Finding(detection["identifier"], place.inside(member) if member else place)


def place_of(location: Record) -> Place:
    """The place that a `location` member names."""
    match location:
        case {"kind": "line", "start": first, "startColumn": start, "end": last, "endColumn": end}:
            return Place("", (first, start), (last, end))
        case {"kind": "page", "page": page, "line": line, "startColumn": start, "endColumn": end}:
            return Place(f"page {page}", (line, start), (line, end))
        case _:
            return Place.of_slice(_anchor(location), location["start"], location["end"])


def _anchor(location: Record) -> str:
    match location:
        case {"kind": "cell", "row": row, "column": column}:
            name = location.get("columnName", "")
            sheet = location.get("reference", "").rpartition("!")[0]
            return (f"{readable(sheet)}, " if sheet else "") + f"row {row}, column {column}" + (f" {readable(name)}" if name else "")
        case {"kind": "record", "recordIndex": index}:
            return f"record {index} {location.get('jsonPath', '$')}"
        case {"kind": "paragraph", "part": part, "paragraph": paragraph}:
            cell = f"{location['cell']}, " if "cell" in location else ""
            return f"{part}, {cell}paragraph {paragraph}"
        case _:
            raise ValueError(f"a location of an unknown kind: {location.get('kind')}")
