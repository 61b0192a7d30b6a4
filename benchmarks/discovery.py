"""A million objects, some of which were read before: how long a survey takes, and in what memory; and how well it finds what is rare.

    python -m benchmarks.discovery [--objects 1000000] [--known 100000]

The listing is that of `benchmarks.state`, so that only the survey is measured. The second part needs no store: a made-up lake of
2,000 folders of which a few are sensitive, read a little every day, against the same number of objects drawn at random.
"""

import argparse
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from typing import Final

from benchmarks.state import Lake, _fill
from scanner.discovery.choose import Budget, Chooser
from scanner.discovery.clusters import Cluster
from scanner.discovery.survey import Prospect, Rank, Survey, Tally
from scanner.model.objects import ObjectRef, StoredObject
from scanner.state.store import open_store

_NOW: Final = datetime(2026, 3, 8, tzinfo=UTC)
_FOLDERS: Final = 2000
_IN_EACH: Final = 500
_SENSITIVE: Final = 40
_A_DAY: Final = 3000
_DAYS: Final = 3


def main() -> None:
    """Prints both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objects", type=int, default=1_000_000)
    parser.add_argument("--known", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "state.db")
        for step, arguments in ((_fill, (path, Lake(options.known), 0.02)), (_survey, (path, options.objects))):
            process = multiprocessing.get_context("spawn").Process(target=step, args=arguments)
            process.start()
            process.join()
            if process.exitcode:
                sys.exit(process.exitcode)
    _rare()


def _survey(path: str, objects: int) -> None:
    started = time.process_time()
    with open_store(path, write=True) as store:
        survey = Survey(store, _NOW, {}, 10**10, 1)
        survey.take(Lake(objects))
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    analysed = sum(tally.analysed for tally in survey.clusters.values())
    print(f"{objects:,} objects, {analysed:,} analysed before: {seconds:.1f} s of one processor, {peak:.0f} MiB at most")


def _rare() -> None:
    """Each tenth object of a sensitive folder is sensitive, and none elsewhere."""
    chance = random.Random(1)
    bad = set(chance.sample(range(_FOLDERS), _SENSITIVE))
    sensitive = {(folder, place) for folder in bad for place in range(_IN_EACH) if chance.random() < 0.1}
    found, read = _read_by_discovery(sensitive)
    drawn = {(chance.randrange(_FOLDERS), chance.randrange(_IN_EACH)) for _ in range(read)} & sensitive
    print(
        f"{_SENSITIVE} of {_FOLDERS:,} folders have sensitive objects, a tenth of theirs; {read:,} of {_FOLDERS * _IN_EACH:,} objects read "
        f"in {_DAYS} days: discovery finds {len(found)} in {_folders(found)} folders, chance {len(drawn)} in {_folders(drawn)}"
    )


def _read_by_discovery(sensitive: set[tuple[int, int]]) -> tuple[set[tuple[int, int]], int]:
    """What it finds, and how many objects it reads."""
    clusters = [Cluster("s3", f"b{number % 50}", f"folder-{number}", "csv", "STANDARD", "older") for number in range(_FOLDERS)]
    tallies = {cluster: Tally(objects=_IN_EACH) for cluster in clusters}
    found, read = set[tuple[int, int]](), set[tuple[int, int]]()
    for _ in range(_DAYS):
        chooser, budget = Chooser({cluster: _unread(number, read) for number, cluster in enumerate(clusters)}), Budget(_A_DAY, 10**9)
        while picked := chooser.broad(tallies, budget) or chooser.deep(tallies, budget):
            for one in picked:
                folder, place = map(int, one.stored.ref.key.split("/"))
                tallies[clusters[folder]].analysed += 1
                tallies[clusters[folder]].sensitive += (folder, place) in sensitive
                read.add((folder, place))
        found = read & sensitive
    return found, len(read)


def _unread(folder: int, read: set[tuple[int, int]]) -> list[Prospect]:
    places = [place for place in range(_IN_EACH) if (folder, place) not in read]
    return [Prospect(Rank.UNREAD, place, StoredObject(ObjectRef("s3", "b", f"{folder}/{place}"), 1)) for place in places]


def _folders(objects: set[tuple[int, int]]) -> int:
    return len({folder for folder, _ in objects})


if __name__ == "__main__":
    main()
