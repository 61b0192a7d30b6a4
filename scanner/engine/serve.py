"""What runs in a worker process: takes tasks from its pipe and puts their results in, until the pipe closes."""

import gc
import importlib
import os
import pickle
import resource
import select
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from scanner.engine.bundle import Bundle
from scanner.engine.executor import Setup, TaskRunner

# Exit code of a worker whose memory ran out; far from those that Python and shells use.
OUT_OF_MEMORY: Final = 41
# The main process kills in time. Should it be gone while a parser hangs that lets no other thread run, the kernel does, this much later.
_GRACE_SECONDS: Final = 1.0
# Python's 700 make it look for garbage many times a file, of which there is little that counting references does not free.
_OBJECTS_BEFORE_COLLECTING: Final = 10_000


def serve(descriptor: int) -> None:
    """Serve the pipe with the given file descriptor."""
    pipe = Connection(descriptor)
    threading.Thread(target=_end_with_main, args=(descriptor,), daemon=True).start()
    # Whoever must end a worker kills it; an interrupt is for the main process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _import_early()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        runner = _prepare(pipe)
        if runner is not None:
            _serve(pipe, runner)


def _import_early() -> None:
    """Import what every scan needs while the main process still makes the setup. What is missing is told when it is built."""
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTING)
    with suppress(ImportError):
        for name in ("scanner.engine.object_scan", "scanner.detection.detector", "scanner.detection.vectorscan", "numpy"):
            importlib.import_module(name)


def _end_with_main(descriptor: int) -> None:
    """Wait until the other end of the pipe is closed, and end this process whatever it does."""
    hang_up = select.poll()
    hang_up.register(descriptor, 0)
    hang_up.poll()
    os._exit(0)


def _prepare(pipe: Connection) -> TaskRunner | None:
    """Build what was sent, and answer with nothing, or with what is wrong."""
    try:
        setup: Setup = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own main process
        restrict(setup.memory_bytes)
        runner = setup.build()
        # The ruleset lives as long as the process: nothing in it is to be looked at again for garbage.
        gc.freeze()
    except MemoryError:
        pipe.send_bytes(b"it needs more memory than it may use")
        return None
    except (ImportError, OSError, ValueError, AttributeError) as error:
        pipe.send_bytes(f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
        return None
    pipe.send_bytes(b"")
    return runner


def restrict(memory_bytes: int) -> None:
    """No core dumps, which would hold what was scanned; no more address space than `memory_bytes`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    allowed = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _serve(pipe: Connection, runner: TaskRunner) -> None:
    bundle = Bundle(pipe)
    while True:
        task, seconds = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own main process
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
        try:
            for done in runner(task):
                bundle.add(done)
            bundle.send()
        except MemoryError:
            # Whatever is left of the process is not to be trusted with the next task.
            os._exit(OUT_OF_MEMORY)
        signal.setitimer(signal.ITIMER_REAL, 0)
