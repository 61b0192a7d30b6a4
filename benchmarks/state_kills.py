"""Kills a scan again and again, and looks whether its store comes out as if nothing had happened.

    python -m benchmarks.state_kills [--objects 2000] [--kills 200] [--seed 1]

Each run is a process that is killed (SIGKILL) at some moment after it began to scan, and started again. In the end the store must hold
what a run holds that nobody killed: every object once, every finding once, each new; and what had been committed before a kill
must not have been read again after it. Ends with 1 and the difference if not.
"""

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.scan import Scan
from scanner.model.life import ObjectLife
from scanner.state.recorder import Recorder
from scanner.state.replay import replay
from scanner.state.store import open_store

_LONG_AGO: Final = 1_700_000_000
_NO_TIME: Final = datetime.fromtimestamp(0, UTC)
# Every so many runs have worker processes.
_WITH_WORKERS: Final = 10


def write_tree(folder: str, count: int) -> None:
    """`count` small tables, one in four with social security numbers, all written long ago."""
    rng = random.Random(3)
    for number in range(count):
        below = os.path.join(folder, f"{number % 7}")
        os.makedirs(below, exist_ok=True)
        path = os.path.join(below, f"{number:05}.csv")
        rows = [f"{rng.randrange(1000)},{_ssn(rng) if number % 4 == 0 else 'none'}" for _ in range(rng.randrange(1, 30))]
        with open(path, "w", encoding="utf-8") as file:
            file.write("number,ssn\n" + "\n".join(rows) + "\n")
        os.utime(path, (_LONG_AGO + number, _LONG_AGO + number))


def _ssn(rng: random.Random) -> str:
    return f"{rng.randrange(100, 600)}-{rng.randrange(10, 90)}-{rng.randrange(1000, 9000)}"


def scan(folder: str, path: str, *, workers: int, tell: int | None = None) -> None:
    """One run to its end.

    :param tell: file descriptor to which a byte is written for each object that was read
    """
    with open_store(path, write=True) as store:
        memory = Recorder(store)
        config = ScanConfig((folder,), ("USA_SOCIAL_SECURITY_NUMBER",), workers=WorkerConfig(processes=workers))
        run = Scan(config, memory=memory)
        for result in run:
            if tell is not None and result.life and not result.life.unchanged:
                os.write(tell, b"x")
        memory.finish(run.summary())


def killed(folder: str, path: str, objects: int, pause: float, *, workers: int) -> bool:
    """Start a run in another process, and kill it `pause` seconds after it has read so many objects; False if it was done before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        scan(folder, path, workers=workers, tell=writing)
        os._exit(0)
    os.close(writing)
    while objects and (told := os.read(reading, objects)):
        objects -= len(told)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    # A worker of its own ends when it notices that nobody is there any more.
    os.close(reading)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def committed(path: str) -> dict[str, int]:
    """Key -> the run that read it, of all that is in the store."""
    with open_store(path) as store:
        return {repr(key): int(str(run)) for key, run in store.rows("SELECT key, run FROM object")}


def contents(path: str) -> list[object]:
    """Everything that the store says of objects, but for times and which of the runs it was."""
    with open_store(path) as store:
        assert store.one("PRAGMA integrity_check") == ("ok",), "the file is sound"
        lives = store.one("SELECT count(*), count(DISTINCT object) FROM detection WHERE resolved IS NULL")
        results = [replace(one, life=_timeless(one.life), bytes_read=0) for one in replay(store)[1]]
        return [lives, *results]


def _timeless(life: ObjectLife | None) -> ObjectLife:
    lives = life.detections if life else ()
    return ObjectLife(detections=tuple(replace(one, first_seen=_NO_TIME, last_seen=_NO_TIME) for one in lives))


def differences(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """What was committed before and was read again, or is not there any more."""
    return [f"{key}: read in run {run}, and again in {after.get(key)}" for key, run in before.items() if after.get(key) != run]


def kill_runs(folder: str, path: str, kills: int, each: int, rng: random.Random) -> tuple[int, list[str]]:
    """Kill runs until so many are killed or one comes to its end; how many were, and what was read twice.

    :param each: most objects that one of them reads before it is killed
    """
    known: dict[str, int] = {}
    wrong: list[str] = []
    for number in range(kills):
        workers = 1 if number % _WITH_WORKERS == _WITH_WORKERS - 1 else 0
        if not killed(folder, path, rng.randrange(each + 1), rng.choice([0, rng.uniform(0, 0.01)]), workers=workers):
            return number, wrong
        now = committed(path)
        wrong += differences(known, now)
        known = now
    return kills, wrong


def main() -> None:
    """Print what happened."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as base:
        os.environ |= {"XDG_STATE_HOME": base, "XDG_CACHE_HOME": base}
        folder, path, clean = (os.path.join(base, name) for name in ("tree", "killed.db", "clean.db"))
        write_tree(folder, chosen.objects)
        scan(folder, clean, workers=0)
        # A store with nothing in it, so that the first kill meets one.
        open_store(path, write=True).close()
        kills, wrong = kill_runs(folder, path, chosen.kills, chosen.objects // chosen.kills, random.Random(chosen.seed))
        before = committed(path)
        scan(folder, path, workers=0)
        wrong += differences(before, committed(path))
        same = contents(path) == contents(clean)
        print(f"{kills} runs killed, {len(before)} of {chosen.objects} objects committed by them, {len(wrong)} read twice")
        print("the store is that of a clean run" if same else "the store is NOT that of a clean run")
        sys.stderr.writelines(f"{one}\n" for one in wrong)
        sys.exit(0 if same and not wrong else 1)


if __name__ == "__main__":
    main()
