"""Whose a phone number in a column is that could be of several countries: of the one to which most of the column could belong.

A number without the code of its country fits several, and a column of numbers is of one. Numbers that only another country could have
stay with that.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from scanner.detection.match import Match, Support
from scanner.detection.whole import Whole

_CHECK: Final = "phone"
"""The check of all identifiers of phone numbers that differ in the country alone."""


def leave_to_majority(
    matches: dict[int, list[Match]], wholes: list[Whole], shapes: Counter[tuple[int, Support]]
) -> tuple[dict[int, list[Match]], list[Whole]]:
    """What is left of the matches of one column; see `scanner.detection.columns.ColumnFound` for all three.

    :param shapes: what is not left is taken off
    """
    sizes = _sizes(matches, wholes)
    if len(sizes) < 2:
        return matches, wholes
    kept = {place: [one for one in inside if not _is_minor(one, inside, sizes)] for place, inside in matches.items()}
    shapes.subtract((one.rule.index, one.support) for place, inside in matches.items() for one in inside if one not in kept[place])
    left = [_without_minor(whole, wholes, sizes) for whole in wholes]
    for before, after in zip(wholes, left, strict=True):
        shapes[before.rule.index, before.support] -= len(before.places) - len(after.places)
    return kept, [whole for whole in left if len(whole.places)]


def _sizes(matches: dict[int, list[Match]], wholes: Sequence[Whole]) -> Counter[str]:
    """Identifier -> how many values could be its numbers."""
    sizes = Counter(name for inside in matches.values() for name in {one.rule.identifier.id for one in inside if _is_phone(one)})
    for whole in wholes:
        if _is_phone(whole):
            sizes[whole.rule.identifier.id] += len(whole.places)
    return sizes


def _is_phone(one: Match | Whole) -> bool:
    return one.rule.check_name == _CHECK


def _is_minor(match: Match, inside: Sequence[Match], sizes: Counter[str]) -> bool:
    """Whether another of the matches `inside` the same cell overlaps it that is more of the column."""
    rivals = (other for other in inside if _is_phone(other) and other.start < match.end and match.start < other.end)
    return _is_phone(match) and any(sizes[other.rule.identifier.id] > sizes[match.rule.identifier.id] for other in rivals)


def _without_minor(whole: Whole, wholes: Sequence[Whole], sizes: Counter[str]) -> Whole:
    import numpy as np

    larger = [other.places for other in wholes if _is_phone(other) and sizes[other.rule.identifier.id] > sizes[whole.rule.identifier.id]]
    return whole.at(~np.isin(whole.places, np.concatenate(larger))) if larger and _is_phone(whole) else whole
