"""Findings on buckets in the state store, from run to run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scanner.posture.changes import Key
from scanner.posture.judged import Judged, PostureReport
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import policy_findings
from scanner.posture.verdicts import judge
from scanner.state.postures import PostureMemory, PostureRun, Remembered, kept_posture
from scanner.state.schema import APPLICATION, MIGRATIONS
from scanner.state.store import Store, open_store
from scanner.state.upkeep import problems, vacuum
from tests.posture.bucket_settings import ALL_ON, NOT_KNOWN, OWNER, settings

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
NO_VERSIONS, NO_LOGS = "Policy:Dowse/S3NoVersioning", "Policy:Dowse/S3NoLogging"
QUIET: dict[str, Any] = {"block": ALL_ON, "encryption": NOT_KNOWN}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "state.db"), write=True) as opened:
        yield opened


def bucket(name: str = "b", **changed: Any) -> Judged:
    verdicts = judge(settings(**(QUIET | {"name": name} | changed)), Trusted())
    # Plain http is accepted everywhere here; one finding less to name.
    return Judged(verdicts, tuple(one for one in policy_findings(verdicts) if not one.type.endswith("S3TlsNotEnforced")))


def report(*buckets: Judged, listed: bool = True) -> PostureReport:
    return PostureReport(buckets, (), listed=frozenset([OWNER]) if listed else frozenset())


def run(store: Store, day: int, told: PostureReport, endpoint: str = "", *, keep: bool = True, delivered: bool = True) -> Remembered:
    memory = PostureMemory(store, endpoint=endpoint)
    remembered = memory.compare(told)
    if keep:
        memory.keep(told, remembered, PostureRun(BEGAN + timedelta(days=day), ("all buckets",), delivered))
    return remembered


def lives(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    """Bucket and type -> life and the day on which it was first seen."""
    kept = kept_posture(store)
    assert kept is not None
    return {
        (record["bucketName"], one["type"]): (one["life"], one["firstSeen"][:10]) for record in kept.buckets for one in record["findings"]
    }


def test_a_finding_opens_goes_on_ends_and_opens_again(store: Store) -> None:
    sloppy, tidy = report(bucket(versioning="Disabled")), report(bucket())
    key = Key("b", NO_VERSIONS)

    assert run(store, 0, sloppy).changes.opened == {key}
    assert lives(store) == {("b", NO_VERSIONS): ("new", "2026-03-01")}
    assert run(store, 1, sloppy).changes.still_open == {key}
    assert lives(store) == {("b", NO_VERSIONS): ("unchanged", "2026-03-01")}
    assert run(store, 2, tidy).changes.resolved == (key,)
    assert lives(store) == {}
    assert run(store, 3, sloppy).changes.opened == {key}
    assert lives(store) == {("b", NO_VERSIONS): ("new", "2026-03-01")}


def test_another_detail_is_a_change_and_is_told_once(store: Store) -> None:
    run(store, 0, report(bucket(versioning="Disabled")))

    assert run(store, 1, report(bucket(versioning="Suspended"))).changes.changed == {Key("b", NO_VERSIONS)}
    assert lives(store) == {("b", NO_VERSIONS): ("changed", "2026-03-01")}
    assert run(store, 2, report(bucket(versioning="Suspended"))).changes.changed == frozenset()
    assert lives(store) == {("b", NO_VERSIONS): ("unchanged", "2026-03-01")}


def test_what_is_not_known_any_more_stays_open(store: Store) -> None:
    run(store, 0, report(bucket(versioning="Disabled")))

    assert run(store, 1, report(bucket(versioning=NOT_KNOWN))).changes.undecided == (Key("b", NO_VERSIONS),)
    assert run(store, 2, report(bucket(versioning="Disabled"))).changes.still_open == {Key("b", NO_VERSIONS)}


def test_what_was_told_to_nobody_is_new_again(store: Store) -> None:
    sloppy = report(bucket(versioning="Disabled"))

    assert run(store, 0, sloppy, keep=False).changes == run(store, 1, sloppy).changes


def test_what_could_not_be_delivered_is_told_again_until_it_could(store: Store) -> None:
    sloppy, key = report(bucket(versioning="Disabled")), Key("b", NO_VERSIONS)

    for day in range(3):
        assert run(store, day, sloppy, delivered=day == 2).changes.opened == {key}
        assert lives(store) == {("b", NO_VERSIONS): ("new", "2026-03-01")}
    assert run(store, 3, sloppy).changes.still_open == {key}

    worse = report(bucket(versioning="Suspended"))
    for day in (4, 5):
        assert run(store, day, worse, delivered=day == 5).changes.changed == {key}
        assert lives(store) == {("b", NO_VERSIONS): ("changed", "2026-03-01")}
    assert run(store, 6, worse).changes.still_open == {key}

    for day in (7, 8):
        found = run(store, day, report(bucket()), delivered=day == 8)
        assert (found.changes.resolved, set(found.ended)) == ((key,), {key})
        assert lives(store) == {}
    assert run(store, 9, report(bucket())).changes.resolved == ()


def test_what_ended_untold_and_is_back_was_open_all_the_time(store: Store) -> None:
    sloppy = report(bucket(versioning="Disabled"))
    run(store, 0, sloppy)
    run(store, 1, report(bucket()), delivered=False)

    assert run(store, 2, sloppy).changes.still_open == {Key("b", NO_VERSIONS)}
    assert lives(store) == {("b", NO_VERSIONS): ("unchanged", "2026-03-01")}


def test_what_came_and_went_untold_is_told_as_gone(store: Store) -> None:
    run(store, 0, report(bucket(versioning="Disabled")), delivered=False)

    assert run(store, 1, report(bucket())).changes.resolved == (Key("b", NO_VERSIONS),)
    assert run(store, 2, report(bucket())).changes.resolved == ()


def test_a_run_on_some_buckets_leaves_the_others_alone(store: Store) -> None:
    run(store, 0, report(bucket("a", versioning="Disabled"), bucket("b", logging=None)))

    found = run(store, 1, replace(report(bucket("a"), listed=False), asked=frozenset(["a"]))).changes

    assert (found.resolved, found.undecided) == ((Key("a", NO_VERSIONS),), ())
    assert lives(store) == {("b", NO_LOGS): ("new", "2026-03-01")}


def test_a_bucket_that_is_gone_is_no_more(store: Store) -> None:
    run(store, 0, report(bucket("a", versioning="Disabled"), bucket("b")))

    assert run(store, 1, report(bucket("b"))).changes.resolved == (Key("a", NO_VERSIONS),)
    kept = kept_posture(store)
    assert kept is not None
    assert [one["bucketName"] for one in kept.buckets] == ["b"]


def test_a_bucket_of_another_store_is_not_gone(store: Store) -> None:
    run(store, 0, report(bucket("a", versioning="Disabled")), "http://10.0.0.5")

    found = run(store, 1, report(bucket("b"))).changes

    assert (found.resolved, found.undecided) == ((), ())
    assert ("a", NO_VERSIONS) in lives(store)


def test_an_old_store_learns_of_posture(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute(f"PRAGMA application_id = {APPLICATION}")
        old.execute("PRAGMA user_version = 1")

    with open_store(path, write=True) as opened:
        assert kept_posture(opened) is None
        assert run(opened, 0, report(bucket(logging=None))).changes.opened == {Key("b", NO_LOGS)}


def test_what_ended_long_ago_can_be_forgotten(store: Store) -> None:
    run(store, 0, report(bucket("a", versioning="Disabled"), bucket("b", versioning="Disabled")))
    run(store, 1, report(bucket("b")))
    run(store, 9, report(bucket("b", logging=None)))

    vacuum(store, BEGAN + timedelta(days=5))

    assert list(problems(store)) == []
    assert [row[0] for row in store.rows("SELECT type FROM policy")] == [NO_LOGS]
    assert [row[0] for row in store.rows("SELECT bucket FROM posture")] == ["b"]
    assert lives(store) == {("b", NO_LOGS): ("new", "2026-03-10")}
