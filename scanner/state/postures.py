"""Remembers how buckets are set up, and what became of each finding on that since earlier runs.

with open_store(path, write=True) as store:
memory = PostureMemory(store)
remembered = memory.compare(report)     # what is new, changed, resolved since all earlier runs
...                                     # write the outputs
memory.keep(report, remembered, run)    # and not before; run says whether all took it: else it is told again
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from scanner.posture.changes import Changes, Key, Told, compare, keyed
from scanner.posture.finding_kinds import PolicyFinding
from scanner.posture.judged import Judged, PostureReport
from scanner.posture.lives import with_lives
from scanner.posture.records import Record
from scanner.state.store import Store

# What a run said that an output did not take is as if it had not been said.
_OPEN: Final = """
WITH untold AS (SELECT seq FROM posture_run WHERE delivered = 0)
SELECT policy.bucket, type, subject, severity, detail, first_seen, ifnull(posture.account, ''), new IN untold, ifnull(changed IN untold, 0)
FROM policy LEFT JOIN posture ON posture.store = policy.store AND posture.bucket = policy.bucket
WHERE policy.store = ?1 AND (resolved IS NULL OR resolved IN untold) AND ifnull(posture.endpoint, ?2) = ?2
"""
_PUT: Final = """
INSERT INTO policy (store, bucket, type, subject, severity, detail, first_seen, last_seen, new, changed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, NULL)
ON CONFLICT DO UPDATE SET severity = ?5, detail = ?6, last_seen = ?7, new = iif(?9 = 'new', ?8, new),
  changed = CASE ?9 WHEN 'new' THEN NULL WHEN 'changed' THEN ?8 ELSE changed END, resolved = NULL
