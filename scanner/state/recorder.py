"""Remembers a run while it goes on: what need not be read again, what is committed of each object, what is gone.

with open_store(path, write=True) as store:
memory = Recorder(store)
scan = Scan(config, memory=memory)
...                                     # as without; every result carries its `life`
memory.finish(summary)                  # when the last sink is finished, and not before
"""

import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from identifiers.model import Identifier
from scanner.model.life import DetectionLife, ObjectLife, Resolution
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.severity import severity_of
from scanner.sources.base import Source
from scanner.sources.events import EventsSource
from scanner.state.circumstances import Circumstances
from scanner.state.codec import aside_text
from scanner.state.covers import Shadows, covers_of
from scanner.state.declared import declare
from scanner.state.lives import PASSING, Found, Look, Moment, Row, found, life_of, look_of, missed, recalled
from scanner.state.marks import Mark, behind, can_go_on, mark_of_last, mark_text
from scanner.state.names import Name, name_of, ref_of
from scanner.state.objects import Known, ObjectTable, Reading, listed_as, modified_in
from scanner.state.replay import GONE, as_result, stored_objects
from scanner.state.runs import begin_run, end_run, untold_runs
from scanner.state.seen import Seen
from scanner.state.store import Store

# A file that was written just before the run may be written once more within the same tick of its file system's clock, which
# leaves no trace in its time. Two seconds are FAT's tick, the longest there is.
_TICK_MICROSECONDS: Final = 2_000_000
_MOST_WAITING: Final = 1000


