"""Blocks of made data, and values planted among harmless ones."""

from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.columns import Rng, Strings

# Identifier to the number of its values.
Planted: TypeAlias = Counter[str]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a file, and what was planted in them."""

    content: bytes
    planted: Planted


def sprinkle(rng: Rng, plain: Strings, values: Strings, share: float) -> tuple[Strings, int]:
    """`plain` with `values` in a random `share` of its rows, and the number of these rows."""
    chosen = rng.random(len(plain)) < share
    return pc.if_else(pa.array(chosen), values, plain), int(np.count_nonzero(chosen))
