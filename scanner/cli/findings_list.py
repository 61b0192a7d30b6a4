"""Prints findings, one or many, and counts of them."""

import itertools
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from scanner.cli.columns import columns
from scanner.cli.findings_search import Search, the_one, warn_of_fields
from scanner.cli.printing import print_text
from scanner.findings.query import ALIASES
from scanner.findings.stored import Status, StoredFinding
from scanner.findings.values import as_text, values_at
from scanner.model.location import Location
from scanner.model.result import Detection
from scanner.reports.amounts import grouped, of
from scanner.reports.encode import encode_line
from scanner.reports.escape import visible
from scanner.reports.places import in_words

_FOUND: Final = 4


def print_list(search: Search, limit: int | None, *, as_json: bool) -> None:
    """One line for each finding that is meant."""
    with search.opened() as (_, findings):
        wanted = search.wanted(findings)
        shown = itertools.islice(wanted, limit) if limit else wanted
        if as_json:
            for one in shown:
                write_record(one.record)
            return
        lines = 0
        for line in columns(("ID", "SEVERITY", "STATUS", "LIFE", "LAST SEEN", "OBJECT", "FOUND"), map(_row, shown)):
            print_text(line)
            lines += 1
        left = sum(1 for _ in wanted)
    if not lines:
        print_text("No finding is so.")
    if left:
        print_text(f"and {left:,} more")


def print_one(search: Search, name: str, *, as_json: bool) -> None:
    """Everything about one finding."""
    with search.opened() as (_, findings):
        one = the_one(findings, name)
    if as_json:
        write_record(one.record)
        return
    for line in itertools.chain(head_of(one), *(_detection(detection) for detection in one.result.detections)):
        print_text(line)


def print_stats(search: Search, by: str, *, as_json: bool) -> None:
    """How many findings have which value of a field, by status."""
    path = ALIASES.get(by, by).split(".")
    counts: dict[str, Counter[Status]] = {}
    totals: Counter[Status] = Counter()
    with search.opened() as (_, findings):
        for one in search.wanted(findings):
            totals[one.status] += 1
            for value in {as_text(value) for value in values_at(one.record, path)} or {""}:
                counts.setdefault(value, Counter())[one.status] += 1
    if list(counts) == [""]:
        warn_of_fields([by], {*ALIASES, *one.record})
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    if as_json:
        for value, each in ordered:
            write_record({"record": "count", "field": by, "value": value, **{status.value: each[status] for status in Status}})
        return
    rows = [[visible(value) or "-", *(grouped(each[status]) for status in Status)] for value, each in [*ordered, ("total", totals)]]
    for line in columns((by.upper(), *(status.upper() for status in Status)), rows, right=(1, 2, 3)):
        print_text(line)


def write_record(record: Mapping[str, object]) -> None:
    """One line of JSON."""
    sys.stdout.flush()
    sys.stdout.buffer.write(encode_line(record))
    sys.stdout.buffer.flush()


def head_of(one: StoredFinding) -> Iterator[str]:
    """What it is, where, and since when."""
    record: Mapping[str, Any] = one.record
    life = record["life"]
    yield f"{one.id}  {record['severity']['description']}  {one.status.value}  {visible(record['path'])}"
    yield f"  {visible(record['title'])}"
    yield f"  first seen {life['firstSeen']}, last seen {life['lastSeen']}"
    outcome = record["outcome"]
    if outcome["status"] != "scanned":
        yield f"  at the last look: {' '.join(visible(str(value)) for value in outcome.values())}"
    for each in life["detections"]:
        gone = f", {each['resolution'].replace('_', ' ')}" if "resolution" in each else ""
        yield f"  {each['identifier']}: {each['life']}{gone}, first seen {each['firstSeen']}"
    for hidden in record.get("suppressed", ()):
        yield f"  {hidden['identifier']}: {of(hidden['count'], 'occurrence')} suppressed by rule {visible(hidden['rule'])}"


def place_of(location: Location, member: Sequence[str]) -> str:
    """Where an occurrence is, for people."""
    inside = "!".join(member)
    return visible(f"{inside}: {in_words(location)}" if inside else in_words(location))


def _detection(detection: Detection) -> Iterator[str]:
    yield ""
    yield f"  {detection.identifier}: {of(detection.count, 'occurrence')}, {detection.confidence.name.lower()} confidence"
    for one in detection.occurrences:
        yield f"    {visible(one.mask)}  {place_of(one.location, one.member)}  {one.fingerprint}"
    if detection.count > len(detection.occurrences):
        yield f"    and {detection.count - len(detection.occurrences):,} more that are not kept one by one"


def _row(one: StoredFinding) -> list[str]:
    record: Mapping[str, Any] = one.record
    detections = record["detections"]
    named = [f"{each['identifier']}:{each['count']:,}" for each in detections[:_FOUND]]
    more = [f"and {len(detections) - _FOUND} more"] if len(detections) > _FOUND else []
    life = record["life"]
    path = visible(record["path"])
    return [
        one.id,
        record["severity"]["description"],
        one.status.value,
        life["finding"],
        life["lastSeen"][:10],
        path,
        " ".join(named + more),
    ]
