"""What a data catalogue is told of a column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import regex

from identifiers.model import Category
from identifiers.regulations import load_regulations, regulations_of
from scanner.reports.catalogue_settings import CatalogueSettings
from scanner.reports.datasets import Dataset
from scanner.reports.inventory import Column, Held, Inventory
from scanner.reports.levels import Levels

# The most sensitive first.
_CATEGORIES: Final = (Category.CREDENTIALS, Category.FINANCIAL, Category.PERSONAL, Category.CUSTOM)
_NO_WORD: Final = regex.compile(r"[^\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Label:
    """One column.

    :param names: from the outermost in; a table without a header has `col0`, `col1`, as crawlers call them
    :param held: what is in it, the worst first
    :param level: its sensitivity
    :param regulations: ids of those that speak of anything in it, in their declared order
    """

    names: tuple[str, ...]
    held: tuple[Held, ...]
    level: str
    regulations: tuple[str, ...]

    @property
    def name(self) -> str:
        """`ssn`, `person.ssn`."""
        return ".".join(self.names)

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Ids, the worst first."""
        return tuple(one.identifier.id for one in self.held)

    @property
    def category(self) -> Category:
        """The most sensitive category of anything in it."""
        return min((one.identifier.category for one in self.held), key=_CATEGORIES.index)


def labelled(inventory: Inventory, settings: CatalogueSettings) -> Iterator[tuple[Dataset, list[Label]]]:
    """Each dataset with its columns, sorted; columns of which less is known to hold something than `min_share` are left out."""
    for dataset, columns in groupby(inventory, key=lambda item: item[0].dataset):
        labels = [_label(column, kept, settings) for column, held in columns if (kept := _enough(held, settings.min_share))]
        if labels:
            yield dataset, labels


def outermost(labels: Sequence[Label], levels: Levels) -> list[Label]:
    """Columns that are in no other, each with all that is in it."""
    inside: dict[str, list[Label]] = {}
    for label in labels:
        inside.setdefault(label.names[0], []).append(label)
    return [_merged(name, parts, levels) for name, parts in inside.items()]


def table_names(datasets: Sequence[Dataset]) -> dict[Dataset, str]:
    """A name for the table that each dataset is, as crawlers make it: its last name in lower case, with `_` for what is no letter or digit.

    Those that would have the same name have their whole path in it.
    """
    short = {dataset: _word(dataset.table) for dataset in datasets}
    names = list(short.values())
    return {dataset: name if names.count(name) == 1 else _word(dataset.name) for dataset, name in short.items()}


def readable(name: str) -> str:
    """A name that may carry undecodable bytes or halves of surrogate pairs, as text that can be written; those become U+FFFD."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _merged(name: str, parts: Sequence[Label], levels: Levels) -> Label:
    tagged = {regulation for one in parts for regulation in one.regulations}
    regulations = tuple(one.id for one in load_regulations().regulations if one.id in tagged)
    return Label((name,), tuple(held for one in parts for held in one.held), levels.highest(one.level for one in parts), regulations)


def _label(column: Column, held: Sequence[Held], settings: CatalogueSettings) -> Label:
    tagged = {regulation for one in held for regulation in regulations_of(one.identifier)}
    return Label(
        tuple(map(readable, column.names)) or (f"col{column.position - 1}",),
        tuple(held),
        settings.levels.highest(settings.levels.of(one.identifier) for one in held),
        tuple(one.id for one in load_regulations().regulations if one.id in tagged),
    )


def _enough(held: Sequence[Held], share: float) -> list[Held]:
    """Those with at least this share; where nobody knows it, all."""
    return [one for one in held if one.share is None or one.share >= share]


def _word(name: str) -> str:
    return _NO_WORD.sub("_", readable(name)).strip("_").lower() or "table"
