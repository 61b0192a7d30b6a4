"""The word lists that ship with the program."""

import gzip
import os
from functools import cache
from typing import Final

DATA_FOLDER: Final = os.path.join(os.path.dirname(__file__), "data")
LISTS: Final = (
    "given",
    "surname",
    "particle",
    "title",
    "company",
    "job",
    "product",
    "street",
    "street_ending",
    "unit",
    "city",
    "region",
    "region_code",
    "country",
    "blank",
)
"""What there is; `benchmarks/names/make_lists.py` writes them."""


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a list of `LISTS`, folded and sorted."""
    with gzip.open(os.path.join(DATA_FOLDER, f"{name}.txt.gz"), "rt", encoding="utf-8") as file:
        return tuple(file.read().split("\n"))
