"""Columns vote: many values together tell more than each alone.

Ten of a hundred random 16-digit numbers pass the Luhn check; of real card numbers all do. So the share of values that
pass is compared with the share that chance would give (a one-sided binomial test, by its normal approximation), and
the whole group is believed, doubted or dropped.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from scanner.detection.match import Support
from scanner.detection.rules import Rule
from scanner.detection.tally import Group
from scanner.model.occurrence import Confidence

# Fewer values are judged one by one.
_LEAST_VALUES: Final = 20
# A check that random values pass more often than this says too little to vote anything down.
_LARGEST_CHANCE: Final = 0.5
# Standard deviations above chance: one in three million columns of random numbers gets here.
_SIGMAS: Final = 5.0
_CONVINCING_SHARE: Final = 0.95
_CONVINCING_CHANCE: Final = 0.11
# 40 of the shape of US Social Security numbers, of which chance breaks one in nine.
_ALL_BY_CHANCE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Vote:
    """What the group says of its members.

    :param steps: how many steps their confidence goes up or down
    :param evidence: how it voted; empty when it did not
    """

    steps: int = 0
    evidence: str = ""


NO_VOTE: Final = Vote()
DROPPED: Final = -len(Confidence)


def vote(group: Group, rule: Rule, support: Support, *, tabular: bool) -> Vote:
    """The vote of `group`.

    :param tabular: it is a column. One whose values are longer than what was found in them is judged like prose: there
        only matches without any support can be voted down, and none up.
    """
    chance = rule.pattern.chance
    tabular = tabular and group.whole * 2 >= group.passed
    if group.shapes < _LEAST_VALUES or (not tabular and support is not Support.ALONE):
        return NO_VOTE
    said = f"column:{group.passed} of {group.shapes} pass" if tabular else f"text:{group.passed} of {group.shapes} pass"
    if chance > _LARGEST_CHANCE:
        return Vote(1, said) if tabular and _all_by_no_chance(group, chance) else NO_VOTE
    if not _above_chance(group.passed, group.shapes, chance):
        return Vote(DROPPED, said)
    convincing = tabular and group.passed >= _CONVINCING_SHARE * group.shapes and chance <= _CONVINCING_CHANCE
    return Vote(1 if convincing else 0, said)


def _all_by_no_chance(group: Group, chance: float) -> bool:
    """Whether every value passes a weak check, and so many of other things would hardly all have done so."""
    return group.passed == group.shapes and chance**group.shapes <= _ALL_BY_CHANCE


def _above_chance(passed: int, tried: int, chance: float) -> bool:
    expected = tried * chance
    spread = sqrt(tried * chance * (1 - chance))
    return passed > expected + _SIGMAS * spread and passed > 2 * expected


def voted(confidence: Confidence, result: Vote) -> Confidence | None:
    """`confidence` after the vote; None when nothing is left of it."""
    after = confidence + result.steps
    return Confidence(min(after, Confidence.HIGH)) if after >= Confidence.LOW else None
