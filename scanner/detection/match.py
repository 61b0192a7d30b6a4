"""A match: a value that has a rule's shape and passes its check, with what speaks for it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from identifiers.model import Category
from scanner.detection.rules import Rule
from scanner.model.occurrence import Confidence


class Support(StrEnum):
    """What speaks for a match besides its own shape and check."""

    ALONE = "alone"
    KEYWORD = "keyword"
    NAME = "name"


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
    def rank(self) -> tuple[int, bool, bool, bool, int]:
        """What decides between matches that overlap: higher wins. A secret that looks like something else is still a secret."""
        secret = self.rule.identifier.category is Category.CREDENTIALS
        return (self.confidence, secret, self.verified, self.support is not Support.ALONE, self.reach - self.origin)

    def moved(self, by: int) -> "Match":
        """The same match in a text that begins `by` characters later."""
        return replace(self, start=self.start - by, end=self.end - by, origin=self.origin - by, reach=self.reach - by)


def without_beaten(matches: list[Match], rivals: list[Match] | None = None) -> list[Match]:
    """`matches` without those whose shapes overlap that of a better one.

    Of two that are equally good both stay, unless they are of the same identifier: then the first.

    :param matches: any order
    :param rivals: further matches that may beat, but are not given back
    :return: by the start of their shapes
    """
    ordered = sorted([*matches, *(rivals or [])], key=lambda match: (match.origin, match.reach, match.rule.index))
    kept = [match for cluster in _clusters(ordered) for match in _winners(cluster)]
    if not rivals:
        return kept
    outside = {id(match) for match in rivals}
    return [match for match in kept if id(match) not in outside]


def _clusters(ordered: list[Match]) -> list[list[Match]]:
    """Groups of matches that hang together by overlaps."""
    clusters: list[list[Match]] = []
    reach = 0
    for match in ordered:
        # A rival may have begun before the window, at a negative place.
        if not clusters or match.start >= reach:
            clusters.append([])
        clusters[-1].append(match)
        reach = max(reach, match.end)
    return clusters


def _winners(cluster: list[Match]) -> list[Match]:
    if len(cluster) == 1:
        return cluster
    return [match for place, match in enumerate(cluster) if not _is_beaten(place, match, cluster)]


def _is_beaten(place: int, match: Match, cluster: list[Match]) -> bool:
    for other_place, other in enumerate(cluster):
        if other_place == place or other.origin >= match.reach or match.origin >= other.reach:
            continue
        if other.rank > match.rank:
            return True
        if other.rank == match.rank and other.rule.identifier is match.rule.identifier and other_place < place:
            return True
    return False
