"""A million objects that have not changed: how long a run takes to know it, in what memory, and how large the store is.

    python -m benchmarks.state [--objects 1000000] [--with-findings 0.02] [--together 8]

The listing is made up, so that only the deciding is measured; nothing is opened. Two runs: the first writes down a reading of
every object as workers would give it, the second decides. Each is a process of its own, so that its memory is its own.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final

from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.scan import Scan
from scanner.model.location import CellLocation
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED
from scanner.model.result import Detection, ObjectResult
from scanner.state.recorder import Recorder
from scanner.state.store import open_store

_FOLDER: Final = "/srv/lake"
_MONTH: Final = datetime(2026, 3, 1, tzinfo=UTC)
_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Lake:
    """A source that lists files as a folder does: keys of 60 bytes below `/srv/lake`, in the order of their bytes."""

    count: int

    @property
    def root(self) -> ObjectRef:
        """The folder."""
        return ObjectRef("file", _FOLDER, "")

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """All of them."""
        for number in range(self.count):
            key = f"events/part={number // 1000:05}/2026-03-01-{number:08}-c0ffee0badf00d.json.gz"
            etag = f"{50_000 + number % 997:x}-{1_772_323_200_000_000_000 + number:x}-{10_000_000 + number:x}"
            modified = _MONTH + timedelta(seconds=number % 86_400)
            yield StoredObject(ObjectRef("file", _FOLDER, key), 50_000 + number % 997, modified, etag)

    def portable(self, stored: StoredObject) -> bool:
        """Never opened."""
        del stored
        return True

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Never opened."""

    def open(self, stored: StoredObject) -> BinaryIO:
        """Never opened: that one is would spoil the measure."""
        raise AssertionError(stored.ref.key)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """Never opened."""
        raise AssertionError(stored.ref.key, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is."""
        return stored

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """Never opened."""
        raise AssertionError(stored.ref.key, stream)


def _config() -> ScanConfig:
    return ScanConfig((_FOLDER,), workers=WorkerConfig(processes=0))


def _fill(path: str, lake: Lake, share: float, together: int) -> None:
    """The first run, with readings that are made up, so many of them in one transaction."""
    with open_store(path, write=True) as store:
        memory = Recorder(store)
        scan = Scan(_config(), source=lake, memory=memory)
        scan.begin_memory()
        waiting: list[ObjectResult] = []
        for number, stored in enumerate(lake.objects()):
            assert isinstance(stored, StoredObject), "everything is offered"
            detections = (_ssns(number),) if number % 10_000 < share * 10_000 else ()
            waiting.append(ObjectResult(stored, SCANNED, "application/x-ndjson", stored.size, detections))
            if len(waiting) == together:
                memory.keep(waiting)
                waiting.clear()
        memory.keep(waiting)
        memory.finish(scan.summary())


def _ssns(number: int) -> Detection:
    """Five of what is listed of a detection, as a column gives them."""
    occurrences = tuple(
        Occurrence(
            CellLocation(row, 3, "ssn", "", 0, 11),
            Confidence.HIGH,
            ("pattern", "check:us_ssn", "name:ssn"),
            "***-**-9999",
            f"{number:032x}",
        )
        for row in range(_LISTED)
    )
    return Detection("USA_SOCIAL_SECURITY_NUMBER", _LISTED, Confidence.HIGH, occurrences)


def _decide(path: str, lake: Lake) -> None:
    """The second run."""
    with open_store(path, write=True) as store:
        memory = Recorder(store)
        scan = Scan(_config(), source=lake, memory=memory)
        for _ in scan:
            pass
        summary = scan.summary()
        memory.finish(summary)
    assert summary.unchanged == lake.count, summary
    assert summary.complete, summary


def _timed(name: str, run: object, *arguments: object) -> None:
    started, before = time.perf_counter(), time.process_time()
    run(*arguments)  # type: ignore[operator]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, core = time.perf_counter() - started, time.process_time() - before
    print(f"{name:<28}{wall:8.1f} s wall {core:8.1f} s of one core {peak:8.0f} MiB at most")


def _apart(*arguments: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_timed, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=1_000_000)
    parser.add_argument("--with-findings", type=float, default=0.02, help="share of objects that have a finding")
    parser.add_argument("--together", type=int, default=8, help="objects that workers hand over, and a run commits, at once")
    chosen = parser.parse_args()
    lake = Lake(chosen.objects)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        for share in (0.0, chosen.with_findings):
            path = os.path.join(folder, f"state-{share}.db")
            print(f"{lake.count:,} objects, {share:.0%} with a finding")
            _apart("write a reading of each", _fill, path, lake, share, chosen.together)
            _apart("know them unchanged", _decide, path, lake)
            print(f"{'store':<28}{os.path.getsize(path) / lake.count:8.0f} bytes an object")


if __name__ == "__main__":
    main()
