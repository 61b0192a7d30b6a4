"""Runs the benchmarks: `python -m benchmarks.run [--quick] [--pairs N] [--only KIND ...]`; writes benchmarks/results/ and prints the table.

Each kind of file is made anew from fixed seeds in a temporary folder. Figures depend on the machine; compare only those of one run.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from benchmarks import table
from benchmarks.machine import machine
from benchmarks.make_data import write_kind
from benchmarks.measure import Amount, cold_start, measure_row, startup_seconds, two_workers, worker_peaks
from benchmarks.plot import draw_rows
from benchmarks.stand_ins import WANTED, missing, write_stand_ins
from benchmarks.targets import ROWS, Row
from benchmarks.timing import Place, Sample
from identifiers import load_catalogue

RESULTS: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "results")
_MB: Final = 1_000_000
_PAGES_OF_A_PDF: Final = 10
_FOR_PEAKS: Final = ("wide.csv", "dense.csv", "events.jsonl", "wide.parquet", "service.log", "small_files")
_FOR_TWO: Final = ("wide.csv", "service.log", "small_files")


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a run is.

    :param size: bytes of each large file
    :param large: bytes of the files for memory and two workers
    :param files: small files; PDFs and documents are a hundredth of `documents`
    """

    name: str
    size: int
    large: int
    files: int
    documents: int
    pairs: int


FULL: Final = Plan("full", 150 * _MB, 250 * _MB, 10_000, 20_000, 5)
QUICK: Final = Plan("quick", 8 * _MB, 16 * _MB, 300, 2_000, 1)


def _make(folder: str, plan: Plan, kind: str) -> dict[str, int]:
    files = plan.documents if kind in {"pdfs", "documents"} else plan.files
    return dict(write_kind(folder, kind, plan.size, files))


def amount_of(row: Row, path: str) -> Amount:
    """How much of the row's unit lies at `path`."""
    if row.unit == "pages":
        return Amount(len(os.listdir(path)) * _PAGES_OF_A_PDF)
    if row.kind == "documents":
        return Amount(text_bytes(path) / _MB)
    size = bytes_of(path) / _MB
    return Amount(_files_of(path), size) if row.unit == "files" else Amount(size)


def text_bytes(folder: str) -> int:
    """Bytes of UTF-8 in the paragraphs and cells of all documents of a folder; they are made alike, so one is read."""
    import docx

    names = sorted(os.listdir(folder))
    document = docx.Document(os.path.join(folder, names[0]))
    cells = [cell.text for table_ in document.tables for row in table_.rows for cell in row.cells]
    one = sum(len(text.encode()) + 1 for text in [*(paragraph.text for paragraph in document.paragraphs), *cells])
    return one * len(names)


def bytes_of(path: str) -> int:
    """Bytes of a file, or of all files below a folder."""
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names)


def _files_of(path: str) -> int:
    return sum(len(names) for _, _, names in os.walk(path))


def benchmark(plan: Plan, core: int, kinds: Sequence[str]) -> table.Results:
    """Measures the rows of `kinds`, start-up, memory and two workers."""
    about = machine()
    rows = []
    peaks: dict[str, float] = {}
    speedups: dict[str, Sample] = {}
    with tempfile.TemporaryDirectory() as folder:
        custom = os.path.join(folder, "stand_ins.toml")
        write_stand_ins(custom, missing())
        place = Place(core, folder, custom if missing() else "")
        startup, first = startup_seconds(folder, place, plan.pairs)
        cold = cold_start(place)
        for row in ROWS:
            if row.kind in kinds:
                planted = _make(folder, plan, row.kind)
                amount = amount_of(row, os.path.join(folder, row.kind))
                rows.append(measure_row(row, folder, place, planted=planted, amount=amount, startup=startup.median, pairs=plan.pairs))
        for kind in _FOR_PEAKS:
            if kind in kinds:
                if kind != "small_files":
                    write_kind(folder, kind, plan.large, plan.files)
                peaks.update(worker_peaks(folder, (kind,), place))
                if kind in _FOR_TWO:
                    speedups.update(two_workers(folder, (kind,), place, min(plan.pairs, 3)))
    size = f"{plan.size // _MB} MB and {plan.files:,} small files"
    identifiers = max(WANTED, len(load_catalogue()))
    return table.Results(about, size, plan.pairs, identifiers, missing(), startup, first, cold, rows, peaks, speedups)


def _write(results: table.Results, name: str) -> str:
    os.makedirs(RESULTS, exist_ok=True)
    text = table.markdown(results)
    with open(os.path.join(RESULTS, f"{name}.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(RESULTS, f"{name}.json"), "w", encoding="utf-8") as file:
        json.dump(table.plain(results), file, indent=1)
        file.write("\n")
    draw_rows(results.rows, os.path.join(RESULTS, f"{name}.svg"))
    return text


def main() -> None:
    """Makes the data, scans it, writes and prints the table."""
    parser = argparse.ArgumentParser(description="Measure the speed of scans.")
    parser.add_argument("--quick", action="store_true", help="small inputs, one pair: about two minutes, rough figures")
    parser.add_argument("--only", nargs="+", choices=[row.kind for row in ROWS], metavar="KIND", help="some rows, written to partial.*")
    parser.add_argument("--pairs", type=int, metavar="N", help="how often each row is measured; the table says it")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="the one that everything is pinned to")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL
    plan = replace(plan, pairs=asked.pairs or plan.pairs)
    results = benchmark(plan, asked.core, asked.only or [row.kind for row in ROWS])
    print(_write(results, "partial" if asked.only else plan.name))


if __name__ == "__main__":
    main()
