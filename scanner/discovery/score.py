"""How sensitive a bucket is, as one number. docs/sensitivity-scores.md tells the formula and why it is so.

The bands are Macie's: https://docs.aws.amazon.com/macie/latest/user/discovery-scoring-s3.html
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from identifiers.model import Severity
from scanner.reports.amounts import of

EMPTY: Final = 1
UNKNOWN: Final = 50
ERROR: Final = -1
HIGHEST: Final = 100
"""Only set by hand."""

# What one severity, very many occurrences, and every object contribute; together at most 1.
_KIND: Final = {Severity.LOW: 0.0, Severity.MEDIUM: 0.25, Severity.HIGH: 0.5}
_AMOUNT: Final = 0.25
_SPREAD: Final = 0.25
# So many occurrences, as a power of ten, are as bad as any more.
_MOST: Final = 5.0
# A share of sensitive objects that is greater would have shown with 95 % probability.
_DOUBT: Final = 0.05
_WIDTH: Final = 48


class Band(StrEnum):
    """What a score says in words, as Macie's labels."""

    ERROR = "classification error"
    NOT_SENSITIVE = "not sensitive"
    UNKNOWN = "not yet analyzed"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class FoundKind:
    """All that was found of one identifier in a bucket.

    :param severity: the worst in any object
    :param objects: that it was found in
    """

    severity: Severity
    occurrences: int
    objects: int


@dataclass(frozen=True, slots=True)
class BucketEvidence:
    """What is known of a bucket.

    :param objects: that could be analysed, as far as is known
    :param analysed: of them, as they are now
    :param sensitive: of the analysed ones, those in which something was found that counts
    :param share: of its objects that are sensitive, as far as can be told: what was analysed is no fair sample, for most is read
        where most is found
    :param failed: that were tried and could not be read
    :param found: identifier id -> what was found of it, without what does not count
    :param listed: the bucket could be listed to its end
    """

    objects: int
    analysed: int
    sensitive: int
    share: float = 0.0
    failed: int = 0
    found: Mapping[str, FoundKind] = field(default_factory=dict)
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """A score and what decided it, for people."""

    value: int
    because: str

    @property
    def band(self) -> Band:
        """What it says in words."""
        if self.value == ERROR:
            return Band.ERROR
        if self.value == UNKNOWN:
            return Band.UNKNOWN
        return Band.SENSITIVE if self.value > UNKNOWN else Band.NOT_SENSITIVE


def score_of(evidence: BucketEvidence) -> Score:
    """The score of a bucket."""
    if not evidence.analysed:
        return _without_analysis(evidence)
    return _sensitive(evidence) if evidence.sensitive else _clean(evidence)


def _without_analysis(evidence: BucketEvidence) -> Score:
    if not evidence.listed:
        return Score(UNKNOWN, "it cannot be listed, and nothing in it was analysed")
    if not evidence.objects and not evidence.failed:
        return Score(EMPTY, "nothing in it can hold data")
    if evidence.failed:
        return Score(ERROR, f"of {of(evidence.failed, 'object')} that were tried none could be read")
    return Score(UNKNOWN, "nothing in it was analysed yet")


def _clean(evidence: BucketEvidence) -> Score:
    """From 49 down to 1: by the share of sensitive objects that there could still be without having shown."""
    possible = 1 - _DOUBT ** (1 / evidence.analysed)
    unread = 1 - evidence.analysed / evidence.objects if evidence.objects else 0.0
    # What a bucket holds that cannot be listed is not known: nothing is taken for read.
    doubt = possible * (max(0.0, unread) if evidence.listed else 1.0)
    because = f"nothing in {evidence.analysed:,} of {of(evidence.objects, 'object')}; of the others up to {possible:.1%} may hold something"
    return Score(EMPTY + round(_WIDTH * doubt), because)


def _sensitive(evidence: BucketEvidence) -> Score:
    """From 51 up to 99: by the worst kind, how many occurrences, and the share of objects that have some."""
    worst = max((one.severity for one in evidence.found.values()), key=lambda severity: _KIND[severity])
    occurrences = sum(one.occurrences for one in evidence.found.values())
    amount = min(1.0, math.log10(max(1, occurrences)) / _MOST)
    total = _KIND[worst] + _AMOUNT * amount + _SPREAD * evidence.share
    because = (
        f"{worst.value} severity, {of(occurrences, 'occurrence')} of {of(len(evidence.found), 'kind')} in {evidence.sensitive:,} of "
        f"{evidence.analysed:,} analysed objects; about {evidence.share:.0%} of all objects hold some"
    )
    return Score(UNKNOWN + 1 + round(_WIDTH * total), because)
