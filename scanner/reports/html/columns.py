"""The column inventory as the page lists it."""

from dataclasses import dataclass
from typing import Final

from scanner.reports.escape import visible
from scanner.reports.inventory import Inventory
from scanner.reports.levels import Levels
from scanner.reports.severity import SCORES

_MOST: Final = 20_000


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One identifier in one column.

    :param severity: from 1, low, to 3; so is `confidence`
    :param level: of the column as a whole
    :param values: 0 if nobody knows
    """

    dataset: str
    column: str
    identifier: str
    severity: int
    confidence: int
    count: int
    values: int
    objects: int
    level: str


def column_entries(inventory: Inventory, levels: Levels, root: str = "") -> list[ColumnEntry]:
    """The entries that the page lists: the worst first, then those with the largest share, at most 20,000.

    :param root: what holds all datasets, as `shown_root` has it; their names are shown without it
    """
    above = f"{root.rpartition('://')[2]}/"
    entries = [
        ColumnEntry(
            visible(column.dataset.name).removeprefix(above),
            visible(column.name),
            one.identifier.id,
            SCORES[one.severity],
            one.confidence.value,
            one.count,
            one.values,
            one.objects,
            visible(levels.highest(levels.of(other.identifier) for other in held)),
        )
        for column, held in inventory
        for one in held
    ]
    return sorted(entries, key=lambda one: (-one.severity, -one.count / (one.values or one.count), -one.count))[:_MOST]
