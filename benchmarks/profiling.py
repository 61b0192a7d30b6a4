"""Runs a scan in this process under the profiler: `python -m benchmarks.profiling TARGET [--lines 25]`."""

import argparse
import cProfile
import pstats
from collections.abc import Sequence

from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.scan import Scan


def profile(target: str) -> pstats.Stats:
    """The profile of a scan with all identifiers. What is found is dropped."""
    config = ScanConfig((target,), select=("all",), workers=WorkerConfig(processes=0))
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in Scan(config):
        pass
    profiler.disable()
    return pstats.Stats(profiler)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the dearest functions, by themselves and with what they call."""
    parser = argparse.ArgumentParser(description="Profile a scan.")
    parser.add_argument("target")
    parser.add_argument("--lines", type=int, default=25)
    asked = parser.parse_args(arguments)
    stats = profile(asked.target)
    for order in ("tottime", "cumtime"):
        stats.sort_stats(order).print_stats(asked.lines)


if __name__ == "__main__":
    main()
