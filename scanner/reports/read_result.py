"""A result back from its record: what docs/findings.md describes, read again. The inverse of `scanner.reports.finding`."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs, unquote, unquote_to_bytes, urlsplit

from scanner.model.exposure import ObjectExposure, Reachable
from scanner.model.life import DetectionLife, Life, ObjectLife, Resolution
from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.objects import ObjectFacts, ObjectRef, Owner, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import Outcome, Problem, Reason, Status
from scanner.model.result import ColumnCount, Detection, Hidden, ObjectResult

Record = Mapping[str, Any]

_LOCATIONS: Final[Mapping[str, type]] = {
    "line": LineLocation,
    "cell": CellLocation,
    "record": RecordLocation,
    "page": PageLocation,
    "paragraph": ParagraphLocation,
}


def result_of_finding(record: Record) -> ObjectResult:
    """The result that a `finding` record tells of: the detections that make the finding, and how far the object was read.

    :raises KeyError, TypeError, ValueError: if it is no such record
    """
    affected = record["resourcesAffected"]
    inside = record["classificationDetails"]["result"]
    stored = _stored(record, affected["s3Object"], str(affected["s3Bucket"]["name"]))
    return ObjectResult(
        object=stored,
        outcome=_outcome(record["outcome"]),
        media_type=str(inside["mimeType"]),
        bytes_read=int(record["bytesRead"]),
        detections=tuple(map(_detection, record["detections"])),
        problems=tuple(map(_problem, record["problems"])),
        hidden=_hidden(record),
        life=_life(record),
        exposure=_exposure(record),
    )


def result_of_outcome(record: Record, root: str) -> ObjectResult:
    """The result that an `outcome` record tells of, which has no detections.

    :param root: the folder that was the target, for objects in it
    :raises KeyError, TypeError, ValueError: if it is no such record
    """
    return ObjectResult(
        object=StoredObject(_ref(str(record["uri"]), root), int(record["size"])),
        outcome=_outcome(record["outcome"]),
        media_type=str(record["mediaType"]),
        bytes_read=int(record["bytesRead"]),
        problems=tuple(map(_problem, record["problems"])),
        hidden=_hidden(record),
        life=_life(record),
    )


def _stored(record: Record, about: Record, root: str) -> StoredObject:
    modified, owner = about.get("lastModified"), record.get("owner")
    facts = ObjectFacts(
        encryption=str(about["serverSideEncryption"]["encryptionType"]),
        kms_key=str(about["serverSideEncryption"].get("kmsMasterKeyId", "")),
        tags=tuple((str(tag["key"]), str(tag["value"])) for tag in about["tags"]),
        owner=Owner(str(owner["id"]), str(owner["displayName"])) if owner else None,
    )
    return StoredObject(
        ref=_ref(str(record["uri"]), os.fsdecode(unquote_to_bytes(root.removeprefix("file://")))),
        size=int(about["size"]),
        modified=datetime.fromisoformat(modified) if modified else None,
        etag=str(about["eTag"]),
        storage_class=str(about.get("storageClass", "")),
        facts=facts,
    )


def _ref(uri: str, root: str) -> ObjectRef:
    """The name from a URI; of a file below `root` the rest of its path is the key."""
    parts = urlsplit(uri)
    path = os.fsdecode(unquote_to_bytes(parts.path))
    if parts.scheme == "file":
        below = path.startswith(root.rstrip("/") + "/")
        folder = root if below else os.path.dirname(path)
        return ObjectRef("file", folder, path[len(folder.rstrip("/")) + 1 :])
    version = parse_qs(parts.query).get("versionId", [""])[0]
    return ObjectRef(parts.scheme, os.fsdecode(unquote_to_bytes(parts.netloc)), path.removeprefix("/"), unquote(version))


def _outcome(record: Record) -> Outcome:
    return Outcome(Status(record["status"]), Reason(record["reason"]) if "reason" in record else None, str(record.get("detail", "")))


def _problem(record: Record) -> Problem:
    return Problem(Reason(record["reason"]), str(record.get("detail", "")), tuple(map(str, record.get("member", ()))))


def _hidden(record: Record) -> tuple[Hidden, ...]:
    listed = record.get("suppressed", ())
    return tuple(Hidden(str(one["identifier"]), int(one["count"]), str(one["rule"])) for one in listed)


def _exposure(record: Record) -> ObjectExposure | None:
    told = record.get("exposure")
    return ObjectExposure(Reachable(told["to"]), tuple(map(str, told["because"]))) if told else None


def _life(record: Record) -> ObjectLife | None:
    told = record.get("life")
    if told is None:
        return None
    return ObjectLife(bool(told["objectUnchanged"]), tuple(map(_detection_life, told.get("detections", ()))))


def _detection_life(record: Record) -> DetectionLife:
    return DetectionLife(
        identifier=str(record["identifier"]),
        life=Life(record["life"]),
        first_seen=datetime.fromisoformat(record["firstSeen"]),
        last_seen=datetime.fromisoformat(record["lastSeen"]),
        resolution=Resolution(record["resolution"]) if "resolution" in record else None,
    )


def _detection(record: Record) -> Detection:
    return Detection(
        identifier=str(record["identifier"]),
        count=int(record["count"]),
        confidence=Confidence[str(record["confidence"]).upper()],
        occurrences=tuple(map(_occurrence, record["occurrences"])),
        columns=tuple(map(_column, record.get("columns", ()))),
        capped=bool(record.get("capped", False)),
    )


def _column(record: Record) -> ColumnCount:
    return ColumnCount(
        name=str(record["name"]),
        position=int(record["position"]),
        count=int(record["count"]),
        values=int(record["values"]),
        confidence=Confidence[str(record["confidence"]).upper()],
        member=tuple(map(str, record.get("member", ()))),
    )


def _occurrence(record: Record) -> Occurrence:
    return Occurrence(
        location=_location(record["location"]),
        confidence=Confidence[str(record["confidence"]).upper()],
        evidence=tuple(map(str, record["evidence"])),
        mask=str(record["mask"]),
        fingerprint=str(record["fingerprint"]),
        member=tuple(map(str, record.get("member", ()))),
    )


def _location(record: Record) -> Location:
    values = {_snake_case(name): value for name, value in record.items() if name != "kind"}
    if record["kind"] == "record":
        values.setdefault("json_path", "")
    made: Location = _LOCATIONS[record["kind"]](**values)
    return made


def _snake_case(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
