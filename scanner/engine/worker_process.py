"""One worker process, seen from the main process: started, asked, and killed when it takes too long.

Not started through `multiprocessing`: its start methods first import their own modules from the current folder, so that
a file `multiprocessing.py` in a scanned folder would be executed (docs/decisions/0006-own-workers.md).
"""

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from multiprocessing.connection import Pipe
from typing import Final

import scanner
from scanner.engine.executor import HandOver, TaskLostError, WorkerStartError
from scanner.engine.serve import OUT_OF_MEMORY
from scanner.engine.task import Done, Task
from scanner.model.outcome import Reason

# Starting takes about 0.1 s; a machine under heavy load may need much longer.
_START_SECONDS: Final = 120.0
# Every worker computes on one thread: the machine is filled by workers.
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
# Besides us only the kernel sends SIGKILL here, when memory runs out; SIGALRM is the worker's own clock.
_REASONS: Final = {
    OUT_OF_MEMORY: Reason.OUT_OF_MEMORY,
    -signal.SIGKILL: Reason.OUT_OF_MEMORY,
    -signal.SIGALRM: Reason.TIMEOUT,
}


class WorkerProcess:
    """A process that does one task after another.

    Its pipe is its own, so that its death, at whatever moment, touches no other worker. Used by one thread at a time,
    but for `kill`.
    """

    def __init__(self) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._process = _start(theirs.fileno())

    @property
    def alive(self) -> bool:
        """Whether it can take a task; the kernel may have ended it while it had none."""
        return self._process.poll() is None

    def prepare(self, setup: bytes) -> None:
        """Hand over the pickled Setup and wait until it is built. Raises WorkerStartError."""
        try:
            self._pipe.send_bytes(setup)
            trouble = self._pipe.recv_bytes().decode("utf-8", "replace") if self._pipe.poll(_START_SECONDS) else "it does not answer"
        except (EOFError, OSError):
            code = self._wait()
            self.discard()
            raise WorkerStartError(f"it {_told(code)}", by_chance=code < 0) from None
        if trouble:
            self.discard()
            raise WorkerStartError(trouble)

    def ask(self, task: Task, seconds: float, hand_over: HandOver) -> None:
        """Have `task` done. Raises TaskLostError when the process ends or is not done in time; it is gone then.

        :param hand_over: takes what the entries come to, as the process tells it
        """
        end, left = time.monotonic() + seconds, len(task.entries)
        try:
            self._pipe.send_bytes(pickle.dumps((task, seconds)))
            while left and self._pipe.poll(max(0.0, end - time.monotonic())):
                done: Sequence[Done] = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - from our own process
                left -= len(done)
                hand_over(done)
            if not left:
                return
        except (EOFError, OSError):
            code = self._wait()
            self.discard()
            raise TaskLostError(_REASONS.get(code, Reason.CRASH), f"its process {_told(code)}") from None
        self.discard()
        raise TaskLostError(Reason.TIMEOUT, f"no result within {seconds:.1f} s, so its process was killed")

    def kill(self) -> None:
        """End the process, whatever it does; the thread that waits for it learns of it."""
        self._process.kill()

    def discard(self) -> None:
        """End the process and let go of it."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _wait(self) -> int:
        try:
            return self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            # It closed its pipe but lives on.
            self._process.kill()
            return self._process.wait()


def _start(descriptor: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(
            _command(descriptor),
            stdin=subprocess.DEVNULL,
            # Parsers write about what they read; that must not reach a terminal or a log.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD,
            pass_fds=(descriptor,),
            # Ctrl-C at the terminal is for the main process to handle.
            start_new_session=True,
        )
    except OSError as error:
        raise WorkerStartError(os.strerror(error.errno or 0)) from None


def _told(code: int) -> str:
    if code == OUT_OF_MEMORY:
        return "used up the memory it may use"
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


def _command(descriptor: int) -> list[str]:
    """The interpreter, with the modules that this process has, but without the current folder on its path."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(scanner.__file__)))
    path = [entry for entry in sys.path if os.path.isabs(entry)]
    program = f"import sys; sys.path[:] = {[*path, home]!a}; from scanner.engine.serve import serve; serve({descriptor})"
    return [sys.executable, "-P", f"-Xutf8={sys.flags.utf8_mode}", "-c", program]
