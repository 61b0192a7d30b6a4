"""The wide table, with some of the dense one's columns, as Parquet."""

import os
from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.columns import Rng
from benchmarks.planted import Planted
from benchmarks.tables import dense_columns, wide_columns

ROW_GROUP: Final = 100_000


def write_parquet(path: str, size: int, rows: int = ROW_GROUP) -> Planted:
    """Writes row groups of `rows` rows until the file has about `size` bytes."""
    rng = np.random.default_rng(20240512)
    planted: Planted = Counter()
    group, found = _group(rng, rows)
    with pq.ParquetWriter(path, group.schema, compression="snappy") as writer:
        while True:
            writer.write_table(group, row_group_size=rows)
            planted += found
            if os.path.getsize(path) >= size:
                return planted
            group, found = _group(rng, rows)


def _group(rng: Rng, rows: int) -> tuple[pa.Table, Planted]:
    wide, in_texts = wide_columns(rng, rows)
    dense, in_columns = dense_columns(rng, rows)
    kept = {name: dense[name] for name in ("ssn", "email")}
    typed = {name: pc.cast(column, pa.float64()) if name.startswith("measure_") else column for name, column in wide.items()}
    identifiers = ("USA_SOCIAL_SECURITY_NUMBER", "EMAIL_ADDRESS")
    return pa.table(typed | kept), in_texts + Counter({name: in_columns[name] for name in identifiers})
