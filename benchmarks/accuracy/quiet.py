"""Data with a known answer, in bulk: random numbers in which nothing may be found, and cards that must all be found."""

import csv
import os
import random
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass

import scanner
from benchmarks.accuracy.generators import GENERATORS
from scanner.config import ScanConfig, WorkerConfig


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What was found in one file of `rows` values: occurrences by identifier, at default confidence."""

    name: str
    rows: int
    found: dict[str, int]


def measure(numbers: int = 1_000_000, rows: int = 100_000) -> list[BulkResult]:
    """Random numbers of 8 to 19 digits as a column and in prose, order numbers and cards with and without a header."""
    rng = random.Random("quiet")
    with tempfile.TemporaryDirectory() as folder:
        results = [
            _column(folder, "numbers of 8-19 digits, column", "value", (_number(rng) for _ in range(numbers)), numbers),
            _prose(folder, (f"it was {_number(rng)} then" for _ in range(numbers)), numbers),
        ]
        for kind, header in (("digits16", "order_id"), ("digits16", ""), ("card", "card_number"), ("card", "")):
            title = f"{'random' if kind == 'digits16' else 'valid cards'}, 16 digits, {header or 'no header'}"
            results.append(_column(folder, title, header, (GENERATORS[kind](rng) for _ in range(rows)), rows))
    return results


def _number(rng: random.Random) -> str:
    size = rng.randint(8, 19)
    return str(rng.randrange(10 ** (size - 1), 10**size))


def _column(folder: str, title: str, header: str, values: Iterable[str], rows: int) -> BulkResult:
    path = os.path.join(folder, "data.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if header:
            writer.writerow(["no", header])
        writer.writerows((index, value) for index, value in enumerate(values))
    return BulkResult(title, rows, _count(path))


def _prose(folder: str, lines: Iterable[str], rows: int) -> BulkResult:
    path = os.path.join(folder, "prose.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    return BulkResult("numbers of 8-19 digits, prose", rows, _count(path))


def _count(path: str) -> dict[str, int]:
    config = ScanConfig((), workers=WorkerConfig(processes=0, timeout=1800.0))
    (result,) = scanner.scan(path, config=config)
    if result.outcome.status.name != "SCANNED":
        raise RuntimeError(f"{path}: {result.outcome}; a count needs the whole file read")
    os.remove(path)
    return {detection.identifier: detection.count for detection in result.detections}
