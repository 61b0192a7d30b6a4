"""What a message says happened to objects: S3 notifications, EventBridge events, and both wrapped by SNS, SQS or Lambda.

Shapes are those of the Amazon S3 user guide ("Event message structure", "EventBridge events"). A message is somebody else's
word: nothing in it is fetched or followed, and all that it can name is an object in a bucket.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import unquote_to_bytes

import orjson
import regex

# A message in a message in a message: SNS in SQS in Lambda.
_MOST_WRAPPED: Final = 4
# Names that no request can be led astray by; other stores allow capitals and underscores.
_BUCKET: Final = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,254}")
_MOST_KEY_BYTES: Final = 1024
# Of EventBridge by its detail type, of notifications by the first word of the event's name.
_READABLE: Final = frozenset({"Object Created", "Object Restore Completed", "ObjectCreated", "ObjectRestore:Completed"})
_REMOVED: Final = frozenset({"Object Deleted", "ObjectRemoved", "LifecycleExpiration"})


class Aside(StrEnum):
    """Kinds of events after which there is nothing to scan."""

    TEST = "tests"
    REMOVED = "removed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ObjectEvent:
    """An object can be read since it was written, or restored.

    :param key: as it is, not encoded
    :param version: id of the version that was written; empty in buckets without versions
    :param sequencer: orders events of one key; empty if unknown
    """

    bucket: str
    key: str
    version: str = ""
    sequencer: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a message, or one event in it, cannot be understood; a phrase without any of its content."""

    detail: str


def events_in(body: bytes | str) -> Iterator[ObjectEvent | Aside | Trouble]:
    """All events of a message in their order; at least one thing, whatever the message is."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        yield Trouble("it is no JSON")
        return
    yield from _unwrapped(value, 0)


def precedes(first: str, second: str) -> bool:
    """Whether the event with sequencer `first` is not newer than that with `second`, of the same key; False if one is not known.

    Sequencers are hexadecimal numbers; the shorter one is filled up with zeros on its right before they are compared.
    """
    width = max(len(first), len(second))
    return bool(first and second) and first.upper().ljust(width, "0") <= second.upper().ljust(width, "0")


def _unwrapped(value: object, depth: int) -> Iterator[ObjectEvent | Aside | Trouble]:
    if depth > _MOST_WRAPPED:
        yield Trouble("it is wrapped too often")
    elif isinstance(value, list) and value:
        for one in value:
            yield from _unwrapped(one, depth + 1)
    elif not isinstance(value, dict):
        yield Trouble("it is no event of S3")
    elif isinstance(several := _several(value), list):
        yield from _unwrapped(several, depth) if several else (Trouble("it holds no event"),)
    elif (inner := _inner(value)) is not None:
        yield from _nested(inner, depth)
    else:
        yield _event(value)


def _several(value: Mapping[str, object]) -> object:
    """The list in a notification, a Lambda event, or an answer of SQS."""
    return value.get("Records", value.get("Messages"))


def _inner(value: Mapping[str, object]) -> str | None:
    """The message that SNS or SQS has wrapped."""
    sns = value.get("Sns")
    if isinstance(sns, dict):
        value = sns
    candidates = (value.get("body"), value.get("Body"), value.get("Message") if "TopicArn" in value else None)
    return next((one for one in candidates if isinstance(one, str)), None)


def _nested(text: str, depth: int) -> Iterator[ObjectEvent | Aside | Trouble]:
    try:
        value = orjson.loads(text)
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        yield Trouble("what it wraps is no JSON")
        return
    yield from _unwrapped(value, depth + 1)


def _event(value: Mapping[str, object]) -> ObjectEvent | Aside | Trouble:
    if value.get("Event") == "s3:TestEvent":
        return Aside.TEST
    kind, detail = value.get("detail-type"), value.get("detail")
    if isinstance(kind, str) and isinstance(detail, dict) and value.get("source") == "aws.s3":
        return _kind(kind) or _of_bridge(detail)
    name, told = value.get("eventName"), value.get("s3")
    if isinstance(name, str) and isinstance(told, dict):
        return _kind(name.removeprefix("s3:")) or _of_notification(told)
    return Trouble("it is no event of S3")


def _kind(name: str) -> Aside | None:
    """What is not to be scanned after an event of this name, None for an object that is."""
    names = {name, name.partition(":")[0]}
    if names & _READABLE:
        return None
    return Aside.REMOVED if names & _REMOVED else Aside.OTHER


def _of_bridge(detail: Mapping[str, object]) -> ObjectEvent | Trouble:
    described = _object(detail, ("version-id", "sequencer"))
    return described if isinstance(described, Trouble) else _named(*described)


def _of_notification(told: Mapping[str, object]) -> ObjectEvent | Trouble:
    described = _object(told, ("versionId", "sequencer"))
    if isinstance(described, Trouble):
        return described
    bucket, key, *rest = described
    try:
        # Encoded as in a form, blanks as plus signs; events of EventBridge are not.
        decoded = unquote_to_bytes(key.replace("+", " ")).decode()
    except UnicodeDecodeError:
        return Trouble("its key is not UTF-8")
    return _named(bucket, decoded, *rest)


def _object(told: Mapping[str, object], members: Sequence[str]) -> tuple[str, str, str, str] | Trouble:
    """Bucket, key, version and sequencer as the event has them."""
    bucket, stored = told.get("bucket"), told.get("object")
    name = bucket.get("name") if isinstance(bucket, dict) else None
    key = stored.get("key") if isinstance(stored, dict) else None
    if not isinstance(name, str) or not isinstance(stored, dict) or not isinstance(key, str):
        return Trouble("it names no object in a bucket")
    version, sequencer = (str(stored.get(member) or "") for member in members)
    return name, key, version, sequencer


def _named(bucket: str, key: str, version: str, sequencer: str) -> ObjectEvent | Trouble:
    if not _BUCKET.fullmatch(bucket):
        return Trouble("no bucket can have the name that it gives")
    if not 0 < len(key.encode()) <= _MOST_KEY_BYTES:
        return Trouble("no object can have the key that it gives")
    return ObjectEvent(bucket, key, version, sequencer)
