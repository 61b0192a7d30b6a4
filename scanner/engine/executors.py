"""Chooses where a task is done, and makes ready what does it when the first task comes."""

import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from scanner.engine.compiled import CompiledCache
from scanner.engine.executor import Executor
from scanner.engine.in_process import InProcess
from scanner.engine.local_pool import LocalPool
from scanner.engine.setup import ScanSetup
from scanner.engine.task import Task

if TYPE_CHECKING:
    # Slow to import, and of no use to a main process that finds its ruleset compiled and leaves all work to workers.
    from scanner.detection.detector import Detector
    from scanner.engine.worker_process import WorkerProcess


class Executors:
    """Worker processes, and the main process for what only it can open. Nothing is started or compiled before it is needed.

    :param setup: without a database; it is compiled here once, for all workers
    :param cache: where compiled databases are kept
    :param digest: of the ruleset
    :param processes: worker processes; 0 for none, None for one for each processor that may be used
    :param standby: the first of them, already started; ended by whoever started it
    """

    def __init__(
        self, setup: ScanSetup, cache: CompiledCache, digest: str, processes: int | None, standby: "WorkerProcess | None" = None
    ) -> None:
        self.slots = len(os.sched_getaffinity(0)) if processes is None else max(1, processes)
        self._in_process_only = processes == 0
        self._setup = setup
        self._cache = cache
        self._digest = digest
        self._detector: Detector | None = None
        self._detector_lock = threading.Lock()
        self._standby = standby
        self._pool: LocalPool | None = None
        self._here: InProcess | None = None

    @property
    def detector(self) -> "Detector":
        """The detector of the main process; may be asked for by several threads."""
        with self._detector_lock:
            if self._detector is None:
                self._detector = self._make_detector()
            return self._detector

    def of(self, task: Task) -> Executor:
        """Where `task` is to be done."""
        if self._in_process_only or not task.portable:
            if self._here is None:
                from scanner.engine.object_scan import ObjectScan

                self._here = InProcess(ObjectScan(self._setup.source, self.detector, self._setup.limits, self._setup.seconds))
            return self._here
        if self._pool is None:
            self._pool = LocalPool(self.slots, self._for_workers, self._setup.seconds, self._standby)
        return self._pool

    def close(self) -> None:
        """Ends all workers."""
        if self._pool is not None:
            self._pool.close()

    def _make_detector(self) -> "Detector":
        from scanner.engine.ready_detector import ready_detector

        return ready_detector(self._setup.identifiers, self._setup.settings, self._cache, self._digest)

    def _for_workers(self) -> ScanSetup:
        # With a database at hand, workers need not wait until this process has a detector of its own, which it may never need.
        database = self._cache.get(self._digest)
        return replace(self._setup, database=self.detector.serialise() if database is None else database)
