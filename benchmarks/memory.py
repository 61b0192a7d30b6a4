"""Prints how much memory and processor time a scan takes: `python -m benchmarks.memory [--workers N] TARGET...`.

For each target one run of `dowse scan`. Memory is the largest sum, at any moment, of the resident sets of all its processes; what they
share counts for each of them. Linux only, since it reads /proc.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_SAMPLE_SECONDS: Final = 0.05
_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    :param peak_bytes: resident, of all processes together
    :param worker_peak_bytes: the largest that any single process but the first was, as the kernel counts it; 0 without workers
    :param wall_seconds: from start to end
    :param cpu_seconds: user and system time of all processes together
    :param idle_seconds: of all processors; where others kept them busy, it tells what a low `cores` means
    """

    peak_bytes: int
    worker_peak_bytes: int
    wall_seconds: float
    cpu_seconds: float
    idle_seconds: float

    @property
    def cores(self) -> float:
        """How many processors were busy, on average."""
        return self.cpu_seconds / self.wall_seconds


def measure(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """The cost of a scan. Raises SystemExit when it fails."""
    before, idle_before, started = _cpu_of_children(), _idle_seconds(), time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as scan:
        peak, worker_peak = 0, 0
        while scan.poll() is None:
            family = list(_family(scan.pid))
            peak = max(peak, sum(map(_resident_bytes, family)))
            worker_peak = max([worker_peak, *map(_highest_bytes, family[1:])])
            time.sleep(_SAMPLE_SECONDS)
    if scan.returncode not in {0, 3}:
        raise SystemExit(f"{' '.join(command)} ended with exit code {scan.returncode}")
    return Cost(peak, worker_peak, time.perf_counter() - started, _cpu_of_children() - before, _idle_seconds() - idle_before)


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _idle_seconds() -> float:
    """See proc_stat(5): the fourth and fifth number are the ticks of all processors without work, and waiting for a disk."""
    with open("/proc/stat", encoding="ascii") as file:
        ticks = file.readline().split()[4:6]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _family(process: int) -> Iterator[int]:
    """The process and all that descend from it; those that end meanwhile are left out."""
    yield process
    with suppress(FileNotFoundError, ProcessLookupError):
        for thread in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{thread}/children", encoding="ascii") as file:
                children = file.read().split()
            for child in children:
                yield from _family(int(child))


def _resident_bytes(process: int) -> int:
    """See proc_pid_statm(5): the second number are the resident pages. 0 for a process that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _highest_bytes(process: int) -> int:
    """See proc_pid_status(5): the largest its resident set has been. 0 for a process that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{process}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures what the command line, or `arguments` in its place, asks for."""
    parser = argparse.ArgumentParser(description="Measure memory and processor time of scans.")
    parser.add_argument("targets", nargs="+", metavar="TARGET")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (default 2)")
    asked = parser.parse_args(arguments)
    for target in asked.targets:
        command = [sys.executable, "-m", "scanner", "scan", "--quiet", "--format=jsonl", f"--workers={asked.workers}", target]
        cost = measure(command, os.environ)
        busy = f"{cost.cores:.2f} cores busy with it, {cost.idle_seconds / cost.wall_seconds:.2f} idle"
        times = f"wall {cost.wall_seconds:6.1f} s, CPU {cost.cpu_seconds:6.1f} s, {busy}"
        memory = f"peak {cost.peak_bytes / _MIB:6.0f} MiB, of one worker {cost.worker_peak_bytes / _MIB:6.0f} MiB"
        print(f"{os.path.basename(target):20} {memory}, {times}", flush=True)


if __name__ == "__main__":
    main()
