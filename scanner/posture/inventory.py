"""What an input holds: the buckets, and what could not be learnt about which buckets there are."""

from dataclasses import dataclass

from scanner.posture.answers import BucketAnswers, Unknown


@dataclass(frozen=True, slots=True)
class Inventory:
    """All buckets of an input.

    :param unknowns: what is not known of the input as a whole, such as which buckets there are
    """

    buckets: tuple[BucketAnswers, ...]
    unknowns: tuple[Unknown, ...] = ()