class Recorder:
    """The memory of one run.

    :param store: open for writing
    :param full: read everything, changed or not
    :param job: name of the job that the run belongs to
    :param go_on: of buckets, list only what lies behind the mark of the last run, if that was the same scan and broken off

    :ivar unseen: findings below folders that could not be entered, which no result tells of
    """

    def __init__(self, store: Store, *, full: bool = False, job: str | None = None, go_on: bool = False) -> None:
        self.store = store
        self.unseen = 0
        self._full = full
        self._go_on = go_on
        self._last: ObjectRef | None = None
        self._from: Mark | None = None
        self._unmarked = 0
        self._has_mark = False
        self._job = job
        self._table = ObjectTable(store)
        self._seen = Seen()
        self._shadows = Shadows()
        self._buckets: set[str] = set()
        self._waiting: list[tuple[int, Row]] = []
        self._renamed: list[tuple[int, StoredObject]] = []
        self._declared: set[str] = set()

    def begin(self, run: Run, circumstances: Circumstances, source: Source, identifiers: Mapping[str, Identifier], *, reveal: bool) -> None:
        """The run starts. Raises StateError, as everything here.

        :param identifiers: those that are looked for, by id
        :param reveal: values are wanted, which are not kept: what has findings is read again
        """
        self._identifiers = identifiers
        self._source = source
        self._reveal = reveal
        self._began = time.time_ns() // 1000
        with self.store.transaction():
            untold = untold_runs(self.store)
            self._circumstance = _circumstance(self.store, circumstances)
            self._has_mark = can_go_on(source)
            if self._go_on and self._has_mark and not self._full and not reveal:
                self._from = mark_of_last(self.store, run, self._circumstance)
            self.store.write("DELETE FROM object WHERE gone IS NOT NULL AND NOT EXISTS (SELECT 1 FROM detection WHERE object = object.id)")
            seq = begin_run(self.store, run, self._job)
            self._last = self._from.ref if self._from else None
        self._now = Moment(seq, run.started.timestamp(), untold)
        alike = self.store.rows("SELECT id FROM circumstance WHERE reading = ?", (circumstances.reading,))
        self._alike = {number for (number,) in alike}

    def listing_of(self, source: Source) -> Source:
        """What is to be listed: `source`, or what of it lies behind the mark."""
        return behind(source, self._from) if self._from else source

    def listed_before(self) -> Iterator[ObjectResult]:
        """The results of what a run that was broken off had listed and committed; nothing when it is listed again."""
        if self._from is None:
            return
        covers = list(covers_of(self._source))
        where = f"gone IS NULL AND seen_place.store = 's3' AND {_up_to(self._from)}"
        for known, result, rows in stored_objects(self.store, where, self._now.run):
            if not any(cover.holds(name_of(result.object.ref)) for cover in covers):
                continue
            self._seen.add(known.id)
            now = [recalled(self._now, row) for row in rows] if known.aside is None else rows
            self._waiting += [(known.id, row) for row in now]
            yield replace(result, life=ObjectLife(known.aside is None, self._lives(now)))

    @property
    def mark(self) -> ObjectRef | None:
        """The object behind which a run could go on listing that is broken off now; None if it must begin anew."""
        return self._last if self._has_mark else None

    def passed(self, ref: ObjectRef) -> None:
        """Everything up to this object, in the order of the listing, is committed or known."""
        self._last = ref
        self._unmarked += 1
        if self._has_mark and self._unmarked >= _MOST_WAITING:
            self._settle_now()

    def recall(self, stored: StoredObject) -> ObjectResult | None:
        """The result of a listed object that need not be read again; None if it must be."""
        known = self._table.find(name_of(stored.ref))
        if known is None or not self._as_it_was(known, stored):
            return None
        self._seen.add(known.id)
        self._note_bucket(stored)
        if known.aside is not None or known.modified != modified_in(stored) or known.root != self._root(stored):
            self._renamed.append((known.id, stored))
        result = self._result(stored, known)
        if len(self._waiting) + len(self._renamed) >= _MOST_WAITING:
            self._settle_now()
        return result

    def keep(self, results: Sequence[ObjectResult]) -> list[ObjectResult]:
        """Commit what became of some objects, all in one transaction; the results with what is known of their findings."""
        with self.store.transaction():
            self._settle()
            return [self._kept(result) for result in results]

    def vanished(self) -> Iterator[ObjectResult]:
        """Resolve what is not there any more; to be asked when the listing is over, and only if it is.

        Gives a result, skipped as gone, for each such object that had findings.
        """
        # Numbers alone: a folder with millions of objects may be gone.
        missing = array("Q", self._missing())
        for start in range(0, len(missing), _MOST_WAITING):
            with self.store.transaction():
                gone = [self._gone(number, *self._table.named(number)) for number in missing[start : start + _MOST_WAITING]]
            yield from (result for result in gone if result is not None)

    def finish(self, summary: Summary, *, delivered: bool = True) -> None:
        """The run is over and everything is reported: from now on what it found is known.

        :param delivered: False if one of the outputs did not take it, so that the next run tells it once more
        """
        self._settle_now()
        # Who listens to events is never done, and has told everything when it is stopped.
        ended = isinstance(self._source, EventsSource) or not summary.interrupted
        status = ("finished" if delivered else "undelivered") if ended else "interrupted"
        with self.store.transaction():
            end_run(self.store, self._now.run, summary, self._seen, status)

    def _as_it_was(self, known: Known, stored: StoredObject) -> bool:
        if self._full or known.gone is not None or not known.trusted or (self._reveal and known.detections):
            return False
        if not stored.etag or (known.etag, known.size) != (stored.etag, stored.size):
            return False
        if known.circumstance == self._circumstance and known.outcome is None:
            return True
        outcome = known.judged
        if outcome.reason in PASSING:
            return False
        # What no text came out of gives nothing to whatever is looked for.
        circumstances = {self._circumstance} if outcome.status in {Status.SCANNED, Status.PARTIAL} else self._alike
        return known.circumstance in circumstances

    def _result(self, stored: StoredObject, known: Known) -> ObjectResult:
        rows = self._recalled_rows(known)
        read = known if known.aside is None else replace(known, aside=None)
        return as_result(stored, read, rows, self._now.run)

    def _recalled_rows(self, known: Known) -> list[Row]:
        if not known.detections:
            return []
        rows = [recalled(self._now, row) for _, row in sorted(self._table.detections(known.id).items())]
        self._waiting += [(known.id, row) for row in rows]
        return rows

    def _settle_now(self) -> None:
        with self.store.transaction():
            self._settle()

    def _settle(self) -> None:
        """Write down what recalled objects left to be written."""
        self._table.touch(self._waiting)
        for number, stored in self._renamed:
            self._table.renamed(number, stored)
        self._waiting.clear()
        self._renamed.clear()
        if self._has_mark and self._last is not None and self._unmarked:
            mark = Mark(self._last.bucket, self._last.key, self._circumstance)
            self.store.write("UPDATE run SET mark = ? WHERE seq = ?", (mark_text(mark), self._now.run))
            self._unmarked = 0

    def _kept(self, result: ObjectResult) -> ObjectResult:
        name, outcome = name_of(result.object.ref), result.outcome
        self._note_bucket(result.object)
        known, look = self._table.find(name), look_of(outcome)
        if look is Look.AWAY:
            return self._passed_over(result, known)
        before = self._table.detections(known.id) if known and known.detections else {}
        if look is Look.GONE:
            rows = self._ended(before, Look.GONE, Resolution.DELETED)
        else:
            why = Resolution.RULES if known and _is_same(known, result.object) else Resolution.REMOVED
            rows = self._found_now(before, result) | self._ended(_without(before, result), look, why)
        number = self._write(result, known, rows, before, gone=look is Look.GONE)
        self._seen.add(number)
        return replace(result, life=ObjectLife(detections=self._lives(row for _, row in sorted(rows.items()))))

    def _found_now(self, before: Mapping[str, Row], result: ObjectResult) -> dict[str, Row]:
        rows = {}
        for detection in result.detections:
            identifier = self._identifiers[detection.identifier]
            self._declare(identifier)
            severity = severity_of(identifier, detection.count)
            rows[detection.identifier] = found(self._now, before.get(detection.identifier), Found(detection, severity))
        return rows

    def _ended(self, before: Mapping[str, Row], look: Look, why: Resolution) -> dict[str, Row]:
        ended = {identifier: missed(self._now, row, look, why) for identifier, row in before.items()}
        return {identifier: row for identifier, row in ended.items() if row is not None}

    def _write(self, result: ObjectResult, known: Known | None, rows: Mapping[str, Row], before: Mapping[str, Row], *, gone: bool) -> int:
        reading = Reading(self._now.run, self._circumstance, self._is_trusted(result.object))
        if known is None:
            number = self._table.add(result, reading, len(rows))
        else:
            number = known.id
            self._table.read(number, result, reading, len(rows))
        if gone:
            self._table.set_gone(number, self._now.run)
        self._table.put(number, rows.values())
        self._table.drop(number, before.keys() - rows.keys())
        return number

    def _passed_over(self, result: ObjectResult, known: Known | None) -> ObjectResult:
        """Of an object that was not read: its last reading stays, and so do its findings."""
        self._note_shadow(name_of(result.object.ref), result.outcome, result.object.etag)
        if known is None:
            reading = Reading(self._now.run, self._circumstance, trusted=False)
            self._seen.add(self._table.add(result, reading, 0, aside_text(result.outcome, None)))
            return replace(result, life=ObjectLife())
        self._seen.add(known.id)
        listed, root = listed_as(result.object), self._root(result.object)
        why = aside_text(result.outcome, listed if listed != known.read else None)
        if known.aside != why or known.root != root or known.gone is not None:
            self._table.set_aside(known.id, why, root)
        if not known.detections:
            return replace(result, life=ObjectLife())
        rows = self._ended(self._table.detections(known.id), Look.AWAY, Resolution.REMOVED)
        self._table.touch((known.id, row) for row in rows.values())
        return replace(result, life=ObjectLife(detections=self._lives(row for _, row in sorted(rows.items()))))

    def _note_shadow(self, name: Name, outcome: Outcome, etag: str) -> None:
        """What was listed and refused hides nothing; a folder that was not entered, or a bucket not listed to its end, does."""
        if etag or not (outcome.status is Status.FAILED or outcome.reason is Reason.SYMLINK or name.key.endswith(b"/")):
            return
        if name.store != "file":
            if outcome.status is Status.FAILED:
                self._shadows.add(name)
        else:
            self._shadows.add(name if name.key.endswith(b"/") else replace(name, key=name.key + b"/"))

    def _is_trusted(self, stored: StoredObject) -> bool:
        """Whether the object cannot change any more without another etag."""
        if not stored.etag or stored.ref.store != "file":
            return bool(stored.etag)
        modified = modified_in(stored)
        return modified is not None and modified + _TICK_MICROSECONDS < self._began

    def _note_bucket(self, stored: StoredObject) -> None:
        if stored.ref.store == "s3":
            self._buckets.add(stored.ref.bucket)

    def _missing(self) -> Iterator[int]:
        """Numbers of the known objects that the listing covered and did not meet."""
        # Covers may overlap.
        met = Seen()
        for cover in covers_of(self._source, sorted(self._buckets)):
            place = self._table.place(cover.store, cover.bucket)
            for number, name, _ in self._table.within(place, cover):
                if number not in self._seen and number not in met and cover.holds(name):
                    met.add(number)
                    yield number

    def _gone(self, number: int, name: Name, root: str) -> ObjectResult | None:
        before = self._table.detections(number)
        if self._shadows.over(name):
            rows = self._ended(before, Look.AWAY, Resolution.REMOVED)
            self._table.touch((number, row) for row in rows.values())
            self.unseen += any(row.is_open for row in rows.values())
            return None
        rows = self._ended(before, Look.GONE, Resolution.DELETED)
        self._table.put(number, rows.values())
        self._table.drop(number, before.keys() - rows.keys())
        self._table.set_gone(number, self._now.run)
        lives = self._lives(row for _, row in sorted(rows.items()))
        return ObjectResult(StoredObject(ref_of(name, root), 0), GONE, life=ObjectLife(detections=lives)) if lives else None

    def _declare(self, identifier: Identifier) -> None:
        """Keep enough of an identifier to report it when its declaration is not at hand."""
        if identifier.id not in self._declared:
            declare(self.store, identifier)
            self._declared.add(identifier.id)

    def _lives(self, rows: Iterable[Row]) -> tuple[DetectionLife, ...]:
        return tuple(life for row in rows if (life := life_of(self._now.run, row)))

    def _root(self, stored: StoredObject) -> int:
        return self._table.place(stored.ref.store, stored.ref.bucket)


def _circumstance(store: Store, circumstances: Circumstances) -> int:
    values = (circumstances.rules, circumstances.reading)
    store.write("INSERT OR IGNORE INTO circumstance (rules, reading) VALUES (?, ?)", values)
    row = store.one("SELECT id FROM circumstance WHERE rules = ? AND reading = ?", values)
    assert row is not None, "it was just put there"
    assert isinstance(row[0], int), "ids are numbers"
    return row[0]


def _up_to(mark: Mark) -> str:
    bucket, key = mark.bucket.encode().hex(), mark.key.encode().hex()
    return f"(seen_place.bucket < x'{bucket}' OR (seen_place.bucket = x'{bucket}' AND key <= x'{key}'))"


def _is_same(known: Known, stored: StoredObject) -> bool:
    return bool(stored.etag) and known.trusted and (known.etag, known.size) == (stored.etag, stored.size)


def _without(rows: Mapping[str, Row], result: ObjectResult) -> dict[str, Row]:
    now = {detection.identifier for detection in result.detections}
    return {identifier: row for identifier, row in rows.items() if identifier not in now}
