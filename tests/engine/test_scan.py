"""Whole runs, with real worker processes."""

import csv
import io
import json
import os
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.plan import TaskSizes
from scanner.engine.progress import Progress
from scanner.engine.scan import Scan
from scanner.errors import ConfigError, TargetError
from scanner.model.location import CellLocation, LineLocation, RecordLocation
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.result import ObjectResult
from tests.engine.doubles import COLOUR, Shelf, ref

NOWHERE = {"XDG_STATE_HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"}
SMALL = TaskSizes(batch_objects=4, batch_bytes=2000, part_bytes=5000)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1700000000"}


def scan_of(shelf: Shelf, environment: Mapping[str, str], *, workers: int, timeout: float = 60, sizes: TaskSizes | None = None) -> Scan:
    config = ScanConfig(("shelf",), workers=WorkerConfig(workers, timeout, 2 << 30))
    return Scan(config, identifiers=(COLOUR,), source=shelf, environment=environment, sizes=sizes)


def table(rows: int) -> bytes:
    """Cells with line feeds, so that cuts fall inside quotes, and paint here and there."""
    rng = random.Random(7)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["number", "note", "paint"])
    for number in range(rows):
        note = "\n".join("word" * rng.randrange(1, 9) for _ in range(rng.randrange(1, 6)))
        writer.writerow([number, note, rng.choice(["red", "green", "none", "blue"])])
    return text.getvalue().encode()


def records(rows: int) -> bytes:
    rng = random.Random(7)
    paints = ["red", "green", None, "blue"]
    return b"".join(json.dumps({"number": number, "paint": rng.choice(paints)}).encode() + b"\n" for number in range(rows))


