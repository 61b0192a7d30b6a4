"""Gives the records of a run out again, for any sink.

run, results, summary = replay(store)
sink.begin(run)
for result in results:
sink.write(result)
sink.finish(summary)
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scanner.errors import StateError
from scanner.model.life import ObjectLife
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.state.codec import allowed_of, aside_of, facts_of, outcome_of, problems_of
from scanner.state.lives import Row, life_of
from scanner.state.names import Name, ref_of
from scanner.state.objects import Known, ObjectTable, as_listed, detection_of
from scanner.state.runs import RunEntry, find_run, runs, seen_in
from scanner.state.seen import Seen
from scanner.state.store import Store

_OBJECTS = """
SELECT seen_place.store, seen_place.bucket, root_place.bucket, key, version, {columns}
FROM object JOIN place AS seen_place ON seen_place.id = object.place JOIN place AS root_place ON root_place.id = object.root
WHERE {where} ORDER BY seen_place.store, root_place.bucket, key, version
"""
_NAMES = """
SELECT object.id, seen_place.store, seen_place.bucket, root_place.bucket, key, version
FROM object JOIN place AS seen_place ON seen_place.id = object.place JOIN place AS root_place ON root_place.id = object.root
WHERE detections > 0
"""


def replay(store: Store, run_id: str | None = None) -> tuple[Run, Iterator[ObjectResult], Summary]:
    """The record of a run, the results of all objects that it met or found gone, in the order of their names, and its summary.

    Occurrences have no values: none are kept. Sinks need identifiers besides: `scanner.state.declared.declared(store)` has all
    that a result can name.

    :param run_id: its id, or how that begins; by default the run that was last finished
    :raises StateError: if there is no such run, it was not finished, or later runs looked at some of its objects again: only the
        last reading of an object is kept. Without `run_id` those are given as they are now.
    """
    entry = find_run(store, run_id)
    if entry.summary is None:
        raise StateError(f"{store.path}: run {entry.run.id} has not come to its end; run the same scan again and it will be completed")
    seen = seen_in(store, entry.seq)
    if run_id is not None:
        _check_latest(store, entry, seen)
    return entry.run, _results(store, entry.seq, seen), entry.summary


def stored_objects(store: Store, where: str, run: int) -> Iterator[tuple[Known, ObjectResult, list[Row]]]:
    """Objects as they are kept, in the order of their names: the row, the result, and all that was ever found in it.

    :param where: an SQL condition on the table `object`
    :param run: the run whose view on the findings' lives is taken
    """
    table = ObjectTable(store)
    for row in store.rows(_OBJECTS.format(columns=Known.columns(), where=where)):
        yield _result(table, run, row)


def objects_with_findings(store: Store) -> Iterator[tuple[int, ObjectRef]]:
    """Number and name of each object in which something is, or was, found; soon done, since nothing else of it is looked at."""
    for number, kind, bucket, root, key, version in store.rows(_NAMES):
        assert isinstance(number, int), "as the table has it"
        assert isinstance(bucket, bytes), "as the table has it"
        assert isinstance(root, bytes), "as the table has it"
        assert isinstance(key, bytes), "as the table has it"
        yield number, ref_of(Name(str(kind), os.fsdecode(bucket), key, str(version)), os.fsdecode(root))


def _results(store: Store, run: int, seen: Seen) -> Iterator[ObjectResult]:
    for known, result, _ in stored_objects(store, f"gone IS NULL OR gone = {run}", run):
        if known.id in seen:
            yield result
    for known, result, _ in stored_objects(store, f"gone = {run}", run):
        if known.id not in seen and result.life and result.life.detections:
            yield result


def _result(table: ObjectTable, run: int, row: Any) -> tuple[Known, ObjectResult, list[Row]]:  # noqa: ANN401 - the columns of a row
    store, bucket, root, key, version, *columns = row
    known = Known(*columns)
    name = Name(store, os.fsdecode(bucket), key, version)
    rows = [one for _, one in sorted(table.detections(known.id).items())] if known.detections else []
    stored = as_listed(ref_of(name, os.fsdecode(root)), known.listed)
    return known, as_result(stored, known, rows, run), rows


def as_result(stored: StoredObject, known: Known, rows: Sequence[Row], run: int) -> ObjectResult:
    """What is kept of an object, as `run` sees it."""
    unchanged = known.run < run and known.gone is None and known.aside is None
    life = ObjectLife(unchanged, tuple(one for row in rows if (one := life_of(run, row))) if rows else ())
    if known.gone is not None:
        # Of one that vanished when it was to be read the reason is kept.
        vanished = known.judged.reason is not Reason.GONE
        return ObjectResult(StoredObject(stored.ref, 0), GONE, life=life) if vanished else ObjectResult(stored, known.judged, life=life)
    if known.aside is not None:
        return ObjectResult(stored, aside_of(known.aside)[0], life=life)
    return ObjectResult(
        as_read(stored.ref, known),
        outcome_of(known.outcome),
        known.media or "",
        0 if unchanged else known.bytes_read,
        tuple(detection_of(row) for row in rows if row.present),
        problems_of(known.more),
        allowed_of(known.more),
        life=life,
    )


def as_read(ref: ObjectRef, known: Known) -> StoredObject:
    """The object as it was when it was last read, which may have changed since."""
    stored = as_listed(ref, known.read)
    return replace(stored, facts=facts) if (facts := facts_of(known.more)) else stored


GONE = Outcome(Status.SKIPPED, Reason.GONE, "it was there in an earlier run")
"""What becomes of an object that a run does not meet any more."""


def _check_latest(store: Store, entry: RunEntry, seen: Seen) -> None:
    later = [one for one in runs(store) if one.seq > entry.seq and not seen.isdisjoint(seen_in(store, one.seq))]
    overtaken = store.rows("SELECT id FROM object WHERE run > ?1 OR gone > ?1", (entry.seq,))
    if later or any(number in seen for (number,) in overtaken if isinstance(number, int)):
        raise StateError(
            f"{store.path}: run {entry.run.id} cannot be given out again: later runs looked at its objects, and only the last look is kept"
        )
