"""Many small files of many formats, as lakes and repositories hold them."""

import gzip
import html
import io
import os
from collections import Counter
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.planted import Block, Planted
from benchmarks.tables import wide_columns
from benchmarks.texts import event_lines, log_lines, prose_lines, source_lines

_IN_ONE_FOLDER: Final = 500
_PREFIX: Final = "part"
_SMALLEST_BYTES: Final = 1000
_LARGEST_BYTES: Final = 100_000
# Of one row of the wide table as CSV.
_ROW_BYTES: Final = 440


def write_small_files(folder: str, count: int) -> Planted:
    """`count` files of 1 to 100 KB before compression, sizes spread evenly over the powers of ten; what is planted is known only for
    the tables among them.
    """
    rng = np.random.default_rng(20240512)
    texts = [(suffix, make(rng).content, wrap) for suffix, (make, wrap) in _TEXTS.items()]
    planted: Planted = Counter()
    for index in range(count):
        size = int(_SMALLEST_BYTES * (_LARGEST_BYTES / _SMALLEST_BYTES) ** rng.random())
        chosen = index % (len(texts) + len(_TABLES))
        if chosen < len(texts):
            suffix, lines, wrap = texts[chosen]
            content = wrap(_cut(rng, lines, size))
        else:
            suffix = tuple(_TABLES)[chosen - len(texts)]
            content, found = _table(rng, max(8, size // _ROW_BYTES), _TABLES[suffix])
            planted += found
        _write(folder, index, suffix, content)
    return planted


def _cut(rng: np.random.Generator, lines: bytes, size: int) -> bytes:
    """Whole lines from somewhere."""
    start = lines.index(b"\n", int(rng.integers(0, len(lines) - 2 * _LARGEST_BYTES))) + 1
    return lines[start : lines.index(b"\n", start + size) + 1]


def _array(lines: bytes) -> bytes:
    return b"[\n" + b",\n".join(lines.splitlines()) + b"\n]\n"


def _page(lines: bytes) -> bytes:
    paragraphs = (f"<p>{html.escape(line)}</p>" for line in lines.decode().splitlines())
    return ("<!doctype html><html><head><title>Notes</title></head><body>\n" + "\n".join(paragraphs) + "\n</body></html>\n").encode()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


_TEXTS: Final[dict[str, tuple[Callable[[np.random.Generator], Block], Callable[[bytes], bytes]]]] = {
    ".jsonl": (event_lines, bytes),
    ".log": (log_lines, bytes),
    ".txt": (prose_lines, bytes),
    ".py": (source_lines, bytes),
    ".log.gz": (log_lines, _gzip),
    ".json": (event_lines, _array),
    ".html": (prose_lines, _page),
}


def _as_csv(table: pa.Table) -> bytes:
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    return "\n".join([",".join(table.column_names), *(",".join(row) for row in rows), ""]).encode()


def _as_parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream, compression="snappy")
    return stream.getvalue()


_TABLES: Final[dict[str, Callable[[pa.Table], bytes]]] = {".csv": _as_csv, ".parquet": _as_parquet}


def _table(rng: np.random.Generator, rows: int, encode: Callable[[pa.Table], bytes]) -> tuple[bytes, Planted]:
    made, planted = wide_columns(rng, rows)
    return encode(pa.table(made)), planted


def _write(folder: str, index: int, suffix: str, content: bytes) -> None:
    inner = os.path.join(folder, f"{_PREFIX}{index // _IN_ONE_FOLDER:03}")
    os.makedirs(inner, exist_ok=True)
    with open(os.path.join(inner, f"{index:06}{suffix}"), "wb") as file:
        file.write(content)
