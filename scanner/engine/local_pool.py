"""Does tasks in worker processes of this machine, each watched by a thread of its own."""

import pickle
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from scanner.engine.executor import HandOver, Setup, TaskLostError, WorkerStartError, limit_of
from scanner.engine.task import Task
from scanner.engine.worker_process import WorkerProcess
from scanner.model.outcome import Reason

# A worker keeps the time itself and hands over what it has found until then; only one that hangs must be killed.
_PATIENCE: Final = 1.5
_START_ATTEMPTS: Final = 3


class LocalPool:
    """Worker processes that are started when there is work for them and replaced when they die.

    :param processes: most at the same time
    :param setup: what they need; asked for once, when the first one starts
    :param seconds: what one object may take, and one more for each MiB of it
    :param standby: a worker that is started and has not got its setup; ended by whoever started it
    """

    def __init__(self, processes: int, setup: Callable[[], Setup], seconds: float, standby: WorkerProcess | None = None) -> None:
        self.slots = processes
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="dowse-worker")
        self._make_setup = setup
        self._seconds = seconds
        self._setup: bytes | None = None
        self._setup_lock = threading.Lock()
        self._lock = threading.Lock()
        self._standby = standby
        self._all: set[WorkerProcess] = {standby} if standby else set()
        self._idle: list[WorkerProcess] = []
        self._closed = False

    def submit(self, task: Task, hand_over: HandOver) -> Future[None]:
        """Have `task` done by whichever worker is free first; the future is done when everything is handed over."""
        return self._threads.submit(self._run, task, hand_over)

    def close(self) -> None:
        """Kills every worker."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._idle:
            worker.discard()

    def _run(self, task: Task, hand_over: HandOver) -> None:
        worker = self._idle_worker() or self._started()
        try:
            worker.ask(task, _PATIENCE * limit_of(task.size, self._seconds), hand_over)
        except TaskLostError:
            self._forget(worker)
            raise
        with self._lock:
            self._idle.append(worker)

    def _idle_worker(self) -> WorkerProcess | None:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive:
                    return worker
                worker.discard()
                self._all.discard(worker)
            return None

    def _started(self) -> WorkerProcess:
        """A new worker; the process comes up while the setup is made. Raises WorkerStartError when that fails again and again."""
        for attempt in range(1, _START_ATTEMPTS + 1):
            worker = self._launched()
            try:
                worker.prepare(self._pickled_setup())
            except WorkerStartError as error:
                self._forget(worker)
                # The kernel may end a process for want of memory at any moment; that alone does not end the run.
                if attempt == _START_ATTEMPTS or not error.by_chance:
                    raise
            else:
                break
        return worker

    def _launched(self) -> WorkerProcess:
        with self._lock:
            if self._closed:
                raise TaskLostError(Reason.CRASH, "the pool is closed")
            worker, self._standby = self._standby or WorkerProcess(), None
            self._all.add(worker)
        return worker

    def _forget(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._all.discard(worker)

    def _pickled_setup(self) -> bytes:
        with self._setup_lock:
            if self._setup is None:
                self._setup = pickle.dumps(self._make_setup())
            return self._setup
