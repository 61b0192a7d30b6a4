"""Runs the benchmarks: `python -m benchmarks.run [--size 50MB] [--workers 1]`; writes benchmarks/results/scan.md and prints it.

Each kind of file is made anew in a temporary folder and scanned with all identifiers. Figures depend on the machine; compare
only those of one run.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator

from benchmarks.make_data import KINDS, parse_size
from benchmarks.make_data import main as make_data
from benchmarks.memory import Cost, measure
from scanner.version import VERSION

_RESULTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "results", "scan.md")
_MB = 1_000_000


def _bytes_of(path: str) -> int:
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(entry.stat().st_size for folder, _, _ in os.walk(path) for entry in os.scandir(folder) if entry.is_file())


def _rows(folder: str, workers: int) -> Iterator[str]:
    for kind in KINDS:
        path = os.path.join(folder, kind)
        yield _row(kind, _bytes_of(path), measure(path, workers))


def _row(kind: str, size: int, cost: Cost) -> str:
    rate = size / _MB / cost.cpu_seconds
    return f"| {kind} | {size / _MB:.1f} | {cost.wall_seconds:.1f} | {cost.cpu_seconds:.1f} | {rate:.1f} | {cost.peak_bytes / _MB:.0f} |"


def main() -> None:
    """Makes the data, scans it, writes and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="50MB", help="of each big file")
    parser.add_argument("--files", type=int, default=1000, help="small files")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    parse_size(options.size)
    with tempfile.TemporaryDirectory() as folder:
        make_data([folder, "--size", options.size, "--files", str(options.files)])
        rows = list(_rows(folder, options.workers))
    lines = [
        f"Dowse {VERSION}, Python {platform.python_version()}, {options.workers} worker(s); times hold start-up, about a second.",
        "",
        "| data | MB | wall s | CPU s | MB per CPU s | peak MB, all processes |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    text = "\n".join(lines) + "\n"
    os.makedirs(os.path.dirname(_RESULTS), exist_ok=True)
    with open(_RESULTS, "w", encoding="utf-8") as file:
        file.write(text)
    print(text)


if __name__ == "__main__":
    main()
