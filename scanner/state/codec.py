"""What is kept of a reading, as text: outcomes, problems, facts, occurrences. Values never: only masks and fingerprints."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

import orjson

from scanner.model.location import CellLocation, LineLocation, Location, PageLocation, ParagraphLocation, RecordLocation
from scanner.model.objects import ObjectFacts, Owner
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Problem, Reason, Status
from scanner.model.result import ColumnCount, ObjectResult

Json = dict[str, Any]

_LOCATIONS: Final[Mapping[str, type[Location]]] = {
    "line": LineLocation,
    "cell": CellLocation,
    "record": RecordLocation,
    "page": PageLocation,
    "paragraph": ParagraphLocation,
}
_KINDS: Final = {kind: name for name, kind in _LOCATIONS.items()}
_NO_FACTS: Final = ObjectFacts()


def outcome_text(outcome: Outcome) -> str | None:
    """None for what was scanned."""
    if outcome == SCANNED:
        return None
    return _text([outcome.status.value, outcome.reason.value if outcome.reason else None, _safe(outcome.detail)])


def outcome_of(text: str | None) -> Outcome:
    """The outcome that `outcome_text` made the text of."""
    if text is None:
        return SCANNED
    status, reason, detail = orjson.loads(text)
    return Outcome(Status(status), Reason(reason) if reason else None, _unsafe(detail))


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing said of an object; fields as in the table `object`."""

    size: int
    modified: int | None
    etag: str
    storage_class: str | None


def aside_text(outcome: Outcome, listed: Listed | None) -> str:
    """Why an object was not read.

    :param listed: what the listing said of it, if that is not what it said when it was last read
    """
    kept = [outcome.status.value, outcome.reason.value if outcome.reason else None, _safe(outcome.detail)]
    return _text([*kept, [listed.size, listed.modified, listed.etag, listed.storage_class]] if listed else kept)


def aside_of(text: str) -> tuple[Outcome, Listed | None]:
    """What `aside_text` made the text of."""
    status, reason, detail, *listed = orjson.loads(text)
    return Outcome(Status(status), Reason(reason) if reason else None, _unsafe(detail)), Listed(*listed[0]) if listed else None


def more_text(result: ObjectResult) -> str | None:
    """What few objects have: problems, allowed values, and the facts of what has findings; None if there is nothing of it."""
    more: Json = {}
    if result.problems:
        more["problems"] = [[one.reason.value, _safe(one.detail), *_members(one.member)] for one in result.problems]
    if result.allowed:
        more["allowed"] = dict(result.allowed)
    if result.object.facts != _NO_FACTS and result.detections:
        more["facts"] = _facts_json(result.object.facts)
    return _text(more) if more else None


def problems_of(text: str | None) -> tuple[Problem, ...]:
    """The problems in what `more_text` made."""
    entries = orjson.loads(text).get("problems", ()) if text else ()
    return tuple(Problem(Reason(reason), _unsafe(detail), _path(member)) for reason, detail, *member in entries)


def allowed_of(text: str | None) -> dict[str, int]:
    """The allowed occurrences by identifier in what `more_text` made."""
    return dict(orjson.loads(text).get("allowed", {})) if text else {}


def facts_of(text: str | None) -> ObjectFacts | None:
    """The facts of the object in what `more_text` made; None if it has none."""
    kept = orjson.loads(text).get("facts") if text else None
    if not kept:
        return None
    owner = Owner(*kept["owner"]) if kept["owner"] else None
    return ObjectFacts(kept["encryption"], kept["key"], tuple((key, value) for key, value in kept["tags"]), kept["count"], owner)


def places_blob(occurrences: tuple[Occurrence, ...], columns: tuple[ColumnCount, ...], *, capped: bool = False) -> bytes:
    """The occurrences without their values, the columns, and whether there may be more, compressed."""
    kept: Json = {"occurrences": [_occurrence_json(one) for one in occurrences], "columns": [_column_json(one) for one in columns]}
    if capped:
        kept["capped"] = True
    return zlib.compress(orjson.dumps(kept), 6)


def places_of(blob: bytes) -> tuple[tuple[Occurrence, ...], tuple[ColumnCount, ...], bool]:
    """What `places_blob` made the bytes of."""
    kept = orjson.loads(zlib.decompress(blob))
    return tuple(map(_occurrence, kept["occurrences"])), tuple(map(_column, kept["columns"])), kept.get("capped", False)


def _occurrence_json(one: Occurrence) -> list[object]:
    location = [_safe(getattr(one.location, field.name)) for field in fields(one.location)]
    evidence = [_safe(each) for each in one.evidence]
    kind, member = _KINDS[type(one.location)], _members(one.member)
    return [kind, location, int(one.confidence), evidence, _safe(one.mask), one.fingerprint, *member]


def _occurrence(entry: list[Any]) -> Occurrence:
    kind, location, confidence, evidence, mask, fingerprint, *member = entry
    place = _LOCATIONS[kind](*(_unsafe(value) for value in location))
    return Occurrence(place, Confidence(confidence), tuple(_unsafe(one) for one in evidence), _unsafe(mask), fingerprint, _path(member))


def _column_json(one: ColumnCount) -> list[object]:
    return [_safe(one.name), one.position, one.count, one.values, int(one.confidence), *_members(one.member)]


def _column(entry: list[Any]) -> ColumnCount:
    name, position, count, values, confidence, *member = entry
    return ColumnCount(_unsafe(name), position, count, values, Confidence(confidence), _path(member))


def _facts_json(facts: ObjectFacts) -> Json:
    owner = [facts.owner.id, facts.owner.name] if facts.owner else None
    return {"encryption": facts.encryption, "key": facts.kms_key, "tags": facts.tags, "count": facts.tag_count, "owner": owner}


def _members(member: tuple[str, ...]) -> list[Any]:
    return [_safe(one) for one in member]


def _path(member: list[Any]) -> tuple[str, ...]:
    return tuple(_unsafe(one) for one in member)


def _text(value: object) -> str:
    return orjson.dumps(value).decode()


def _safe(value: Any) -> Any:  # noqa: ANN401 - text or number
    """Text that JSON can hold: names in archives may carry undecodable bytes as lone surrogates."""
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            return {"utf16": value.encode("utf-16-le", "surrogatepass").hex()}
    return value


def _unsafe(value: Any) -> Any:  # noqa: ANN401 - text or number
    return bytes.fromhex(value["utf16"]).decode("utf-16-le", "surrogatepass") if isinstance(value, dict) else value
