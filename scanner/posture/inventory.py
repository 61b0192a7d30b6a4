"""What an input holds: the buckets, and what could not be learnt about which buckets there are."""

from dataclasses import dataclass

from scanner.posture.answers import BucketAnswers, Unknown
from scanner.posture.cloudfront import Origin


@dataclass(frozen=True, slots=True)
class Inventory:
    """All buckets of an input.

    :param unknowns: what is not known of the input as a whole, such as which buckets there are
    :param origins: buckets behind distributions of CloudFront; None if they were not asked for
    :param dangling: those of which no bucket exists
    :param listed: accounts of which all buckets are here
    """

    buckets: tuple[BucketAnswers, ...]
    unknowns: tuple[Unknown, ...] = ()
    origins: tuple[Origin, ...] | None = None
    dangling: tuple[Origin, ...] = ()
    listed: frozenset[str] = frozenset()
