"""Signals end a run in good order."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """
import sys
from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.interrupt import interruptible
from scanner.engine.plan import TaskSizes
from scanner.engine.scan import Scan
from tests.engine.doubles import COLOUR, Shelf

shelf = Shelf({contents})
nowhere = {{"XDG_STATE_HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null"}}
config = ScanConfig(("shelf",), workers=WorkerConfig(2))
with interruptible() as interrupt:
    sizes = TaskSizes(batch_objects=1)
    scan = Scan(config, identifiers=(COLOUR,), source=shelf, interrupt=interrupt, environment=nowhere, sizes=sizes)
    for result in scan:
        print(result.object.ref.key, flush=True)
summary = scan.summary()
print(summary.complete, summary.interrupted, summary.objects)
sys.exit(interrupt.exit_code)
"""
MANY = '{f"{number:05}": b"red" for number in range(50000)}'
HANGING = '{"a": b"red", "b": "hang"}'


def start(contents: str) -> "subprocess.Popen[str]":
    program = PROGRAM.format(contents=contents)
    home = str(Path(__file__).parents[2])
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_first_signal_ends_the_run_in_good_order(number: signal.Signals, code: int) -> None:
    with start(MANY) as main:
        assert main.stdout
        assert main.stderr
        assert main.stdout.readline() == "00000\n"
        main.send_signal(number)
        *keys, last = main.stdout.read().splitlines()
        errors = main.stderr.read()
    complete, interrupted, objects = last.split()
    assert (main.returncode, complete, interrupted, int(objects), errors) == (code, "False", "True", len(keys) + 1, "")
    assert keys == sorted(keys)
    assert len(keys) < 49_999


def test_the_second_signal_ends_the_program_at_once() -> None:
    with start(HANGING) as main:
        assert main.stdout
        assert main.stdout.readline() == "a\n"
        main.send_signal(signal.SIGINT)
        time.sleep(0.5)
        began = time.monotonic()
        main.send_signal(signal.SIGINT)
        assert main.wait() == -signal.SIGINT
    assert time.monotonic() - began < 2
