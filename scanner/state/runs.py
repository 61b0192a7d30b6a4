"""The runs in a store."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from scanner.errors import StateError
from scanner.model.records import Run, Summary
from scanner.state.seen import Seen
from scanner.state.store import Store

ENDED = "status IN ('finished', 'undelivered')"
"""An SQL condition on the table `run`: the run came to its end."""

_COLUMNS = "seq, job, status, started, ended, record, summary"


@dataclass(frozen=True, slots=True)
class RunEntry:
    """One start of a scan.

    :param seq: ascending in the order of starts
    :param job: name of the job it belongs to, if any
    :param status: `running` (or killed), `finished`, `undelivered` (finished, and an output could not be delivered), `interrupted`
    :param ended: None while it runs, and if it was killed
    :param summary: None as `ended`
    """

    seq: int
    job: str | None
    status: str
    started: datetime
    ended: datetime | None
    run: Run
    summary: Summary | None


def runs(store: Store, job: str | None = None) -> Iterator[RunEntry]:
    """The runs, the latest first.

    :param job: only those of this job
    """
    for row in store.rows(f"SELECT {_COLUMNS} FROM run WHERE ?1 IS NULL OR job = ?1 ORDER BY seq DESC", (job,)):  # noqa: S608
        yield _entry(row)


def find_run(store: Store, run_id: str | None = None) -> RunEntry:
    """The latest run that came to its end, or the latest whose id begins so. Raises StateError if there is none."""
    if run_id is None:
        row = store.one(f"SELECT {_COLUMNS} FROM run WHERE {ENDED} ORDER BY seq DESC")  # noqa: S608
        if row is None:
            raise StateError(f"{store.path}: no run has come to its end yet; `dowse scan --incremental` makes one")
    else:
        pattern = (run_id, len(run_id))
        row = store.one(f"SELECT {_COLUMNS} FROM run WHERE substr(id, 1, ?2) = ?1 ORDER BY seq DESC", pattern)  # noqa: S608
        if row is None or not run_id:
            raise StateError(f"{store.path}: no run has the id {run_id!r}; `dowse findings trend` lists them")
    return _entry(row)


def run_numbered(store: Store, seq: int) -> Run:
    """The record of the run with this number, which must be one of the store's."""
    row = store.one(f"SELECT {_COLUMNS} FROM run WHERE seq = ?", (seq,))  # noqa: S608
    assert row is not None, "runs are never taken out while objects name them"
    return _entry(row).run


def begin_run(store: Store, run: Run, job: str | None) -> int:
    """Note that a run starts; its number."""
    record = json.dumps({**asdict(run), "started": run.started.timestamp()}, default=str)
    values = (run.id, job, "running", run.started.timestamp(), record)
    return store.write("INSERT INTO run (id, job, status, started, record) VALUES (?, ?, ?, ?, ?)", values)


def end_run(store: Store, seq: int, summary: Summary, seen: Seen, status: str) -> None:
    """Note that a run is over, and what it met.

    :param status: as in RunEntry
    """
    values = (status, time.time(), json.dumps(asdict(summary)), seen.packed(), seq)
    store.write("UPDATE run SET status = ?, ended = ?, summary = ?, seen = ? WHERE seq = ?", values)


def untold_runs(store: Store) -> frozenset[int]:
    """Runs that did not come to their end, or of which somebody who was to be told was not."""
    return frozenset(int(seq) for (seq,) in store.rows("SELECT seq FROM run WHERE status <> 'finished'") if isinstance(seq, int))


def seen_in(store: Store, seq: int) -> Seen:
    """What a run met; nothing of one that was killed."""
    row = store.one("SELECT seen FROM run WHERE seq = ?", (seq,))
    packed = row[0] if row else None
    return Seen(packed) if isinstance(packed, bytes) else Seen()


def _entry(row: Any) -> RunEntry:  # noqa: ANN401 - the columns of a row
    seq, job, status, started, ended, record, summary = row
    kept = json.loads(record)
    run = Run(**{**kept, "started": _moment(kept["started"]), "targets": tuple(kept["targets"]), "identifiers": tuple(kept["identifiers"])})
    return RunEntry(seq, job, status, _moment(started), _moment(ended) if ended is not None else None, run, _summary(summary))


def _summary(text: str | None) -> Summary | None:
    if text is None:
        return None
    kept = json.loads(text)
    # One that an older Dowse wrote may lack members, one of a newer may have more.
    return Summary(**{field.name: kept[field.name] for field in fields(Summary) if field.name in kept})


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
