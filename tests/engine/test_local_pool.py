"""Real worker processes that die in every way there is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from pathlib import Path

from scanner.engine.executor import TaskLostError, WorkerStartError
from scanner.engine.local_pool import LocalPool
from scanner.engine.task import Done, Entry, Reading, Task
from scanner.engine.worker_process import WorkerProcess
from scanner.model.outcome import Reason
from scanner.model.result import ObjectResult
from tests.engine.doubles import MIB, Harmful, stored


def task(*keys: str) -> Task:
    return Task(tuple(Entry(position, stored(key)) for position, key in enumerate(keys)))


@contextmanager
def pool(processes: int = 1, *, seconds: float = 60, memory_bytes: int = 1024 * MIB) -> Iterator[LocalPool]:
    with closing(LocalPool(processes, lambda: Harmful(memory_bytes), seconds)) as opened:
        yield opened


def submit(pool: LocalPool, *keys: str) -> tuple[Future[None], list[Done]]:
    """A future, and what is handed over until it is done."""
    came: list[Done] = []
    return pool.submit(task(*keys), came.extend), came


def worker_of(pool: LocalPool, key: str) -> int:
    """Has an object done; the worker that did it."""
    future, came = submit(pool, key)
    future.result()
    (one,) = came
    assert isinstance(one, ObjectResult)
    return int(one.media_type)


def error_of(pool: LocalPool, *keys: str) -> BaseException | None:
    return submit(pool, *keys)[0].exception()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_does_one_task_after_another() -> None:
    with pool() as one:
        workers = {worker_of(one, "a") for _ in range(3)}
    assert len(workers) == 1
    assert os.getpid() not in workers


def test_a_worker_that_dies_costs_its_own_task_only_and_is_replaced() -> None:
    with pool(processes=2) as two:
        futures = {key: submit(two, key)[0] for key in ("abort", "a", "leave", "b", "killed", "c")}
        lost = {key: future.exception() for key, future in futures.items() if future.exception()}
    assert {key: (error.reason, error.detail) for key, error in lost.items() if isinstance(error, TaskLostError)} == {
        "abort": (Reason.CRASH, "its process was ended by SIGABRT"),
        "leave": (Reason.CRASH, "its process ended with exit code 3"),
        "killed": (Reason.OUT_OF_MEMORY, "its process was ended by SIGKILL"),
    }


def test_a_worker_that_hangs_is_killed_in_time() -> None:
    with pool(seconds=0.5) as one:
        worker_of(one, "a")
        began = time.monotonic()
        error = error_of(one, "hang")
        took = time.monotonic() - began
    assert isinstance(error, TaskLostError)
    assert (error.reason, error.detail) == (Reason.TIMEOUT, "no result within 0.8 s, so its process was killed")
    assert 0.7 < took < 5


def test_what_is_done_is_handed_over_while_the_next_object_takes_its_time() -> None:
    with pool(seconds=20) as one:
        worker_of(one, "a")
        future, came = submit(one, "b", "c", "hang")
        end = time.monotonic() + 10
        while len(came) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        assert not future.done()
        assert [done.stored.ref.key if isinstance(done, Reading) else done.object.ref.key for done in came] == ["b", "c"]


def test_what_was_done_before_a_death_is_kept() -> None:
    with pool() as one:
        worker_of(one, "a")
        future, came = submit(one, "b", "pause", "pause.2", "abort")
        assert isinstance(future.exception(), TaskLostError)
    assert len(came) >= 2


def test_a_worker_may_not_eat_all_memory() -> None:
    with pool(memory_bytes=1024 * MIB) as one:
        error = error_of(one, "eat")
    assert isinstance(error, TaskLostError)
    assert (error.reason, error.detail) == (Reason.OUT_OF_MEMORY, "its process used up the memory it may use")


def test_a_worker_that_was_killed_while_idle_costs_nothing() -> None:
    with pool() as one:
        first = worker_of(one, "a")
        os.kill(first, signal.SIGKILL)
        time.sleep(0.1)
        assert worker_of(one, "b") != first


def test_closing_ends_what_hangs_and_what_is_idle() -> None:
    with pool(processes=2) as two:
        idle = worker_of(two, "a")
        hung, _ = submit(two, "hang")
        time.sleep(0.3)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert isinstance(hung.exception(), TaskLostError)
    assert not alive(idle)


def test_a_worker_that_cannot_be_set_up_says_why() -> None:
    with closing(LocalPool(1, lambda: Harmful(broken=True), 60)) as one:
        error = error_of(one, "a")
    assert isinstance(error, WorkerStartError)
    assert str(error) == "a worker process cannot start: ValueError: no such rule; use fewer workers or let them use more memory"


def test_a_worker_with_too_little_memory_says_so() -> None:
    with closing(LocalPool(1, lambda: Harmful(memory_bytes=500 * MIB, appetite=600 * MIB), 60)) as one:
        error = error_of(one, "a")
    assert isinstance(error, WorkerStartError)
    assert "a worker process cannot start: it needs more memory than it may use" in str(error)


PROGRAM = """
import time
from scanner.engine.local_pool import LocalPool
from tests.engine.doubles import Harmful
from tests.engine.test_local_pool import submit, worker_of
pool = LocalPool(3, Harmful, 0.5)
workers = []
for harm in ("hang", "freeze", "idle"):
    workers.append(worker_of(pool, "a"))
    submit(pool, harm)
print(*workers, flush=True)
time.sleep(60)
"""


def test_no_worker_outlives_its_main_process_whatever_it_does() -> None:
    home = str(Path(__file__).parents[2])
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, cwd=home) as main:
        assert main.stdout
        workers = [int(word) for word in main.stdout.readline().split()]
        main.kill()
    end = time.monotonic() + 15
    while any(map(alive, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert len(set(workers)) == 3
    assert not any(map(alive, workers))


SCRIPT = """
from scanner.engine.local_pool import LocalPool
from tests.engine.doubles import Harmful
from tests.engine.test_local_pool import submit, worker_of
pool = LocalPool(1, Harmful, 60)
worker_of(pool, "a")
pool.close()
"""


def test_nothing_in_the_current_folder_is_executed(tmp_path: Path) -> None:
    program, data = tmp_path / "bin" / "program.py", tmp_path / "data"
    program.parent.mkdir()
    program.write_text(SCRIPT)
    data.mkdir()
    for module in ("multiprocessing", "pickle", "signal", "regex", "scanner", "sitecustomize"):
        (data / f"{module}.py").write_text("open('executed', 'w')")
    home = str(Path(__file__).parents[2])
    subprocess.run([sys.executable, program], cwd=data, env=os.environ | {"PYTHONPATH": home}, check=True)
    assert not (data / "executed").exists()


def test_the_first_worker_may_be_there_already() -> None:
    standby = WorkerProcess()
    started = standby._process.pid
    try:
        with closing(LocalPool(1, Harmful, 60, standby)) as one:
            assert {worker_of(one, "a"), worker_of(one, "b")} == {started}
    finally:
        standby.discard()
