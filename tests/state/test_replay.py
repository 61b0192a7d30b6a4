"""Runs that are given out again."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scanner.errors import StateError
from scanner.findings.stored import Findings
from scanner.model.result import ObjectResult
from scanner.reports.options import SinkOptions
from scanner.reports.registry import open_sink
from scanner.state.declared import declared
from scanner.state.replay import replay
from scanner.state.runs import runs
from scanner.state.store import open_store
from tests.state.conftest import COLOUR, Desk, Ran


def replayed(desk: Desk, run_id: str | None = None) -> list[ObjectResult]:
    with open_store(str(desk.state)) as store:
        return list(replay(store, run_id)[1])


def sorted_results(ran: Ran) -> list[ObjectResult]:
    return sorted(ran.results, key=lambda one: (one.outcome.reason == "gone", one.object.ref.key.encode()))


def test_a_run_comes_back_as_it_was(desk: Desk) -> None:
    desk.write("a.csv", "paint\nred\nblue\n")
    desk.write("b/c.txt", "red\n")
    desk.write("b.txt", "")
    desk.write("d.bin", bytes(200))
    desk.write("e.txt", "nothing\n")
    first = desk.run(exclude=("e.txt",))
    assert replayed(desk) == sorted_results(first)
    desk.write("b/c.txt", "blue\n")
    (desk.tree / "a.csv").unlink()
    second = desk.run()
    assert replayed(desk) == sorted_results(second)
    with open_store(str(desk.state)) as store:
        kept = replay(store)[2]
        assert kept is not None
        # The store is told a moment before the run is asked.
        assert replace(kept, seconds=second.summary.seconds) == second.summary
        latest, earliest = runs(store)
    assert replayed(desk, latest.run.id[:12]) == sorted_results(second)
    with pytest.raises(StateError, match="only the last look is kept"):
        replayed(desk, earliest.run.id)


def test_what_was_not_read_comes_back_as_it_was_listed(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.write("b/c.txt", "red\n")
    desk.run()
    desk.write("a.txt", "red and more\n")
    desk.write("b/c.txt", "red and much more\n")
    second = desk.run(max_size=8)
    assert replayed(desk) == sorted_results(second)
    assert [one.object.size for one in second.results] == [13, 18]
    # By another name, and grown once more.
    desk.write("b/c.txt", "red and very much more\n")
    third = desk.run(target="b", max_size=8)
    assert replayed(desk) == sorted_results(third)
    assert desk.run().read == {"a.txt", "b/c.txt"}


def test_a_finding_is_told_of_the_object_as_it_was_read(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.run()
    desk.write("a.txt", "red and more\n")
    desk.run(max_size=8)
    with open_store(str(desk.state)) as store:
        (finding,) = Findings(store, (), datetime.now(UTC).date())
    assert finding.result.object.size == 4
    assert finding.record["resourcesAffected"]["s3Object"]["size"] == 4


def test_runs_over_different_objects_stand_side_by_side(desk: Desk) -> None:
    desk.write("a/x.txt", "red\n")
    desk.write("b/x.txt", "blue\n")
    ran = {name: desk.run(target=name) for name in ("a", "b")}
    with open_store(str(desk.state)) as store:
        ids = {one.run.targets[0].rpartition("/")[2]: one.run.id for one in runs(store)}
    for name, run in ran.items():
        assert replayed(desk, ids[name]) == list(run.results)


def test_every_format_can_be_written_from_the_store(desk: Desk) -> None:
    desk.write("a.csv", "paint\nred\nblue\n")
    desk.run()
    with open_store(str(desk.state)) as store:
        for name in ("html", "jsonl", "macie", "table"):
            run, results, summary = replay(store)
            out = io.BytesIO()
            sink = open_sink(name, out, SinkOptions(declared(store)))
            sink.begin(run)
            for result in results:
                sink.write(result)
            sink.finish(summary)
            assert b"COLOUR" in out.getvalue()


def test_of_which_countries_an_identifier_is_comes_back(desk: Desk) -> None:
    desk.identifiers = (replace(COLOUR, countries=("AT", "CH")),)
    desk.write("a.txt", "red\n")
    desk.run()
    with open_store(str(desk.state)) as store:
        assert declared(store)["COLOUR"].countries == ("AT", "CH")


def test_a_run_that_was_broken_off_is_no_run_to_report(desk: Desk) -> None:
    with pytest.raises(StateError, match="there is no state store"):
        replayed(desk)
    desk.write("a.txt", "red\n")
    desk.run(finish=False)
    with pytest.raises(StateError, match="no run has come to its end"):
        replayed(desk)
    with open_store(str(desk.state)) as store:
        (entry,) = runs(store)
    with pytest.raises(StateError, match="has not come to its end"):
        replayed(desk, entry.run.id)
    with pytest.raises(StateError, match="no run has the id"):
        replayed(desk, "nonsense")


def test_what_was_found_after_a_broken_run_is_as_it_is_now(desk: Desk) -> None:
    desk.write("a.txt", "red\n")
    desk.run()
    desk.write("a.txt", "blue\n")
    lost = desk.run(finish=False)
    assert [one.detections for one in replayed(desk)] == [one.detections for one in lost.results]
