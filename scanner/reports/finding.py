"""The finding that an object makes: Macie's members, and ours beside them."""

import hashlib
from collections.abc import Sequence
from typing import Final

from identifiers.model import Category
from scanner.model.exposure import ObjectExposure
from scanner.model.objects import ObjectRef, Owner, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem
from scanner.model.records import Run
from scanner.model.result import ColumnCount, ObjectResult
from scanner.reports.classification import classification_result
from scanner.reports.options import SinkOptions
from scanner.reports.places import as_json
from scanner.reports.resources import resources_affected
from scanner.reports.severity import SCORES, Counted, count_in, worst
from scanner.reports.since import hidden_member, life_member
from scanner.reports.times import timestamp

Json = dict[str, object]

_TYPES: Final = {
    Category.CREDENTIALS: "Credentials",
    Category.FINANCIAL: "Financial",
    Category.PERSONAL: "Personal",
    Category.CUSTOM: "CustomIdentifier",
}
_TITLES: Final = {
    "Multiple": "The object holds several categories of sensitive data",
    "Credentials": "The object holds credentials",
    "Financial": "The object holds financial information",
    "Personal": "The object holds personal information",
    "CustomIdentifier": "The object holds matches of custom identifiers",
}
# Enough for a headline; the detections name all.
_NAMED: Final = 8


def macie_finding(result: ObjectResult, run: Run, counted: Sequence[Counted]) -> Json:
    """Macie's Finding with nothing added, for at least one detection that counts."""
    kind, severity, created = _kind(counted), worst(counted), timestamp(run.started)
    return {
        "schemaVersion": "1.0",
        "id": finding_id(result.object, run),
        # No account, and no region of AWS: twelve zeros belong to nobody.
        "accountId": "0" * 12,
        "partition": "aws",
        "region": "local",
        "type": f"SensitiveData:S3Object/{kind}",
        "title": _TITLES[kind],
        "description": _description(counted),
        "severity": {"score": SCORES[severity], "description": severity.capitalize()},
        "createdAt": created,
        "updatedAt": created,
        "count": 1,
        "category": "CLASSIFICATION",
        "sample": False,
        "archived": False,
        "resourcesAffected": resources_affected(result.object, result.object.size or result.bytes_read),
        "classificationDetails": {
            "originType": "SENSITIVE_DATA_DISCOVERY_JOB",
            "jobId": run.id,
            "result": classification_result(result, counted),
        },
    }


_CONFIDENCE: Final = {confidence: confidence.name.lower() for confidence in Confidence}


def own_members(result: ObjectResult, counted: Sequence[Counted], *, reveal: bool) -> Json:
    """What we say beyond Macie."""
    return {
        **name_of(result.object.ref),
        **_owner(result.object.facts.owner),
        "confidence": max(one.detection.confidence for one in counted).name.lower(),
        "bytesRead": result.bytes_read,
        "outcome": outcome_json(result.outcome),
        "problems": [problem_json(problem) for problem in result.problems],
        "detections": [_detection(one, reveal=reveal) for one in counted],
        **hidden_member(result.hidden),
        **life_member(result.object.ref, result.life),
        **_exposure(result.exposure),
    }


def _exposure(exposure: ObjectExposure | None) -> Json:
    if exposure is None:
        return {}
    return {"exposure": {"to": exposure.to.value, "because": list(exposure.because), "raised": exposure.steps}}


def finding_record(result: ObjectResult, run: Run, options: SinkOptions) -> Json | None:
    """The whole finding as a record; None if nothing in the object counts."""
    counted = count_in(result.detections, options.identifiers)
    if not counted:
        return None
    return {"record": "finding", **macie_finding(result, run, counted), **own_members(result, counted, reveal=options.reveal)}


def finding_id(stored: StoredObject, run: Run) -> str:
    """32 hexadecimal digits, the same for the same object, version and ruleset."""
    identity = "\0".join((stored.ref.uri, stored.ref.version or stored.etag, run.ruleset_digest))
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def name_of(ref: ObjectRef) -> Json:
    """How to find the object again (`uri`), how to show it (`path`), and its key's bytes where text cannot hold them."""
    encoded: Json = {"keyBase64": ref.key_base64} if ref.key_base64 else {}
    return {"uri": ref.uri, "path": ref.path} | encoded


def _owner(owner: Owner | None) -> Json:
    return {"owner": {"id": owner.id, "displayName": owner.name}} if owner else {}


def outcome_json(outcome: Outcome) -> Json:
    """The status, and reason and detail if there are any."""
    reason: Json = {"reason": outcome.reason.value} if outcome.reason else {}
    return {"status": outcome.status.value} | reason | ({"detail": outcome.detail} if outcome.detail else {})


def problem_json(problem: Problem) -> Json:
    """The reason, and detail and member if there are any."""
    detail: Json = {"detail": problem.detail} if problem.detail else {}
    return {"reason": problem.reason.value} | detail | ({"member": list(problem.member)} if problem.member else {})


def _kind(counted: Sequence[Counted]) -> str:
    categories = {one.identifier.category for one in counted}
    return _TYPES[categories.pop()] if len(categories) == 1 else "Multiple"


def _description(counted: Sequence[Counted]) -> str:
    total = sum(one.detection.count for one in counted)
    most = sorted(counted, key=lambda one: -one.detection.count)
    named = ", ".join(f"{one.identifier.id} ({one.detection.count}{' or more' if one.detection.capped else ''})" for one in most[:_NAMED])
    more = f" and {len(most) - _NAMED} more" if len(most) > _NAMED else ""
    return f"{total} occurrence{'' if total == 1 else 's'}: {named}{more}."


def _detection(one: Counted, *, reveal: bool) -> Json:
    return {
        "identifier": one.identifier.id,
        "name": one.identifier.name,
        "category": one.identifier.category.value,
        "severity": one.severity.value,
        "confidence": one.detection.confidence.name.lower(),
        "count": one.detection.count,
        **({"capped": True} if one.detection.capped else {}),
        "occurrences": [_occurrence(occurrence, reveal=reveal) for occurrence in one.detection.occurrences],
        **({"columns": list(map(_column, one.detection.columns))} if one.detection.columns else {}),
    }


def _column(column: ColumnCount) -> Json:
    member: Json = {"member": list(column.member)} if column.member else {}
    return (
        member
        | {"name": column.name, "position": column.position}
        | {"count": column.count, "values": column.values, "confidence": column.confidence.name.lower()}
    )


def _occurrence(occurrence: Occurrence, *, reveal: bool) -> Json:
    told: Json = {"location": as_json(occurrence.location)}
    if occurrence.member:
        told["member"] = list(occurrence.member)
    told["confidence"] = _CONFIDENCE[occurrence.confidence]
    told["evidence"] = list(occurrence.evidence)
    told["mask"] = occurrence.mask
    told["fingerprint"] = occurrence.fingerprint
    if reveal and occurrence.value is not None:
        told["value"] = occurrence.value
    return told