def parquet(rows: int) -> bytes:
    rng = random.Random(7)
    file = io.BytesIO()
    paint = [rng.choice(["red", "green", "blue", f"nothing in {number}"]) for number in range(rows)]
    pq.write_table(pa.table({"number": range(rows), "paint": paint}), file, row_group_size=rows // 20)
    return file.getvalue()


def prose(lines: int) -> bytes:
    rng = random.Random(7)
    return b"".join(rng.choice([b"a red house\n", b"some long green meadow\n", b"\n", b"blue\n"]) for _ in range(lines))


CONTENTS: dict[str, bytes | str] = {
    **{f"a{number:02}.txt": b"red\n" * number for number in range(30)},
    "b.txt": prose(3000),
    "c.csv": table(400),
    "d.png": b"\x89PNG\r\n\x1a\n" + bytes(6000),
    "e": "denied",
    "f": "stumble",
    "g": "gone",
}
KEYS = sorted([*CONTENTS, "a05", "h"])


def test_the_results_are_the_same_whatever_the_number_of_workers(environment: dict[str, str]) -> None:
    shelf = Shelf(CONTENTS, unlisted=("a05", "h"), here=("a07.txt",))
    alone = list(scan_of(shelf, environment, workers=0, sizes=SMALL))
    assert [result.object.ref.key for result in alone] == KEYS
    for workers in (1, 3):
        assert list(scan_of(shelf, environment, workers=workers, sizes=SMALL)) == alone


def test_an_object_read_in_parts_gives_what_it_gives_as_a_whole(environment: dict[str, str]) -> None:
    shelf = Shelf({"b.txt": prose(3000), "c.csv": table(400), "d.jsonl": records(1000), "e.parquet": parquet(2000)})
    parts = list(scan_of(shelf, environment, workers=2, sizes=SMALL))
    assert parts == list(scan_of(shelf, environment, workers=0))
    assert [result.outcome for result in parts] == [SCANNED] * 4
    assert min(result.object.size for result in parts) > 4 * SMALL.part_bytes
    text, cells, lines, rows = (result.detections[0] for result in parts)
    assert text.count == prose(3000).count(b"red") + prose(3000).count(b"blue")
    assert cells.count == table(400).count(b",red") + table(400).count(b",blue")
    assert lines.count == records(1000).count(b"red") + records(1000).count(b"blue")
    kinds = [type(found.occurrences[-1].location) for found in (text, cells, lines, rows)]
    assert kinds == [LineLocation, CellLocation, RecordLocation, RecordLocation]


def test_every_object_has_one_outcome_however_its_reading_ends(environment: dict[str, str]) -> None:
    harms: dict[str, bytes | str] = {harm: harm for harm in ("abort", "denied", "eat", "gone", "killed", "leave", "stumble")}
    plain: dict[str, bytes | str] = {f"p{number:02}.txt": b"red\n" for number in range(20)}
    scan = scan_of(Shelf(harms | plain), environment, workers=2)
    results = list(scan)
    assert [result.object.ref.key for result in results] == sorted(harms | plain)
    outcomes = {result.object.ref.key: (result.outcome.status, result.outcome.reason) for result in results}
    assert outcomes == {
        "abort": (Status.FAILED, Reason.CRASH),
        "denied": (Status.FAILED, Reason.ACCESS_DENIED),
        "eat": (Status.FAILED, Reason.OUT_OF_MEMORY),
        "gone": (Status.SKIPPED, Reason.GONE),
        "killed": (Status.FAILED, Reason.OUT_OF_MEMORY),
        "leave": (Status.FAILED, Reason.CRASH),
        "stumble": (Status.FAILED, Reason.CRASH),
        **dict.fromkeys(plain, (Status.SCANNED, None)),
    }
    assert {result.detections[0].count for result in results if result.outcome == SCANNED} == {1}
    assert "SIGABRT" in results[0].outcome.detail
    assert not scan.summary().complete


def test_an_object_that_hangs_fails_after_two_attempts(environment: dict[str, str]) -> None:
    (result,) = scan_of(Shelf({"a": "hang"}), environment, workers=1, timeout=0.3)
    assert result.outcome == Outcome(Status.FAILED, Reason.TIMEOUT, "twice: no result within 0.5 s, so its process was killed")


def test_an_object_that_kills_its_worker_once_is_scanned(environment: dict[str, str], tmp_path: Path) -> None:
    (result,) = scan_of(Shelf({"a.txt": "abort"}, once=str(tmp_path)), environment, workers=1)
    assert (result.outcome, result.detections[0].count) == (SCANNED, 1)


def test_nothing_is_started_when_there_is_nothing_to_read(environment: dict[str, str]) -> None:
    scan = scan_of(Shelf({}, unlisted=("a",)), environment, workers=2)
    assert [result.outcome for result in scan] == [Outcome(Status.SKIPPED, Reason.EXCLUDED, "as asked")]
    assert (scan._executors._pool, scan._executors._here, scan._executors._detector) == (None, None, None)


def test_workers_end_when_nobody_wants_more_results(environment: dict[str, str]) -> None:
    scan = scan_of(Shelf({f"{number}": b"red" for number in range(300)}), environment, workers=2)
    results = iter(scan)
    next(results)
    pool = scan._executors._pool
    assert pool
    workers = [worker._process for worker in pool._all]
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert all(worker.poll() is not None for worker in workers)
    assert not scan.summary().complete


def test_the_summary_counts_what_was_given_out(environment: dict[str, str]) -> None:
    shelf = Shelf({"a.txt": b"red", "b.txt": b"red blue red", "c.png": b"\x89PNG\r\n\x1a\n" + bytes(12), "d": "gone"}, unlisted=("x",))
    scan = scan_of(shelf, environment, workers=0)
    list(scan)
    summary = scan.summary()
    assert (summary.objects, summary.bytes_listed, summary.bytes_read) == (5, 3 + 12 + 20 + 4 + 7, 3 + 12)
    assert summary.outcomes == {"scanned": 2, "skipped": 3}
    assert summary.reasons == {"skipped:excluded": 1, "skipped:gone": 1, "skipped:unsupported_type": 1}
    assert summary.findings == {"high": 1, "low": 1}
    assert summary.occurrences == {"COLOUR": 4}
    assert (summary.seconds, summary.complete) == (0.0, True)


def test_progress_ends_where_the_run_ends(environment: dict[str, str]) -> None:
    events: list[Progress] = []
    shelf = Shelf({f"{number}.txt": b"red\n" for number in range(9)}, unlisted=("x",))
    config = ScanConfig(("shelf",), workers=WorkerConfig(0))
    list(Scan(config, identifiers=(COLOUR,), source=shelf, environment=environment, sizes=SMALL, on_progress=events.append))
    assert events[-1] == Progress(10, 36, 10, 36, None, listed_all=True)
    assert [event.objects_done for event in events] == sorted(event.objects_done for event in events)


def test_the_run_record_does_not_depend_on_how_the_work_is_spread(environment: dict[str, str]) -> None:
    one, three = (scan_of(Shelf({}), environment, workers=workers).run for workers in (1, 3))
    assert one == three
    assert (one.targets, one.identifiers, one.settings["min_confidence"]) == (("shelf",), ("COLOUR",), "medium")
    assert replace(one, id="") == replace(three, id="")
    other = ScanConfig(("shelf",), max_occurrences=7, workers=WorkerConfig(1))
    assert Scan(other, identifiers=(COLOUR,), source=Shelf({}), environment=environment).run.id != one.id


def test_real_folders_are_scanned_and_unreadable_targets_are_refused(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("blue\n")
    config = ScanConfig((str(tmp_path / "in"),), workers=WorkerConfig(1))
    (result,) = Scan(config, identifiers=(COLOUR,), environment=environment)
    assert (os.path.basename(result.object.ref.key), result.detections[0].count) == ("a.txt", 1)
    with pytest.raises(TargetError, match="there is no such file or folder"):
        Scan(ScanConfig((str(tmp_path / "none"),)), identifiers=(COLOUR,), environment=environment)


def test_a_run_that_looks_for_nothing_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no identifier is selected, so nothing could be found"):
        Scan(ScanConfig((str(tmp_path),), select=("none",)), environment=environment)


def test_a_key_for_this_run_only_is_a_warning() -> None:
    scan = Scan(ScanConfig(("shelf",)), identifiers=(COLOUR,), source=Shelf({}), environment=NOWHERE)
    assert scan.warnings == (
        "/dev/null/dowse/key: cannot be used (Not a directory); fingerprints of this run cannot be compared with those of others",
    )


def test_equal_values_have_equal_fingerprints_from_run_to_run(environment: dict[str, str]) -> None:
    def fingerprints(result: ObjectResult) -> list[str]:
        return [one.fingerprint for one in result.detections[0].occurrences]

    (first,) = scan_of(Shelf({"a.txt": b"red blue"}), environment, workers=0)
    (second,) = scan_of(Shelf({"b.txt": b"blue red"}), environment, workers=0)
    assert first.object.ref == ref("a.txt")
    assert fingerprints(first) == fingerprints(second)[::-1]
