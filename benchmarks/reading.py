"""What reading alone costs: `python -m benchmarks.reading FOLDER [KIND ...] [--runs 3]`, over what `benchmarks.make_data` wrote there.

Each file is turned into segments, which are thrown away, and then read bare: by Arrow, PDFium, lxml, or into a buffer. Runs are
paired; CPU time of this process, one thread, median of the runs.
"""

import argparse
import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Final

from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object

_MB: Final = 1_000_000


def _paths(path: str) -> Iterator[str]:
    if os.path.isfile(path):
        yield path
    for folder, _, names in os.walk(path):
        yield from (os.path.join(folder, name) for name in sorted(names))


def read_as_segments(path: str) -> None:
    """All items of the file, one after the other."""
    with open(path, "rb") as stream:
        for _ in read_object(stream, os.path.basename(path), None, limits=Limits()):
            pass


def _bare_csv(path: str) -> None:
    from pyarrow import csv

    with csv.open_csv(path, read_options=csv.ReadOptions(use_threads=False)) as reader:
        for _ in reader:
            pass


def _bare_json(path: str) -> None:
    from pyarrow import json

    with json.open_json(path, read_options=json.ReadOptions(use_threads=False, block_size=4 << 20)) as reader:
        for _ in reader:
            pass


def _bare_parquet(path: str) -> None:
    from pyarrow import parquet

    for _ in parquet.ParquetFile(path).iter_batches(use_threads=False):
        pass


def _bare_pdf(path: str) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def _bare_docx(path: str) -> None:
    import zipfile

    from lxml import etree

    with zipfile.ZipFile(path) as package, package.open("word/document.xml") as part:
        etree.parse(io.BytesIO(part.read()))


def _bare_bytes(path: str) -> None:
    buffer = bytearray(4 << 20)
    with open(path, "rb", buffering=0) as stream:
        while stream.readinto(buffer):
            pass


_BARE: Final[dict[str, Callable[[str], None]]] = {
    "wide.csv": _bare_csv,
    "dense.csv": _bare_csv,
    "events.jsonl": _bare_json,
    "wide.parquet": _bare_parquet,
    "pdfs": _bare_pdf,
    "documents": _bare_docx,
    "small_files": _bare_bytes,
    "service.log": _bare_bytes,
    "prose.txt": _bare_bytes,
    "source.txt": _bare_bytes,
}


def _seconds(read: Callable[[str], None], paths: Sequence[str]) -> float:
    start = time.process_time()
    for path in paths:
        read(path)
    return time.process_time() - start


def _row(folder: str, kind: str, runs: int) -> str:
    paths = list(_paths(os.path.join(folder, kind)))
    size = sum(map(os.path.getsize, paths)) / _MB
    pairs = [(_seconds(read_as_segments, paths), _seconds(_BARE[kind], paths)) for _ in range(runs)]
    own, bare = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    share = median(pair[1] / pair[0] for pair in pairs)
    return f"| {kind} | {size:.1f} | {len(paths) / own:.0f} | {size / own:.0f} | {size / bare:.0f} | {share:.0%} |"


def main() -> None:
    """Reads what the command line names and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("kinds", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print("| data | MB | files/s | reading MB/s | bare MB/s | share of bare |\n|---|---|---|---|---|---|")
    for kind in options.kinds or [kind for kind in _BARE if os.path.exists(os.path.join(options.folder, kind))]:
        print(_row(options.folder, kind, options.runs), flush=True)


if __name__ == "__main__":
    main()
