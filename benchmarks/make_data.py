"""Writes big made-up files for benchmarks: `python -m benchmarks.make_data FOLDER [--size 200MB] [--files 10000] [KIND ...]`.

Everything comes from one seed, so that a file of one kind and size is the same on every machine (Parquet: the same rows).
`planted.json` beside the files tells how many values of each identifier were put into them.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
import regex

from benchmarks.documents import write_documents, write_pdfs
from benchmarks.mixed import write_small_files
from benchmarks.parquet_data import write_dense, write_wide
from benchmarks.planted import Block, Planted
from benchmarks.tables import dense_rows, wide_rows
from benchmarks.texts import event_lines, log_lines, prose_lines, source_lines

Rows = Callable[[np.random.Generator, bool], Block]

_UNITS: Final = {"": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}
STREAMED: Final[dict[str, Rows]] = {
    "wide.csv": wide_rows,
    "dense.csv": dense_rows,
    "events.jsonl": event_lines,
    "service.log": log_lines,
    "prose.txt": prose_lines,
    "source.txt": source_lines,
}
PARQUET: Final = {"wide.parquet": write_wide, "dense.parquet": write_dense}
COUNTED: Final[dict[str, Callable[[str, int], Planted]]] = {
    "small_files": write_small_files,
    "pdfs": write_pdfs,
    "documents": write_documents,
}
KINDS: Final = (*STREAMED, *PARQUET, *COUNTED)


def parse_size(text: str) -> int:
    """`200MB` in bytes; KB, MB and GB count in thousands, KiB, MiB and GiB in 1,024."""
    match = regex.fullmatch(r"(\d+(?:\.\d+)?) ?([A-Za-z]*)", text)
    if not match or match[2].upper() not in _UNITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write 200MB or 2GiB")
    return int(float(match[1]) * _UNITS[match[2].upper()])


def write_stream(path: str, rows: Rows, size: int) -> Planted:
    """Writes blocks of rows until the file has `size` bytes or the rest of a block more."""
    planted: Planted = Counter()
    with open(path, "wb") as file:
        for block in _blocks(rows):
            file.write(block.content)
            planted += block.planted
            if file.tell() >= size:
                return planted
    raise AssertionError("blocks never end")


def _blocks(rows: Rows) -> Iterator[Block]:
    rng = np.random.default_rng(20240512)
    first = True
    while True:
        yield rows(rng, first)
        first = False


def write_kind(folder: str, kind: str, size: int, files: int) -> Planted:
    """Writes one kind of data and gives what was planted in it."""
    path = os.path.join(folder, kind)
    if kind in STREAMED:
        return write_stream(path, STREAMED[kind], size)
    if kind in PARQUET:
        return PARQUET[kind](path, size)
    os.makedirs(path, exist_ok=True)
    return COUNTED[kind](path, files)


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes what the command line, or `arguments` in its place, asks for."""
    parser = argparse.ArgumentParser(description="Write big made-up files for benchmarks.")
    parser.add_argument("folder")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"any of {', '.join(KINDS)}; all of them when left out")
    parser.add_argument("--size", type=parse_size, default=parse_size("200MB"), help="of each big file, e.g. 2GB (default 200MB)")
    parser.add_argument("--files", type=int, default=10_000, help="how many small files; PDFs and documents: a hundredth (default 10000)")
    asked = parser.parse_args(arguments)
    if unknown := sorted(set(asked.kinds) - set(KINDS)):
        parser.error(f"no such kind: {', '.join(unknown)}; choose from {', '.join(KINDS)}")
    os.makedirs(asked.folder, exist_ok=True)
    told = {kind: dict(sorted(write_kind(asked.folder, kind, asked.size, asked.files).items())) for kind in asked.kinds or KINDS}
    _note_planted(os.path.join(asked.folder, "planted.json"), told)
    print(f"{', '.join(told)} written to {asked.folder}")


def _note_planted(path: str, told: dict[str, dict[str, int]]) -> None:
    """Adds to what earlier runs have noted about the same folder."""
    before: dict[str, dict[str, int]] = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            before = json.load(file)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(before | told, file, indent=2)


if __name__ == "__main__":
    main()
