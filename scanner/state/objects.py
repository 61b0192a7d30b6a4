"""The rows of objects and of what was found in them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from identifiers.model import Severity
from scanner.model.life import Resolution
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.occurrence import Confidence
from scanner.model.outcome import Outcome
from scanner.model.result import Detection, ObjectResult
from scanner.state.codec import Listed, aside_of, more_text, outcome_of, outcome_text, places_blob, places_of
from scanner.state.covers import Cover
from scanner.state.lives import Row
from scanner.state.names import Name, name_of
from scanner.state.store import Store, Value

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)

_COLUMNS: Final = (
    "id, root, size, modified, etag, class, media, bytes_read, run, circumstance, trusted, detections, outcome, aside, more, gone"
)
_FIND: Final = f"SELECT {_COLUMNS} FROM object WHERE place = ? AND key = ? AND version = ?"  # noqa: S608 - our own words
_INSERT: Final = f"""
INSERT INTO object (place, key, version, {_COLUMNS.removeprefix("id, ")}) VALUES ({", ".join("?" * 18)})
"""  # noqa: S608 - our own words
_READ: Final = """
UPDATE object SET root = ?, size = ?, modified = ?, etag = ?, class = ?, media = ?, bytes_read = ?, run = ?, circumstance = ?,
  trusted = ?, detections = ?, outcome = ?, aside = ?, more = ?, gone = ? WHERE id = ?
"""
_WITHIN: Final = """
SELECT object.id, object.key, object.version, place.bucket FROM object JOIN place ON place.id = object.root
WHERE object.place = :place AND object.key >= :from AND (:end IS NULL OR object.key < :end)
  AND (object.gone IS NULL OR object.gone IN (SELECT seq FROM run WHERE status <> 'finished'))
ORDER BY object.key, object.version
"""
_NAMED: Final = """
SELECT seen_place.store, seen_place.bucket, object.key, object.version, root_place.bucket FROM object
JOIN place AS seen_place ON seen_place.id = object.place JOIN place AS root_place ON root_place.id = object.root WHERE object.id = ?
"""
_ROW: Final = """identifier, count, confidence, severity, present, first_seen, last_seen, new, changed, unseen, resolved, resolution,
  occurrences"""
_PUT: Final = f"INSERT OR REPLACE INTO detection (object, {_ROW}) VALUES ({', '.join('?' * 14)})"  # noqa: S608 - our own words

_TOUCH: Final = """
UPDATE detection SET last_seen = ?, new = ?, changed = ?, unseen = ?, resolved = ? WHERE object = ? AND identifier = ?
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an object; fields as in the table."""

    id: int
    root: int
    size: int
    modified: int | None
    etag: str
    storage_class: str | None
    media: str | None
    bytes_read: int
    run: int
    circumstance: int
    trusted: bool
    detections: int
    outcome: str | None
    aside: str | None
    more: str | None
    gone: int | None

    @staticmethod
    def columns() -> str:
        """The columns of the table in the order of the fields."""
        return ", ".join(f"object.{name}" for name in _COLUMNS.split(", "))

    @property
    def judged(self) -> Outcome:
        """The outcome of its last reading."""
        return outcome_of(self.outcome)

    @property
    def listed(self) -> Listed:
        """What was said of it when it was last listed, which may be after it was last read."""
        later = aside_of(self.aside)[1] if self.aside is not None else None
        return later or self.read

    @property
    def read(self) -> Listed:
        """What was said of it when it was last read, or, if it never was, when it was first met."""
        return Listed(self.size, self.modified, self.etag, self.storage_class)


@dataclass(frozen=True, slots=True)
class Reading:
    """How an object was read: what is true of all objects of a run, and whether its etag can be relied on."""

    run: int
    circumstance: int
    trusted: bool


class ObjectTable:
    """Objects and their detections in a store; every change must be made inside a transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._places: dict[tuple[str, str], int] = {}

    def place(self, store: str, bucket: str) -> int:
        """The number of a bucket, or of a folder that was a target; made when it is new."""
        number = self._places.get((store, bucket))
        if number is None:
            key = (store, os.fsencode(bucket))
            self._store.write("INSERT OR IGNORE INTO place (store, bucket) VALUES (?, ?)", key)
            number = _number(self._store.one("SELECT id FROM place WHERE store = ? AND bucket = ?", key))
            self._places[store, bucket] = number
        return number

    def find(self, name: Name) -> Known | None:
        """What is kept of the object."""
        row: Any = self._store.one(_FIND, (self.place(name.store, name.bucket), name.key, name.version))
        return Known(*row) if row else None

    def within(self, place: int, cover: Cover) -> Iterator[tuple[int, Name, str]]:
        """Number, name and root of the objects of a place whose keys a cover may hold, less those that a finished run
        knew to be gone.
        """
        end = cover.prefix + b"\0" if cover.exact else cover.end
        values: dict[str, Value] = {"place": place, "from": cover.prefix, "end": end}
        for number, key, version, bucket in self._store.rows(_WITHIN, values):
            assert isinstance(number, int), "as the table has it"
            assert isinstance(key, bytes), "as the table has it"
            assert isinstance(bucket, bytes), "as the table has it"
            yield number, Name(cover.store, cover.bucket, key, str(version)), os.fsdecode(bucket)

    def named(self, number: int) -> tuple[Name, str]:
        """Name and root of an object that there is."""
        row: Any = self._store.one(_NAMED, (number,))
        store, bucket, key, version, root = row
        return Name(store, os.fsdecode(bucket), key, version), os.fsdecode(root)

    def add(self, result: ObjectResult, reading: Reading, detections: int, aside: str | None = None) -> int:
        """Keep an object that was not known; its number.

        :param aside: why it was not read; there is no reading of it then
        """
        name = name_of(result.object.ref)
        place = self.place(name.store, name.bucket)
        return self._store.write(_INSERT, (place, name.key, name.version, *self._values(result, reading, detections, aside)))

    def read(self, number: int, result: ObjectResult, reading: Reading, detections: int) -> None:
        """Keep a new reading of an object instead of the one before."""
        self._store.write(_READ, (*self._values(result, reading, detections, None), number))

    def set_aside(self, number: int, why: str, root: int) -> None:
        """Note that it was there, why it was not read, and how it was named."""
        self._store.write("UPDATE object SET aside = ?, root = ?, gone = NULL WHERE id = ?", (why, root, number))

    def set_gone(self, number: int, run: int) -> None:
        """Note that it is not there any more."""
        self._store.write("UPDATE object SET gone = ?, trusted = 0, aside = NULL WHERE id = ?", (run, number))

    def renamed(self, number: int, stored: StoredObject) -> None:
        """Note the facts of a listing that say nothing of the content."""
        root = self.place(stored.ref.store, stored.ref.bucket)
        values = (root, modified_in(stored), stored.storage_class or None, number)
        self._store.write("UPDATE object SET root = ?, modified = ?, class = ?, aside = NULL WHERE id = ?", values)

    def detections(self, number: int) -> dict[str, Row]:
        """All that was ever found in an object, by identifier."""
        rows = self._store.rows(f"SELECT {_ROW} FROM detection WHERE object = ?", (number,))  # noqa: S608 - our own words
        return {str(row[0]): row_of(row) for row in rows}

    def put(self, number: int, rows: Iterable[Row]) -> None:
        """Keep these rows of an object instead of those before."""
        for row in rows:
            self._store.write(_PUT, (number, *_columns(row)))

    def touch(self, entries: Iterable[tuple[int, Row]]) -> None:
        """Keep what these rows of objects say of runs; all else in them is as it was."""
        values = ((row.last_seen, row.new, row.changed, row.unseen, row.resolved, number, row.identifier) for number, row in entries)
        self._store.write_many(_TOUCH, values)

    def drop(self, number: int, identifiers: Iterable[str]) -> None:
        """Keep nothing of these identifiers."""
        for one in identifiers:
            self._store.write("DELETE FROM detection WHERE object = ? AND identifier = ?", (number, one))

    def _values(self, result: ObjectResult, reading: Reading, detections: int, aside: str | None) -> tuple[Value, ...]:
        stored = result.object
        return (
            self.place(stored.ref.store, stored.ref.bucket),
            stored.size,
            modified_in(stored),
            stored.etag,
            stored.storage_class or None,
            result.media_type or None,
            result.bytes_read,
            reading.run,
            reading.circumstance,
            int(reading.trusted),
            detections,
            None if aside else outcome_text(result.outcome),
            aside,
            None if aside else more_text(result),
            None,
        )


