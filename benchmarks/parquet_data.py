"""The wide table and the dense one as Parquet."""

import os
from collections import Counter
from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.columns import Rng
from benchmarks.planted import Planted
from benchmarks.tables import dense_columns, wide_columns

ROW_GROUP: Final = 100_000
_TYPES: Final = {
    "row_id": pa.int64(),
    "measure_": pa.float64(),
    "price_": pa.float64(),
    "amount_": pa.int32(),
    "flag_": pa.bool_(),
    "due_on": pa.date32(),
}


def write_wide(path: str, size: int, rows: int = ROW_GROUP) -> Planted:
    """The wide table with its numbers typed, Snappy."""
    return _write(path, size, rows, _wide_group, "snappy")


def write_dense(path: str, size: int, rows: int = ROW_GROUP) -> Planted:
    """The dense table, Zstandard."""
    return _write(path, size, rows, _dense_group, "zstd")


def _write(path: str, size: int, rows: int, group_of: Callable[[Rng, int], tuple[pa.Table, Planted]], compression: str) -> Planted:
    """Writes row groups of `rows` rows until the file has about `size` bytes."""
    rng = np.random.default_rng(20240512)
    planted: Planted = Counter()
    group, found = group_of(rng, rows)
    with pq.ParquetWriter(path, group.schema, compression=compression) as writer:
        while True:
            writer.write_table(group, row_group_size=rows)
            planted += found
            if os.path.getsize(path) >= size:
                return planted
            group, found = group_of(rng, rows)


def _wide_group(rng: Rng, rows: int) -> tuple[pa.Table, Planted]:
    wide, planted = wide_columns(rng, rows)
    return pa.table({name: pc.cast(column, _TYPES.get(name.rstrip("0123456789"), pa.string())) for name, column in wide.items()}), planted


def _dense_group(rng: Rng, rows: int) -> tuple[pa.Table, Planted]:
    dense, planted = dense_columns(rng, rows)
    return pa.table(dense), planted
