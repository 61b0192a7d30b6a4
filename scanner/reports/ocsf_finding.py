"""Findings as Open Cybersecurity Schema Framework events: class 2006, Data Security Finding, version 1.8.0."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from identifiers.model import Category
from scanner.model.life import Life
from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, RecordLocation
from scanner.model.objects import ObjectRef
from scanner.model.outcome import Status
from scanner.model.records import Run
from scanner.model.result import ObjectResult
from scanner.reports.encode import plain
from scanner.reports.finding import finding_id, macie_finding
from scanner.reports.identity import object_id
from scanner.reports.json_path import cut_path
from scanner.reports.policies import BucketFinding
from scanner.reports.severity import Counted, worst

Json = dict[str, Any]

MAX_LOCATIONS: Final = 100
"""Of one identifier in one event; its count is that of all."""

_SEVERITIES: Final = {
    "info": (1, "Informational"),
    "low": (2, "Low"),
    "medium": (3, "Medium"),
    "high": (4, "High"),
    "critical": (5, "Critical"),
}
_CATEGORIES: Final = {
    Category.PERSONAL: (1, "Personal"),
    Category.FINANCIAL: (3, "Financial"),
    Category.CREDENTIALS: (6, "Security"),
    Category.CUSTOM: (99, "Custom"),
}
_NEW, _IN_PROGRESS, _RESOLVED = (1, "New"), (2, "In Progress"), (4, "Resolved")
_ACTIVITIES: Final[Mapping[Life | None, tuple[int, str, tuple[int, str]]]] = {
    # Without a state store nobody knows better.
    None: (1, "Create", _NEW),
    Life.NEW: (1, "Create", _NEW),
    Life.CHANGED: (2, "Update", _IN_PROGRESS),
    Life.UNCHANGED: (2, "Update", _IN_PROGRESS),
    Life.UNSEEN: (2, "Update", _IN_PROGRESS),
    Life.RESOLVED: (3, "Close", _RESOLVED),
}
# Provider, what a bucket of its is called in the object `databucket` and by the provider itself, and an object in it.
_AZURE: Final = "Microsoft.Storage/storageAccounts/blobServices/containers"
_STORES: Final = {
    "s3": ("AWS", 1, "S3", "AWS::S3::Bucket", "AWS::S3::Object"),
    "az": ("Azure", 2, "Azure Blob", _AZURE, f"{_AZURE}/blobs"),
    "gs": ("GCP", 3, "GCP Bucket", "storage.googleapis.com/Bucket", "storage.googleapis.com/Object"),
}
_STATUSES: Final = {
    Status.SCANNED: (1, "Complete"),
    Status.PARTIAL: (2, "Partial"),
    Status.SKIPPED: (3, "Fail"),
    Status.FAILED: (3, "Fail"),
}


def object_event(result: ObjectResult, run: Run, counted: Sequence[Counted]) -> Json:
    """The event about an object, for at least one detection that counts."""
    macie, ref = macie_finding(result, run, counted), result.object.ref
    confidence = max(one.detection.confidence for one in counted)
    life = result.life.finding if result.life else None
    event = _event(finding_id(result.object, run), run, worst(counted).value, ref.store, life=life) | {
        "message": macie["description"],
        "confidence_id": confidence.value,
        "confidence": confidence.name.capitalize(),
        "finding_info": _info(object_id(ref), str(macie["title"]), str(macie["description"]), run, [str(macie["type"])]) | _seen(result),
        "data_security": _classified(result, counted),
        "file": _file(result),
        "resources": [_resource(ref)],
    }
    return event | _in_bucket(ref)


def resolved_event(result: ObjectResult, run: Run) -> Json:
    """The event about an object in which an earlier run found something and nothing is left."""
    ref, words = result.object.ref, "What an earlier run found in the object is not found any more."
    event = _event(finding_id(result.object, run), run, "info", ref.store, life=Life.RESOLVED) | {
        "message": words,
        "finding_info": _info(object_id(ref), "Nothing sensitive is left", words, run, []) | _seen(result),
        "data_security": _classified(result, []),
        "file": _file(result),
        "resources": [_resource(ref)],
    }
    return event | _in_bucket(ref)


def policy_event(finding: BucketFinding, run: Run, life: Life | None = None) -> Json:
    """The event about how a bucket is set up.

    :param life: RESOLVED if it is not so any more
    """
    public = (finding.settings.get("publicAccess") or {}).get("effectivePermission")
    known = {"is_public": public == "PUBLIC"} if public in ("PUBLIC", "NOT_PUBLIC") else {}
    provider, _, _, kind, _ = _STORES[finding.store]
    return _event(finding.id, run, finding.severity, finding.store, life=life) | {
        "message": f"{finding.title}: {finding.detail}",
        "finding_info": _info(finding.id, finding.title, finding.detail, run, [finding.type]),
        "data_security": {
            "category_id": 0,
            "category": "Unknown",
            "detection_system_id": 12,
            "detection_system": "Data Security Posture Management",
        },
        "databucket": _databucket(finding) | known,
        "resources": [{"uid": finding.arn, "name": finding.bucket, "type": kind}],
        # The class has no place of its own for it.
        "unmapped": {"remediation": {"desc": finding.remedy}},
        "cloud": {"provider": provider, "region": finding.region, "account": {"uid": finding.account}},
    }


def _event(identity: str, run: Run, severity: str, store: str, *, life: Life | None = None) -> Json:
    """:param identity: of the event, told apart from those of other runs by the run's id"""
    number, name = _SEVERITIES[severity]
    activity, words, status = _ACTIVITIES[life]
    return {
        "activity_id": activity,
        "activity_name": words,
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": 2006,
        "class_name": "Data Security Finding",
        "type_uid": 200600 + activity,
        "type_name": f"Data Security Finding: {words}",
        "time": _milliseconds(run.started),
        "severity_id": number,
        "severity": name,
        "status_id": status[0],
        "status": status[1],
        "metadata": {
            "version": "1.8.0",
            "product": {"name": "Dowse", "vendor_name": "Dowse", "version": run.version},
            "uid": f"{run.id}/{identity}",
            "correlation_uid": run.id,
        }
        | ({"profiles": ["cloud"]} if store in _STORES else {}),
    }


