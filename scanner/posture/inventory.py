"""What an input holds: the buckets, and what could not be learnt about which buckets there are."""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.posture.answers import BucketAnswers, Unknown
from scanner.posture.azure import AzureAnswers
from scanner.posture.cloudfront import Origin
from scanner.posture.google import GoogleAnswers
from scanner.posture.keys import KeyAnswers
from scanner.posture.roles import RoleAnswers


@dataclass(frozen=True, slots=True)
class Inventory:
    """All buckets of an input.

    :param unknowns: what is not known of the input as a whole, such as which buckets there are
    :param origins: buckets behind distributions of CloudFront; None if they were not asked for
    :param dangling: those of which no bucket exists
    :param keys: of the default encryption, by bucket; None if they were not asked for
    :param roles: IAM roles of each account; None if they were not asked for
    :param google: buckets of Google Cloud Storage
    :param azure: containers of Azure Blob Storage
    :param ours: accounts of the organisation, and its id, if it was asked for: they count as trusted
    :param listed: accounts of which all buckets are here
    """

    buckets: tuple[BucketAnswers, ...]
    unknowns: tuple[Unknown, ...] = ()
    origins: tuple[Origin, ...] | None = None
    dangling: tuple[Origin, ...] = ()
    listed: frozenset[str] = frozenset()
    keys: Mapping[str, KeyAnswers] | None = None
    roles: tuple[RoleAnswers, ...] | None = None
    ours: frozenset[str] = frozenset()
    google: tuple[GoogleAnswers, ...] = ()
    azure: tuple[AzureAnswers, ...] = ()
