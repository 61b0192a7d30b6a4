"""Runs commands and tells what they cost: on one core, descendants included."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from statistics import median
from typing import Final

# 3: something was not scanned, which the found values will tell.
_GOOD_CODES: Final = {0, 3}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took: user and system time of it and its descendants, and wall time."""

    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Sample:
    """A figure measured several times."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.values)

    @property
    def spread(self) -> float:
        """Largest less smallest, as a share of the median; 0 where the median is 0."""
        return (max(self.values) - min(self.values)) / self.median if self.median else 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where runs happen.

    :param core: all of a run is pinned to it; None leaves it free
    :param state: folder for the program's own cache and key and for bytecode, so that every run but the first finds its ruleset compiled
    :param custom: file of stand-in identifiers; empty for none
    """

    core: int | None
    state: str
    custom: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The environment of the runs; what Python compiles is kept, as it is for an installed program."""
        names = {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state", "PYTHONPYCACHEPREFIX": "bytecode"}
        folders = {name: os.path.join(self.state, folder) for name, folder in names.items()}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, **folders, "PYTHONPATH": os.getcwd(), **self.extra}


def spend(command: Sequence[str], place: Place, output: str = os.devnull) -> Spent:
    """What `command` costs; its standard output goes to the file `output`. Raises SystemExit when it fails."""
    pin = None if place.core is None else partial(os.sched_setaffinity, 0, {place.core})
    started = time.perf_counter()
    with open(output, "wb") as file:
        # One thread here, so a function between fork and exec is safe.
        process = subprocess.Popen(command, stdout=file, env=place.environment(), preexec_fn=pin)  # noqa: PLW1509
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _GOOD_CODES:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, wall)


def scan_command(target: str, place: Place, workers: int = 1, select: Sequence[str] = ("all",)) -> list[str]:
    """The complete pipeline: located findings as JSON Lines."""
    custom = [f"--identifiers={place.custom}"] if place.custom else []
    chosen = [f"--select={word}" for word in select]
    return [sys.executable, "-m", "scanner", "scan", "--quiet", "--format=jsonl", f"--workers={workers}", *chosen, *custom, target]


def raw_seconds(way: str, path: str, place: Place) -> float:
    """CPU seconds of the plain reading of `path`."""
    pin = None if place.core is None else partial(os.sched_setaffinity, 0, {place.core})
    command = [sys.executable, "-m", "benchmarks.raw_read", way, path]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=place.environment(), preexec_fn=pin)
    return float(told.stdout)


def found_in(output: str) -> dict[str, int]:
    """How often each identifier was found, by the summary of a run's JSON Lines."""
    return dict(_summary(output)["occurrences"])


def not_scanned(output: str) -> dict[str, int]:
    """Why objects were not plainly scanned, and how many."""
    return dict(_summary(output)["reasons"])


def _summary(output: str) -> Mapping[str, Mapping[str, int]]:
    with open(output, "rb") as file:
        last: Mapping[str, Mapping[str, int]] = json.loads(file.readlines()[-1])
    return last


def sample(values: Iterable[float]) -> Sample:
    """The values as one figure."""
    return Sample(tuple(values))
