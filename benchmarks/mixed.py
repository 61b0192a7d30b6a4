"""Many small files of every text format, as lakes and repositories hold them."""

import gzip
import os
from collections import Counter
from typing import Final

import numpy as np

from benchmarks.planted import Planted
from benchmarks.tables import dense_columns
from benchmarks.texts import event_lines, log_lines, prose_lines, source_lines

_IN_ONE_FOLDER: Final = 500
_PREFIX: Final = "part"


def write_small_files(folder: str, count: int) -> Planted:
    """`count` files of 1 to 20 KB; what is planted is known only for the tables among them."""
    rng = np.random.default_rng(20240512)
    texts = [(suffix, make(rng).content.splitlines(keepends=True)) for suffix, make in _TEXTS.items()]
    planted: Planted = Counter()
    for index in range(count):
        suffix, lines = texts[index % len(texts)] if index % 6 else (".csv", [])
        if suffix == ".csv":
            content, found = _table(rng)
            planted += found
        else:
            start, length = int(rng.integers(0, len(lines) - 200)), int(rng.integers(10, 150))
            content = b"".join(lines[start : start + length])
        _write(folder, index, suffix, content)
    return planted


_TEXTS: Final = {".jsonl": event_lines, ".log": log_lines, ".txt": prose_lines, ".py": source_lines, ".log.gz": log_lines}


def _table(rng: np.random.Generator) -> tuple[bytes, Planted]:
    rows = int(rng.integers(10, 150))
    made, planted = dense_columns(rng, rows)
    lines = [",".join(made), *(",".join(row) for row in zip(*(column.to_pylist() for column in made.values()), strict=True))]
    return "\n".join(lines).encode() + b"\n", planted


def _write(folder: str, index: int, suffix: str, content: bytes) -> None:
    inner = os.path.join(folder, f"{_PREFIX}{index // _IN_ONE_FOLDER:03}")
    os.makedirs(inner, exist_ok=True)
    with open(os.path.join(inner, f"{index:06}{suffix}"), "wb") as file:
        file.write(gzip.compress(content, 6, mtime=0) if suffix.endswith(".gz") else content)
