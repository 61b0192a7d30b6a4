"""What a survey keeps in mind of very many objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.config import ScanConfig, WorkerConfig
from scanner.discovery.survey import Rank, Survey
from scanner.engine.scan import Scan
from scanner.model.objects import ObjectRef, StoredObject
from scanner.state.recorder import Recorder
from scanner.state.store import open_store
from tests.engine.doubles import COLOUR, Shelf

NOW = datetime(2026, 3, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Lake(Shelf):
    """Objects that are only listed."""

    folders: int = 1
    in_each: int = 1

    def objects(self) -> Iterator[StoredObject]:
        for folder in range(self.folders):
            for number in range(self.in_each):
                key = f"{chr(ord('g') + folder)}/{number}.csv"
                yield StoredObject(ObjectRef("s3", "b", key), 10, NOW, "e")


@pytest.mark.parametrize(("most", "kept"), [(1000, 100), (60, 25), (7, 3), (1, 1)])
def test_of_each_cluster_those_that_come_first_are_kept_however_few(tmp_path: Path, most: int, kept: int) -> None:
    lake = Lake({}, folders=2, in_each=100)
    with open_store(str(tmp_path / "state.db"), write=True) as store:
        whole, some = (Survey(store, NOW, ignored={}, day_bytes=10**9, circumstance=1, most=count) for count in (1000, most))
        assert whole.take(lake)
        assert some.take(lake)

    assert {tally.objects for tally in some.clusters.values()} == {100}
    for cluster in whole.clusters:
        prospects = some.prospects(cluster)
        assert len(prospects) >= kept
        assert len(prospects) <= max(1, most)
        assert [one.stored for one in prospects] == [one.stored for one in whole.prospects(cluster)][: len(prospects)]


def test_what_changed_and_could_not_be_read_then_is_tried_after_all_else(tmp_path: Path) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    with open_store(str(tmp_path / "state.db"), write=True) as store:
        for content in (b"red\n", "denied"):
            shelf, memory = Shelf({"x.txt": content}), Recorder(store)
            config = ScanConfig((), workers=WorkerConfig(processes=0))
            scan = Scan(config, identifiers=(COLOUR,), source=shelf, environment=environment, memory=memory)
            assert len(list(scan)) == 1
            memory.finish(scan.summary())
        survey = Survey(store, NOW, ignored={}, day_bytes=10**9, circumstance=1)
        assert survey.take(shelf)
    ((cluster, tally),) = survey.clusters.items()
    assert (tally.objects, tally.analysed, tally.failed) == (1, 0, 1)
    assert [one.rank for one in survey.prospects(cluster)] == [Rank.FAILED]
