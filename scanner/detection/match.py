"""A match: a value that has a rule's shape and passes its check, with what speaks for it."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from identifiers.model import Category
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence


class Support(StrEnum):
    """What speaks for a match besides its own shape and check."""

    ALONE = "alone"
    KEYWORD = "keyword"
    NAME = "name"


Standing = tuple[int, bool, bool, bool]
"""The rank of a match but for its length: of two that overlap, the shorter one loses unless it stands higher."""


@dataclass(frozen=True, slots=True)
class Match:
    """One value in a text or a cell.

    :param start: of the value, in characters
    :param end: behind the value
    :param origin: where the whole shape starts, at or before the value
    :param reach: where the whole shape ends, at or behind the end of the value
    :param confidence: before the column's vote
    """

    rule: Rule
    start: int
    end: int
    origin: int
    reach: int
    support: Support
    confidence: Confidence
    evidence: tuple[str, ...]
    verified: bool

    @property
    def standing(self) -> Standing:
        """The rank but for the length."""
        secret = self.rule.identifier.category is Category.CREDENTIALS
        return (self.confidence, secret, self.verified, self.support is not Support.ALONE)

    @property
    def rank(self) -> tuple[Standing, int]:
        """What decides between matches that overlap: higher wins. A secret that looks like something else is still a secret."""
        return (self.standing, self.reach - self.origin)

    def moved(self, by: int) -> "Match":
        """The same match in a text that begins `by` characters later."""
        return replace(self, start=self.start - by, end=self.end - by, origin=self.origin - by, reach=self.reach - by)


@dataclass(frozen=True, slots=True)
class Failed:
    """A value that had a rule's shape and did not pass its check; fields as in Match."""

    rule: Rule
    origin: int
    reach: int
    support: Support


def best_standing(rule: Rule, support: Support) -> Standing | None:
    """The highest that a match of `rule` can stand; None if none is reported."""
    confidence = rule.alone if support is Support.ALONE else rule.supported
    if confidence is None:
        return None
    return (confidence, rule.identifier.category is Category.CREDENTIALS, bool(rule.check_name), support is not Support.ALONE)


def count_shapes(kept: list[Match], failed: list[Failed]) -> Counter[tuple[int, Support]]:
    """(rule index, support) -> values in one text that had the shape, but for those inside a match that stands no lower.

    :param kept: the matches that none beats
    """
    shapes = Counter((match.rule.index, match.support) for match in kept)
    shapes.update((one.rule.index, one.support) for one in failed if not any(_covers(match, one) for match in kept))
    return shapes


def _covers(match: Match, failed: Failed) -> bool:
    best = best_standing(failed.rule, failed.support)
    inside = match.origin <= failed.origin and failed.reach <= match.reach
    return inside and match.rule is not failed.rule and (best is None or match.standing >= best)


def without_beaten(matches: list[Match], rivals: list[Match] | None = None) -> list[Match]:
    """`matches` without those whose shapes overlap that of a better one.

    Of two that are equally good both stay, unless they are of the same identifier, then the first, or the keyword of one says what the
    other's says and more.

    :param matches: any order
    :param rivals: further matches that may beat, but are not given back
    :return: by the start of their shapes
    """
    ordered = sorted([*matches, *(rivals or [])], key=lambda match: (match.origin, match.reach, match.rule.index))
    gone = _beaten(ordered) | {id(match) for match in rivals or ()}
    return [match for match in ordered if id(match) not in gone]


def _beaten(ordered: list[Match]) -> set[int]:
    """Python's ids of the matches that lose against one they overlap.

    Each is compared only with those that reach over its start: at most one of each rule, however many hang together.
    """
    beaten: set[int] = set()
    reaching: list[Match] = []
    for match in ordered:
        reaching = [other for other in reaching if other.reach > match.origin]
        beaten.update(id(loser) for other in reaching if (loser := _loser(other, match)))
        reaching.append(match)
    return beaten


def _loser(first: Match, second: Match) -> Match | None:
    """Which of two overlapping matches goes; None when both stay."""
    if first.rank != second.rank:
        return min(first, second, key=lambda match: match.rank)
    if first.rule.identifier is second.rule.identifier:
        return second
    return _called_less(first, second)


def _called_less(first: Match, second: Match) -> Match | None:
    """The one whose keyword is a part of the other's: what is called a German tax number is no other country's tax number."""
    one, other = _keyword(first), _keyword(second)
    if not one or not other or one == other:
        return None
    if f" {one} " in f" {other} ":
        return first
    return second if f" {other} " in f" {one} " else None


def _keyword(match: Match) -> str:
    said = (phrase for phrase in match.evidence if phrase.startswith(_KEYWORD))
    return next(said, "").removeprefix(_KEYWORD)


_KEYWORD: Final = f"{Support.KEYWORD.value}:"
