"""The findings in a state store: one for each object in which something is found, or was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from identifiers.model import Identifier
from scanner.findings.rules import Rule
from scanner.findings.screen import Screen, open_screen
from scanner.model.life import ObjectLife
from scanner.model.records import Run
from scanner.model.result import ObjectResult
from scanner.reports.finding import finding_record
from scanner.reports.options import SinkOptions
from scanner.reports.since import finding_key
from scanner.state.declared import declared
from scanner.state.lives import Row, life_of
from scanner.state.objects import detection_of
from scanner.state.replay import as_read, objects_with_findings, stored_objects
from scanner.state.runs import ENDED, run_numbered
from scanner.state.store import Store

Json = dict[str, Any]


class Status(StrEnum):
    """Whether a finding is to be dealt with."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding as the store has it.

    :param id: the same as long as the object has this name
    :param result: with the detections that are open; of a resolved finding, those that were last found
    :param shown: the same without what is suppressed
    :param run: that last read the object
    :param record: what `--format jsonl` writes of it
    """

    id: str
    status: Status
    result: ObjectResult
    shown: ObjectResult
    run: Run
    record: Json


class Findings:
    """Reads the findings of a store.

    :param rules: what is suppressed today
    """

    def __init__(self, store: Store, rules: tuple[Rule, ...], today: date) -> None:
        self._store = store
        self._screen: Screen = open_screen(rules, None, today)
        self._runs: dict[int, Run] = {}
        self.identifiers: Mapping[str, Identifier] = declared(store)
        latest = store.one(f"SELECT max(seq) FROM run WHERE {ENDED}")  # noqa: S608 - our own words
        self._latest = int(latest[0]) if latest and isinstance(latest[0], int) else 0

    @property
    def used(self) -> set[str]:
        """Ids of the rules that suppressed something of what was given out."""
        return self._screen.used

    def __iter__(self) -> Iterator[StoredFinding]:
        """All of them in the order of their objects' names."""
        for known, result, rows in stored_objects(self._store, "detections > 0", self._latest):
            finding = self._finding(known.run, replace(result, object=as_read(result.object.ref, known)), rows)
            if finding is not None:
                yield finding

    def named(self, name: str) -> Iterator[StoredFinding]:
        """Those whose id begins with `name`, or whose object has this path or URI; other objects are not looked into."""
        refs = objects_with_findings(self._store)
        numbers = [number for number, ref in refs if name in {ref.uri, ref.path} or finding_key(ref).startswith(name)]
        for number in numbers if name else ():
            for known, result, rows in stored_objects(self._store, f"object.id = {number}", self._latest):
                finding = self._finding(known.run, replace(result, object=as_read(result.object.ref, known)), rows)
                if finding is not None:
                    yield finding

    def _finding(self, run: int, result: ObjectResult, rows: list[Row]) -> StoredFinding | None:
        opened = [row for row in rows if row.is_open]
        ended = [row for row in rows if row.severity is not None and not row.is_open]
        if not opened and not ended:
            return None
        # Of an open finding only what ended in the latest run is told besides.
        lives = [life_of(self._latest, row) for row in rows] if opened else [life_of(0, row) for row in ended]
        life = ObjectLife(detections=tuple(one for one in lives if one is not None))
        whole = replace(result, detections=tuple(map(detection_of, opened or ended)), life=life)
        shown = self._screen(whole)
        by, options = self._run(run), SinkOptions(self.identifiers)
        told = replace(shown, life=life)
        record = finding_record(told, by, options) if opened else None
        status = Status.OPEN if record else Status.SUPPRESSED if opened else Status.RESOLVED
        if record is None:
            record = finding_record(replace(whole, hidden=shown.hidden), by, options)
        return _stored(status, whole, shown, by, record) if record else None

    def _run(self, seq: int) -> Run:
        if seq not in self._runs:
            self._runs[seq] = run_numbered(self._store, seq)
        return self._runs[seq]


def _stored(status: Status, whole: ObjectResult, shown: ObjectResult, run: Run, record: Json) -> StoredFinding:
    life: Json = {**record["life"], "status": status.value}
    changes = {"createdAt": life["firstSeen"], "updatedAt": life["lastSeen"], "archived": status is Status.SUPPRESSED, "life": life}
    return StoredFinding(life["findingId"], status, whole, shown, run, {**record, **changes})