def _info(identity: str, title: str, words: str, run: Run, types: list[str]) -> Json:
    moment = _milliseconds(run.started)
    return {"uid": identity, "title": title, "desc": words, "types": types, "created_time": moment, "modified_time": moment}


def _seen(result: ObjectResult) -> Json:
    lives = result.life.detections if result.life else ()
    if not lives:
        return {}
    first, last = min(one.first_seen for one in lives), max(one.last_seen for one in lives)
    began = _milliseconds(first)
    return {"created_time": began, "first_seen_time": began, "last_seen_time": _milliseconds(last)}


def _resource(ref: ObjectRef) -> Json:
    return {"uid": ref.uri, "name": plain(ref.path), "type": _STORES[ref.store][4] if ref.store in _STORES else "File"}


def _classified(result: ObjectResult, counted: Sequence[Counted]) -> Json:
    categories = {_CATEGORIES[one.identifier.category] for one in counted}
    number, name = categories.pop() if len(categories) == 1 else (99, "Multiple") if categories else (0, "Unknown")
    status, words = _STATUSES[result.outcome.status]
    return {
        "category_id": number,
        "category": name,
        "classifier_details": {"type": "Dowse", "name": "Dowse"},
        "data_lifecycle_state_id": 1,
        "data_lifecycle_state": "Data at-Rest",
        "detection_system_id": 4,
        "detection_system": "Data Discovery & Classification",
        "discovery_details": [_discovered(one) for one in counted],
        "size": result.object.size or result.bytes_read,
        "status_id": status,
        "status": words,
        "total": sum(one.detection.count for one in counted),
    }


def _discovered(one: Counted) -> Json:
    listed = [occurrence for occurrence in one.detection.occurrences if not occurrence.member][:MAX_LOCATIONS]
    placed = [place for place in (_place(occurrence.location) for occurrence in listed) if place]
    return {"type": one.identifier.id, "count": one.detection.count} | ({"occurrences": placed} if placed else {})


def _place(location: Location) -> Json:
    """OCSF has no words for paragraphs, nor for members of containers."""
    match location:
        case CellLocation():
            names = {"cell_name": location.reference, "column_name": location.column_name}
            return {"row_number": location.row, "column_number": location.column} | {name: text for name, text in names.items() if text}
        case LineLocation():
            return {"start_line": location.start, "end_line": location.end}
        case PageLocation():
            return {"page_number": location.page}
        case RecordLocation():
            path = {"json_path": cut_path(location.json_path)} if location.json_path else {}
            return {"record_index_in_array": location.record_index} | path
        case _:
            return {}


def _file(result: ObjectResult) -> Json:
    stored = result.object
    name = plain(stored.ref.key).rpartition("/")[2] or plain(stored.ref.path)
    facts = {
        "mime_type": result.media_type,
        "storage_class": stored.storage_class,
        "version": stored.ref.version,
        "modified_time": _milliseconds(stored.modified) if stored.modified else None,
    }
    return {
        "name": name,
        "path": plain(stored.ref.path),
        "type_id": 1,
        "type": "Regular File",
        "size": stored.size or result.bytes_read,
        "uid": stored.ref.uri,
    } | {name: value for name, value in facts.items() if value}


def _databucket(finding: BucketFinding) -> Json:
    _, number, words, _, _ = _STORES[finding.store]
    return {"type_id": number, "type": words, "name": finding.bucket, "uid": finding.arn}


def _in_bucket(ref: ObjectRef) -> Json:
    """Whose bucket it lies in; nothing of a file."""
    if ref.store not in _STORES:
        return {}
    provider, number, words, _, _ = _STORES[ref.store]
    name = plain(ref.bucket)
    identity = f"arn:aws:s3:::{name}" if ref.store == "s3" else ref.bucket_uri
    return {"databucket": {"type_id": number, "type": words, "name": name, "uid": identity}, "cloud": {"provider": provider}}


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
