"""Results of a SARIF log: one for each identifier in an object; of credentials one for each value, as each is revoked by itself."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

import regex

from identifiers.model import Category
from scanner.model.life import Life
from scanner.model.location import CellLocation, LineLocation, Location, RecordLocation
from scanner.model.objects import ObjectRef
from scanner.model.occurrence import Occurrence
from scanner.model.result import ObjectResult
from scanner.reports.amounts import of
from scanner.reports.escape import visible
from scanner.reports.fit import fit
from scanner.reports.places import in_words, place_of
from scanner.reports.policies import BucketFinding
from scanner.reports.sarif_rules import Rules
from scanner.reports.severity import Counted

Json = dict[str, object]

ROOT: Final = "%SRCROOT%"
"""What GitHub calls the folder that paths are relative to."""

MAX_LOCATIONS: Final = 100
"""Of one result; GitHub shows no more."""

# Of a name in a message: columns and members may be called anything.
_LONGEST: Final = 250
_BASELINE_STATES: Final = {Life.NEW: "new", Life.UNCHANGED: "unchanged", Life.CHANGED: "updated"}
_ROWS_ARE_LINES: Final = frozenset(("text/csv", "text/tab-separated-values"))
# In messages of SARIF (3.11.5, 3.11.6) these make placeholders and links.
_SPECIAL: Final = regex.compile(r"[\[\]\\]")


def working_folder() -> str:
    """The working folder as a URI that ends with a slash; paths below it are written relative to it."""
    return f"file://{quote(os.fsencode(os.path.join(os.getcwd(), '')))}"


def text_of(words: str) -> str:
    """Text from outside that makes neither a link nor a placeholder in a message."""
    return _SPECIAL.sub(r"\\\g<0>", visible(words)).replace("{", "{{").replace("}", "}}")


def artifact(ref: ObjectRef, root: str) -> Json:
    """Where the object is: relative to `root` if it lies below."""
    if ref.uri.startswith(root) and ref.uri != root:
        return {"uri": ref.uri.removeprefix(root), "uriBaseId": ROOT}
    return {"uri": ref.uri}


def object_results(result: ObjectResult, counted: Sequence[Counted], rules: Rules, root: str) -> Iterator[tuple[str, Json]]:
    """Severity and result, for each identifier that counts."""
    for one in counted:
        repeats: dict[str, int] = {}
        for occurrences in _groups(one):
            mask = occurrences[0].mask if _by_value(one) and occurrences else ""
            repeats[mask] = repeats.get(mask, 0) + 1
            yield one.severity.value, _result(result, one, occurrences, rules, root, nth=repeats[mask])


def policy_result(finding: BucketFinding, rules: Rules) -> Json:
    """The result of a finding on a bucket."""
    return {
        **rules.of_policy(finding),
        "message": {"text": f"{text_of(finding.title)}: {text_of(finding.detail)}. Remedy: {text_of(finding.remedy)}."},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": f"{finding.uri}/"}},
                "logicalLocations": [{"name": visible(finding.bucket), "fullyQualifiedName": visible(finding.arn), "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.id}:1", "dowseFinding/v1": finding.id},
        "properties": {"remedy": finding.remedy, "accountId": finding.account, "region": finding.region},
    }


def _by_value(one: Counted) -> bool:
    return one.identifier.category is Category.CREDENTIALS


def _groups(one: Counted) -> list[list[Occurrence]]:
    """The occurrences that make one result each; at least one group, and it is empty where no occurrence is listed."""
    listed = one.detection.occurrences
    if not _by_value(one):
        return [list(listed)]
    by_value: dict[str, list[Occurrence]] = {}
    for occurrence in listed:
        by_value.setdefault(occurrence.fingerprint, []).append(occurrence)
    return list(by_value.values()) or [[]]


def _result(result: ObjectResult, one: Counted, occurrences: list[Occurrence], rules: Rules, root: str, *, nth: int) -> Json:
    """:param nth: among values of this object that look the same masked, from 1"""
    count = len(occurrences) if _by_value(one) and occurrences else one.detection.count
    where = artifact(result.object.ref, root)
    return {
        **rules.of_identifier(one.identifier, one.severity.value),
        "message": {"text": _message(one, occurrences, count)},
        "locations": _locations(result, occurrences, where),
        "occurrenceCount": count,
        "partialFingerprints": _fingerprints(str(where["uri"]), one, occurrences, nth),
        **_baseline_state(result, one),
        "properties": {
            "confidence": one.detection.confidence.name.lower(),
            "category": one.identifier.category.value,
            "severity": one.severity.value,
            "objectCount": one.detection.count,
            "evidence": list(occurrences[0].evidence) if occurrences else [],
        },
    }


def _baseline_state(result: ObjectResult, one: Counted) -> Json:
    """What became of it since earlier runs, where a state store knows; of credentials only the object's is known."""
    lives = {found.identifier: found.life for found in result.life.detections} if result.life else {}
    state = _BASELINE_STATES.get(lives.get(one.identifier.id, Life.UNSEEN))
    return {"baselineState": state} if state else {}


def _message(one: Counted, occurrences: list[Occurrence], count: int) -> str:
    name = text_of(one.identifier.name)
    if not occurrences:
        return f"{name}: {of(count, 'occurrence')}."
    first = occurrences[0]
    place, mask = text_of(fit(place_of(first), _LONGEST)), text_of(fit(first.mask, _LONGEST))
    return f"{name}: {of(count, 'occurrence')}{', the first' if count > 1 else ''} at {place}: {mask}"


def _locations(result: ObjectResult, occurrences: list[Occurrence], where: Json) -> list[Json]:
    listed = [_location(occurrence, result.media_type, where) for occurrence in occurrences[:MAX_LOCATIONS]]
    return listed or [{"physicalLocation": {"artifactLocation": where}}]


def _location(occurrence: Occurrence, media_type: str, where: Json) -> Json:
    region = None if occurrence.member else _region(occurrence.location, media_type)
    physical = {"artifactLocation": where} | ({"region": region} if region else {})
    words = in_words(occurrence.location)
    logical = {"name": words, "fullyQualifiedName": place_of(occurrence), "kind": "value"}
    return {"physicalLocation": physical, "logicalLocations": [logical]}


def _region(location: Location, media_type: str) -> Json | None:
    """Lines and columns, where the object is text and they are known; of tables and records the line only."""
    match location:
        case LineLocation():
            return {
                "startLine": location.start,
                "startColumn": location.start_column,
                "endLine": location.end,
                # SARIF's column is the one behind the last character (3.30.7).
                "endColumn": location.end_column + 1,
            }
        case CellLocation() if media_type in _ROWS_ARE_LINES:
            return {"startLine": location.row}
        case RecordLocation() if media_type == "application/jsonl":
            return {"startLine": location.record_index + 1}
        case _:
            return None


def _fingerprints(uri: str, one: Counted, occurrences: list[Occurrence], nth: int) -> Json:
    """What tells a result from others from run to run: never the line, and for credentials the value as far as its mask shows it.

    The second fingerprint knows the whole value, but is equal only between runs that have the same key (`DOWSE_KEY_FILE`).
    """
    value = occurrences[0] if _by_value(one) and occurrences else None
    seen = hashlib.sha256("\0".join((uri, one.identifier.id, value.mask if value else "", str(nth))).encode("utf-8", "replace"))
    keyed: Json = {"dowseValue/v1": value.fingerprint} if value else {}
    return {"primaryLocationLineHash": f"{seen.hexdigest()[:32]}:1"} | keyed