def modified_in(stored: StoredObject) -> int | None:
    """When it was last written, in microseconds since 1970; None if that is not known."""
    return (stored.modified - _EPOCH) // _TICK if stored.modified else None


def as_listed(ref: ObjectRef, listed: Listed) -> StoredObject:
    """The object of which a listing said so."""
    return StoredObject(ref, listed.size, moment_of(listed.modified), listed.etag, listed.storage_class or "")


def listed_as(stored: StoredObject) -> Listed:
    """What the listing says of it."""
    return Listed(stored.size, modified_in(stored), stored.etag, stored.storage_class or None)


def moment_of(modified: int | None) -> datetime | None:
    """The time that `modified_in` made the number of."""
    return _EPOCH + modified * _TICK if modified is not None else None


def row_of(values: Sequence[Any]) -> Row:
    """The columns of a detection as a row; `_ROW` names them."""
    identifier, count, confidence, severity, present, first, last, new, changed, unseen, resolved, resolution, blob = values
    return Row(
        identifier,
        count,
        confidence,
        Severity(severity) if severity else None,
        bool(present),
        first,
        last,
        new,
        changed,
        unseen,
        resolved,
        Resolution(resolution) if resolution else None,
        *places_of(blob),
    )


def _columns(row: Row) -> tuple[Value, ...]:
    return (
        row.identifier,
        row.count,
        row.confidence,
        row.severity.value if row.severity else None,
        int(row.present),
        row.first_seen,
        row.last_seen,
        row.new,
        row.changed,
        row.unseen,
        row.resolved,
        row.resolution.value if row.resolution else None,
        places_blob(row.occurrences, row.columns, capped=row.capped),
    )


def _number(row: Sequence[Value] | None) -> int:
    assert row is not None, "it was just put there"
    assert isinstance(row[0], int), "ids are numbers"
    return row[0]


def detection_of(row: Row) -> Detection:
    """The detection that the row keeps."""
    return Detection(row.identifier, row.count, Confidence(row.confidence), row.occurrences, row.columns, row.capped)
