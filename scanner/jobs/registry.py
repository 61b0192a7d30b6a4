"""Keeps jobs and what became of their runs."""

import fcntl
import json
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Final, Self

from scanner.engine.state_folders import folder_below
from scanner.errors import ConfigError
from scanner.jobs import lifecycle
from scanner.jobs.database import connect, explained, transaction
from scanner.jobs.entries import Call, Cause, JobEntry, RunEntry
from scanner.jobs.lifecycle import JobStatus, RunStatus
from scanner.jobs.loader import parse_job

_DIED: Final = "its process ended without a word; the next run goes on from there"
_PATIENCE: Final = 0.5
_Transition = Callable[[str, JobStatus], JobStatus]


def default_folder(environment: Mapping[str, str]) -> str:
    """`dowse/jobs` below `XDG_STATE_HOME`, by default `~/.local/state`."""
    return os.path.join(folder_below(environment, "XDG_STATE_HOME", os.path.join(".local", "state")), "jobs")


class Registry:
    """The jobs in one folder. A context manager that closes it.

    Every process may have one open at any time: each call is one short transaction. A job whose process was killed is found out
    when it is next looked at.

    :param folder: is made when it is missing; has `jobs.db`, and a folder for each job
    :raises ConfigError: if it cannot be used; as every method

    :ivar broken: jobs that `jobs` found to be of no use, and why
    """

    def __init__(self, folder: str) -> None:
        self._folder = os.path.abspath(folder)
        self._path = os.path.join(self._folder, "jobs.db")
        self._connection = connect(self._path)
        self.broken: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def folder_of(self, entry: JobEntry) -> str:
        """Where the job's own files lie; it is there, for its owner only."""
        folder = os.path.join(self._folder, entry.id)
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"{folder}: cannot be made: {error.strerror}; name another folder with --folder") from None
        return folder

    def state_of(self, entry: JobEntry) -> str:
        """The state store of its runs: one of its own, unless its file names one."""
        return entry.job.state or os.path.join(self.folder_of(entry), "state.db")

    def add(self, text: str, where: str, folder: str, now: datetime, *, copied_from: JobEntry | None = None) -> JobEntry:
        """Keep a new job.

        :param text: of its file `where`
        :param folder: what relative paths in it count from
        :raises ConfigError: if the job is not right, or one of its name is there
        """
        job = parse_job(text, where, folder)
        values = (secrets.token_hex(16), job.name, text, os.path.abspath(folder), now.isoformat(), JobStatus.IDLE, now.isoformat())
        with self._transaction():
            if self._connection.execute("SELECT 1 FROM job WHERE name = ?", (job.name,)).fetchone():
                raise ConfigError(f"{where}: name: there is a job {job.name!r}; jobs are never changed, so give this one another name")
            origin = copied_from.id if copied_from else None
            self._connection.execute("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*values, origin))
        return self.job(job.name)

    def jobs(self) -> list[JobEntry]:
        """All jobs by name that can be used.

        One whose text says something that does not hold here any more (a time zone that the system lacks, say) is no concern of
        the others; it stands in `broken`.
        """
        with explained(self._path):
            rows = self._connection.execute("SELECT * FROM job ORDER BY name").fetchall()
        self.broken = {}
        entries = []
        for row in rows:
            try:
                parse_job(row["text"], f"job {row['name']}", row["folder"])
            except ConfigError as error:
                if row["status"] != JobStatus.CANCELLED:
                    self.broken[row["name"]] = str(error)
            else:
                entries.append(self._entry(row))
        return entries

    def job(self, word: str) -> JobEntry:
        """The job of this name or id. Raises ConfigError if there is none."""
        with explained(self._path):
            row = self._connection.execute("SELECT * FROM job WHERE name = ? OR id = ?", (word, word)).fetchone()
        if row is None:
            known = ", ".join(repr(one.job.name) for one in self.jobs())
            remedy = f"known are: {known}" if known else "known are: none; `dowse jobs add FILE` adds one"
            raise ConfigError(f"{self._folder}: there is no job {word!r}; {remedy}")
        return self._entry(row)

    def text_of(self, name: str) -> str | None:
        """The text of the job of this name; None if there is none."""
        with explained(self._path):
            row = self._connection.execute("SELECT text FROM job WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row["text"])

    def status(self, entry: JobEntry) -> JobStatus:
        """The job's state as it is now, without a look at anything else."""
        with explained(self._path):
            row = self._connection.execute("SELECT status FROM job WHERE id = ?", (entry.id,)).fetchone()
        return JobStatus(row["status"])

    def runs(self, entry: JobEntry) -> list[RunEntry]:
        """The job's runs, the first one first."""
        with explained(self._path):
            rows = self._connection.execute("SELECT * FROM run WHERE job = ? ORDER BY number", (entry.id,)).fetchall()
        return [_run(row) for row in rows]

    def pause(self, entry: JobEntry) -> JobEntry:
        """Have a running run end soon, and let no other begin."""
        return self._move(entry, lifecycle.paused)

    def resume(self, entry: JobEntry) -> JobEntry:
        """Let a paused job go on."""
        return self._move(entry, lifecycle.resumed)

    def cancel(self, entry: JobEntry) -> JobEntry:
        """Have a running run end soon, and let none begin ever again."""
        return self._move(entry, lifecycle.cancelled)

    def cancel_broken(self, name: str) -> bool:
        """Cancel a job that is of no use, as `broken` has it; whether there is such a one."""
        self.jobs()
        if name not in self.broken:
            return False
        with self._transaction():
            self._connection.execute("UPDATE job SET status = ? WHERE name = ?", (JobStatus.CANCELLED, name))
        return True

    def out_of_quota(self, entry: JobEntry) -> JobEntry:
        """Let a running job rest until next month, unless somebody paused or cancelled it meanwhile."""
        with self._transaction():
            values = (JobStatus.PAUSED, entry.id, JobStatus.RUNNING)
            self._connection.execute("UPDATE job SET status = ? WHERE id = ? AND status = ?", values)
        return self.job(entry.id)

    def read_since(self, entry: JobEntry, moment: datetime) -> int:
        """Bytes that the job's runs read which began at `moment` or later; those that are not over are not counted."""
        return sum(int(str(run.summary.get("bytes_read", 0))) for run in self.runs(entry) if run.started >= moment)

    @contextmanager
    def running(self, entry: JobEntry, call: Call, now: datetime) -> Iterator[RunEntry]:
        """A run of the job, which is this process's alone until the block ends. What it came to is told by `finish`.

        :raises ConfigError: if the job may not be run now, or another process runs it
        """
        # Somebody who only looks whether a run has died holds the lock for a moment.
        with self._lock(entry, patience=_PATIENCE) as locked:
            if not locked:
                raise ConfigError(f"job {entry.job.name!r} is running; wait for its end, or pause it")
            yield self._begin(entry, call, now)

    def finish(self, entry: JobEntry, run: RunEntry) -> JobEntry:
        """Keep what became of a run, and the job's state after it.

        :param run: with its end, its status and its summary
        """
        ended = run.ended.isoformat() if run.ended else None
        values = (run.status, ended, run.detail, json.dumps(run.summary), entry.id, run.number)
        with self._transaction():
            self._connection.execute("UPDATE run SET status = ?, ended = ?, detail = ?, summary = ? WHERE job = ? AND number = ?", values)
            # Unless somebody paused or cancelled it meanwhile.
            over = entry.job.schedule is None and run.status in (RunStatus.COMPLETE, RunStatus.INCOMPLETE)
            after = JobStatus.COMPLETE if over else JobStatus.IDLE
            self._connection.execute("UPDATE job SET status = ? WHERE id = ? AND status = ?", (after, entry.id, JobStatus.RUNNING))
        return self.job(entry.id)

    def _begin(self, entry: JobEntry, call: Call, now: datetime) -> RunEntry:
        with self._transaction():
            self._recover(entry.id)
            lifecycle.runnable(entry.job.name, self.status(entry), lifted=call.cause is Cause.RESUMED)
            (number,) = self._connection.execute("SELECT coalesce(max(number), 0) + 1 FROM run WHERE job = ?", (entry.id,)).fetchone()
            run = RunEntry(number, RunStatus.RUNNING, call.cause, call.slot, call.missed, now)
            slot = call.slot.isoformat() if call.slot else None
            values = (entry.id, number, run.status, run.cause, slot, run.missed, now.isoformat())
            self._connection.execute(
                "INSERT INTO run (job, number, status, cause, slot, missed, started) VALUES (?, ?, ?, ?, ?, ?, ?)", values
            )
            # Whatever fell due before a run began is made good by it.
            self._connection.execute(
                "UPDATE job SET status = ?, anchor = max(anchor, ?) WHERE id = ?", (JobStatus.RUNNING, now.isoformat(), entry.id)
            )
        return run

    def _move(self, entry: JobEntry, transition: _Transition) -> JobEntry:
        with self._transaction():
            after = transition(entry.job.name, self.status(entry))
            self._connection.execute("UPDATE job SET status = ? WHERE id = ?", (after, entry.id))
        return self.job(entry.id)

    def _entry(self, row: sqlite3.Row) -> JobEntry:
        entry = self._read(row)
        if entry.last_run is None or entry.last_run.status is not RunStatus.RUNNING:
            return entry
        with self._lock(entry) as locked:
            if not locked:
                return entry
            with self._transaction():
                self._recover(entry.id)
        with explained(self._path):
            return self._read(self._connection.execute("SELECT * FROM job WHERE id = ?", (entry.id,)).fetchone())

    def _read(self, row: sqlite3.Row) -> JobEntry:
        with explained(self._path):
            last = self._connection.execute("SELECT * FROM run WHERE job = ? ORDER BY number DESC LIMIT 1", (row["id"],)).fetchone()
        return JobEntry(
            id=row["id"],
            job=parse_job(row["text"], f"job {row['name']}", row["folder"]),
            text=row["text"],
            folder=row["folder"],
            created=datetime.fromisoformat(row["created"]),
            status=JobStatus(row["status"]),
            anchor=datetime.fromisoformat(row["anchor"]),
            copied_from=row["copied_from"],
            last_run=_run(last) if last else None,
        )

    def _recover(self, job: str) -> None:
        """Nobody runs the job: the lock is ours. A run that says that it is running has died."""
        values = (RunStatus.DIED, _DIED, job, RunStatus.RUNNING)
        self._connection.execute("UPDATE run SET status = ?, detail = ? WHERE job = ? AND status = ?", values)
        self._connection.execute("UPDATE job SET status = ? WHERE id = ? AND status = ?", (JobStatus.IDLE, job, JobStatus.RUNNING))

    @contextmanager
    def _lock(self, entry: JobEntry, patience: float = 0.0) -> Iterator[bool]:
        """Whether nobody else runs the job; so it stays until the block ends. The system releases it when a process ends.

        :param patience: seconds to wait for it
        """
        path = os.path.join(self.folder_of(entry), "lock")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise ConfigError(f"{path}: cannot be made: {error.strerror}; name another folder with --folder") from None
        try:
            yield _locked(descriptor, time.monotonic() + patience)
        finally:
            os.close(descriptor)

    def _transaction(self) -> AbstractContextManager[None]:
        return transaction(self._path, self._connection)


def _locked(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True


def _run(row: sqlite3.Row) -> RunEntry:
    return RunEntry(
        number=row["number"],
        status=RunStatus(row["status"]),
        cause=Cause(row["cause"]),
        slot=datetime.fromisoformat(row["slot"]) if row["slot"] else None,
        missed=row["missed"],
        started=datetime.fromisoformat(row["started"]),
        ended=datetime.fromisoformat(row["ended"]) if row["ended"] else None,
        detail=row["detail"],
        summary=json.loads(row["summary"]) if row["summary"] else {},
    )