"""
_ENDED: Final = "UPDATE policy SET resolved = ? WHERE store = ? AND bucket = ? AND type = ? AND subject = ?"
_SET: Final = "INSERT OR REPLACE INTO posture (store, bucket, endpoint, account, run, gone, record) VALUES (?, ?, ?, ?, ?, NULL, ?)"
_GONE: Final = "UPDATE posture SET gone = ? WHERE store = ? AND bucket = ?"
_LISTED: Final = "SELECT bucket FROM posture WHERE store = ? AND endpoint = ? AND account = ? AND gone IS NULL"


@dataclass(frozen=True, slots=True)
class PostureRun:
    """When buckets were looked at, and what was asked for.

    :param started: with time zone
    :param targets: in words
    :param delivered: False if an output did not take what it says, so that the next run says it once more
    """

    started: datetime
    targets: tuple[str, ...]
    delivered: bool = True


@dataclass(frozen=True, slots=True)
class Remembered:
    """What became of findings since all earlier runs.

    :param first_seen: of those that are not new, when the run began that saw them first
    :param ended: what was last said of those that are resolved
    """

    changes: Changes
    first_seen: Mapping[Key, datetime]
    ended: Mapping[Key, Told]


@dataclass(frozen=True, slots=True)
class KeptPosture:
    """What a store knows of buckets.

    :param run: the last one
    :param summary: its last record
    :param buckets: the latest record of each bucket that is not known to be gone, with the lives of its findings
    """

    run: PostureRun
    summary: Record
    buckets: tuple[Record, ...]


class PostureMemory:
    """Findings on the buckets of one kind of store.

    :param store: open for writing
    :param kind: `s3`, as in the names of objects
    :param endpoint: URL of an S3-compatible store; empty for the store's own
    """

    def __init__(self, store: Store, *, kind: str = "s3", endpoint: str = "") -> None:
        self.store = store
        self._kind = kind
        self._endpoint = endpoint

    def compare(self, report: PostureReport) -> Remembered:
        """What `report` changes in what is known. Nothing is written."""
        before: dict[Key, Told] = {}
        first: dict[Key, datetime] = {}
        untold_new, untold_changed = set[Key](), set[Key]()
        rows: Iterator[Any] = self.store.rows(_OPEN, (self._kind, self._endpoint))
        for bucket, kind, subject, severity, detail, seen, account, is_new, is_changed in rows:
            key = Key(bucket, kind, subject)
            before[key] = Told(severity, detail, account)
            first[key] = datetime.fromtimestamp(seen, UTC)
            if is_new or is_changed:
                (untold_new if is_new else untold_changed).add(key)
        changes = _once_more(compare(before, report), untold_new, untold_changed)
        return Remembered(changes, first, {key: before[key] for key in changes.resolved})

    def keep(self, report: PostureReport, remembered: Remembered, run: PostureRun) -> None:
        """The report is written: from now on what it says is known, and if all outputs took it, known to have been told."""
        lives = lives_of(remembered)
        with self.store.transaction():
            number = self._begun(report, run)
            for one in report.buckets:
                self._set(one, number)
            for key, finding in keyed(report.findings):
                self._put(key, finding, run, (number, lives[key]["life"]))
            for key in remembered.changes.resolved:
                self.store.write(_ENDED, (number, self._kind, *key))
            for bucket in self._vanished(report):
                self.store.write(_GONE, (number, self._kind, bucket))

    def _begun(self, report: PostureReport, run: PostureRun) -> int:
        summary = {**report.summary, "roles": None if report.roles is None else [one.record for one in report.roles]}
        values = (run.started.timestamp(), json.dumps(run.targets), json.dumps(summary), run.delivered)
        return self.store.write("INSERT INTO posture_run (started, targets, summary, delivered) VALUES (?, ?, ?, ?)", values)

    def _set(self, one: Judged, number: int) -> None:
        settings = one.verdicts.settings
        record = zlib.compress(json.dumps(one.record).encode())
        self.store.write(_SET, (self._kind, settings.name, self._endpoint, settings.account or "", number, record))

    def _put(self, key: Key, finding: PolicyFinding, run: PostureRun, now: tuple[int, str]) -> None:
        """:param now: number of the run, and what became of the finding in it"""
        told = (finding.severity.name.lower(), finding.detail)
        self.store.write(_PUT, (self._kind, *key, *told, run.started.timestamp(), *now))

    def _vanished(self, report: PostureReport) -> list[str]:
        met = {one.verdicts.settings.name for one in report.buckets}
        known = [str(name) for account in report.listed for (name,) in self.store.rows(_LISTED, (self._kind, self._endpoint, account))]
        return [name for name in known if name not in met]


def kept_posture(store: Store) -> KeptPosture | None:
    """What is known of buckets; None if nobody has looked at any."""
    row: Any = store.one("SELECT seq, started, targets, summary FROM posture_run ORDER BY seq DESC")
    if row is None:
        return None
    _, started, targets, summary = row
    run = PostureRun(datetime.fromtimestamp(started, UTC), tuple(json.loads(targets)))
    found: Iterator[Any] = store.rows("SELECT record FROM posture WHERE gone IS NULL ORDER BY store, bucket")
    lives = _lives(store)
    return KeptPosture(run, json.loads(summary), tuple(with_lives(json.loads(zlib.decompress(record)), lives) for (record,) in found))


def lives_of(remembered: Remembered) -> dict[Key, Record]:
    """What a run says of the life of each finding that it has."""
    lives: dict[Key, Record] = {}
    changes = remembered.changes
    for word, keys in (("new", changes.opened), ("changed", changes.changed), ("unchanged", changes.still_open)):
        for key in keys:
            first = remembered.first_seen.get(key)
            lives[key] = {"life": word} | ({"firstSeen": first.isoformat()} if first else {})
    return lives


def _once_more(changes: Changes, untold_new: set[Key], untold_changed: set[Key]) -> Changes:
    """The changes, with those that an earlier run found and could not tell."""
    met = changes.changed | changes.still_open
    opened, changed = met & untold_new, changes.changed | (changes.still_open & untold_changed)
    return replace(changes, opened=changes.opened | opened, changed=changed - opened, still_open=changes.still_open - opened - changed)


def _lives(store: Store) -> dict[Key, Record]:
    """As the last run that looked at each bucket left them."""
    rows: Iterator[Any] = store.rows(
        """SELECT policy.bucket, type, subject, first_seen, new = posture.run, ifnull(changed = posture.run, 0)
        FROM policy JOIN posture ON posture.store = policy.store AND posture.bucket = policy.bucket WHERE resolved IS NULL"""
    )
    return {
        Key(bucket, kind, subject): {
            "life": "new" if new else "changed" if changed else "unchanged",
            "firstSeen": datetime.fromtimestamp(first, UTC).isoformat(),
        }
        for bucket, kind, subject, first, new, changed in rows
    }
