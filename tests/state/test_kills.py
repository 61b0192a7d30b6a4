"""Runs that are killed at any moment. benchmarks/state_kills.py does the same two hundred times over two thousand objects."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_runs_that_are_killed_again_and_again_leave_the_store_of_a_clean_run() -> None:
    command = [sys.executable, "-m", "benchmarks.state_kills", "--objects", "120", "--kills", "8", "--seed", "5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("8 runs killed, ")
    assert "the store is that of a clean run" in done.stdout
