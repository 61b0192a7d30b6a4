"""What became of findings since earlier runs, in words and as JSON members."""

import hashlib
from collections.abc import Iterable
from typing import Final

from scanner.model.life import DetectionLife, Life, ObjectLife
from scanner.model.objects import ObjectRef
from scanner.model.records import Summary
from scanner.model.result import Hidden
from scanner.reports.amounts import of
from scanner.reports.times import timestamp

Json = dict[str, object]

_OPEN: Final = frozenset({Life.NEW, Life.CHANGED, Life.UNCHANGED})


def since(summary: Summary) -> str:
    """`3 new findings, 1 changed, 2 resolved; 40 objects unchanged and not read again`."""
    counts = [(summary.life[life.value], life.value) for life in Life if summary.life.get(life.value)]
    lives = [of(number, f"{life} finding") if not place else f"{number:,} {life}" for place, (number, life) in enumerate(counts)]
    unread = f"; {of(summary.unchanged, 'object')} unchanged and not read again" if summary.unchanged else ""
    return (", ".join(lives) or "no findings") + unread


def life_member(ref: ObjectRef, life: ObjectLife | None) -> Json:
    """The member `life` of a record; nothing without a state store, or when there is nothing to tell."""
    if life is None or (life.finding is None and not life.unchanged):
        return {}
    told: Json = {"objectUnchanged": life.unchanged}
    if life.finding:
        told |= {"findingId": finding_key(ref), "finding": life.finding.value, "firstSeen": _earliest(life), "lastSeen": _latest(life)}
        told["detections"] = [_detection(one) for one in life.detections]
    return {"life": told}


def finding_key(ref: ObjectRef) -> str:
    """16 hexadecimal digits that name the object's finding as long as the object has this name."""
    return hashlib.sha256(ref.uri.encode()).hexdigest()[:16]


def hidden_member(hidden: Iterable[Hidden]) -> Json:
    """The member `suppressed` of a record; nothing where nothing is."""
    listed = [{"identifier": one.identifier, "count": one.count, "rule": one.rule} for one in hidden]
    return {"suppressed": listed} if listed else {}


def _detection(one: DetectionLife) -> Json:
    resolution: Json = {"resolution": one.resolution.value} if one.resolution else {}
    seen = {"firstSeen": timestamp(one.first_seen), "lastSeen": timestamp(one.last_seen)}
    return {"identifier": one.identifier, "life": one.life.value, **seen, **resolution}


def _earliest(life: ObjectLife) -> str:
    return timestamp(min(one.first_seen for one in _relevant(life)))


def _latest(life: ObjectLife) -> str:
    return timestamp(max(one.last_seen for one in _relevant(life)))


def _relevant(life: ObjectLife) -> Iterable[DetectionLife]:
    """Those that are open; if none is, all."""
    return [one for one in life.detections if one.life in _OPEN] or life.detections
