"""Reads files the plain way and prints the CPU seconds of it: `python -m benchmarks.raw_read csv|jsonl|parquet|bytes|pdf PATH`.

One thread; imports are done before the clock starts. What is read is dropped at once.
"""

import glob
import os
import resource
import sys
from collections.abc import Callable, Iterable
from typing import Final

_BLOCK_BYTES: Final = 4 * 1024 * 1024


def cpu_seconds() -> float:
    """User and system time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def files_below(path: str) -> list[str]:
    """The file itself, or every file below the folder."""
    if os.path.isfile(path):
        return [path]
    return [found for found in glob.glob(os.path.join(path, "**"), recursive=True) if os.path.isfile(found)]


def _drain(batches: Iterable[object]) -> None:
    for _ in batches:
        pass


def _csv(path: str) -> None:
    from pyarrow import csv

    _drain(csv.open_csv(path, csv.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES)))


def _jsonl(path: str) -> None:
    from pyarrow import json

    json.read_json(path, json.ReadOptions(use_threads=False, block_size=_BLOCK_BYTES))


def _parquet(path: str) -> None:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        _drain(file.iter_batches(use_threads=False))


def _bytes(path: str) -> None:
    buffer = bytearray(_BLOCK_BYTES)
    with open(path, "rb", buffering=0) as file:
        while file.readinto(buffer):
            pass


def _pdf(path: str) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


_WAYS: Final[dict[str, Callable[[str], None]]] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet, "bytes": _bytes, "pdf": _pdf}
_IMPORTS: Final = {"csv": "pyarrow.csv", "jsonl": "pyarrow.json", "parquet": "pyarrow.parquet", "bytes": "os", "pdf": "pypdfium2"}


def main() -> None:
    """Times the way that the first argument names on what the second names."""
    way, path = sys.argv[1:]
    __import__(_IMPORTS[way])
    if _IMPORTS[way].startswith("pyarrow"):
        import pyarrow as pa

        pa.set_cpu_count(1)
    files = files_below(path)
    before = cpu_seconds()
    for file in files:
        _WAYS[way](file)
    print(cpu_seconds() - before)


if __name__ == "__main__":
    main()
