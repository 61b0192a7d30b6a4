"""Runs over buckets that are broken off and go on listing where they were."""

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from scanner.config import ScanConfig, SourceConfig, StoreConfig, WorkerConfig
from scanner.engine.scan import Scan
from scanner.model.life import Life
from scanner.model.outcome import Reason
from scanner.model.result import ObjectResult
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import open_s3
from scanner.state.marks import can_go_on
from scanner.state.recorder import Recorder
from scanner.state.store import open_store
from tests.sources.conftest import credentials, moto, moto_url
from tests.sources.test_s3 import client, fill
from tests.state.conftest import COLOUR

__all__ = ["credentials", "moto", "moto_url"]


class Lake:
    """A bucket, and runs over it that leave out `*.skip`."""

    def __init__(self, store: StoreConfig, folder: Path) -> None:
        names = [f"{letter}{number}.{'skip' if letter == 'b' else 'txt'}" for letter in "abc" for number in range(5)]
        self.store = store
        self.bucket = fill(store, dict.fromkeys(names, b"red\n"))
        self.state = str(folder / "state.db")
        self.environment = {"XDG_STATE_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}

    def run(self, most: int | None = None, *, go_on: bool = False, **changed: Any) -> list[ObjectResult]:
        """The results of a run; with `most` it is killed when it has given out so many."""
        sources = SourceConfig(exclude=("*.skip",), store=self.store)
        config = ScanConfig((f"s3://{self.bucket}/",), sources=sources, workers=WorkerConfig(processes=0))
        with open_store(self.state, write=True) as store:
            memory = Recorder(store, go_on=go_on)
            scan = Scan(replace(config, **changed), identifiers=(COLOUR,), environment=self.environment, memory=memory)
            results = list(islice(scan, most))
            if most is None:
                memory.finish(scan.summary())
            return results

    def mark(self) -> object:
        with open_store(self.state) as store:
            return store.one("SELECT mark FROM run ORDER BY seq DESC")


@pytest.fixture
def lake(moto: StoreConfig, tmp_path: Path) -> Lake:
    return Lake(moto, tmp_path)


def keys(results: list[ObjectResult]) -> list[str]:
    return [one.object.ref.key for one in results]


def read(results: list[ObjectResult]) -> list[str]:
    return [one.object.ref.key for one in results if one.bytes_read and not (one.life and one.life.unchanged)]


def test_it_goes_on_behind_the_mark_and_leaves_what_lies_before_to_the_next_run(lake: Lake) -> None:
    # The mark is kept with the next object that is committed: c0, behind five that were filtered out.
    lake.run(most=11)
    assert '"b4.skip"' in str(lake.mark())
    s3 = client(lake.store)
    s3.put_object(Bucket=lake.bucket, Key="a9.txt", Body=b"blue\n")
    s3.delete_object(Bucket=lake.bucket, Key="a0.txt")

    second = lake.run(go_on=True)
    assert keys(second) == [f"{letter}{number}.{'skip' if letter == 'b' else 'txt'}" for letter in "abc" for number in range(5)]
    assert read(second) == [f"c{number}.txt" for number in range(1, 5)]
    assert {one.life.finding for one in second if one.life and one.detections} == {Life.NEW}

    third = lake.run(go_on=True)
    assert read(third) == ["a9.txt"]
    assert [one.object.ref.key for one in third if one.outcome.reason is Reason.GONE] == ["a0.txt"]
    assert {one.object.ref.key: one.life.finding for one in third if one.life and one.life.finding} == {
        "a0.txt": Life.RESOLVED,
        **{f"{letter}{number}.txt": Life.UNCHANGED for letter in "ac" for number in range(5) if (letter, number) != ("a", 0)},
        "a9.txt": Life.NEW,
    }


def test_a_run_that_is_not_asked_to_or_is_another_scan_lists_everything(lake: Lake) -> None:
    lake.run(most=11)
    client(lake.store).put_object(Bucket=lake.bucket, Key="a9.txt", Body=b"blue\n")
    other = lake.run(most=6, go_on=True, max_occurrences=7)
    assert keys(other) == ["a0.txt", "a1.txt", "a2.txt", "a3.txt", "a4.txt", "a9.txt"]
    assert "a9.txt" in keys(lake.run())


def test_only_what_lists_in_the_order_of_its_keys_goes_on(moto: StoreConfig) -> None:
    options = SourceOptions(store=moto)
    assert can_go_on(open_s3("s3://b/", options))
    assert not can_go_on(open_s3("s3://b-*/", options))
    assert not can_go_on(open_s3("s3://b--use1-az4--x-s3/", options))
    assert not can_go_on(open_s3("s3://b/", replace(options, all_versions=True)))
