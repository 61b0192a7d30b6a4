"""Finds the buckets that a job's criteria mean, when a run begins. What cannot be decided is neither taken nor passed over in silence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from scanner.config import StoreConfig
from scanner.errors import TargetError
from scanner.jobs.conditions import Checks, checks_of
from scanner.jobs.model import BucketCriteria, BucketField, ObjectField
from scanner.posture.answers import Unknown
from scanner.posture.collect import collect
from scanner.posture.judged import judge_inventory
from scanner.posture.store_clients import clients_of
from scanner.posture.trusted_words import trusted_from
from scanner.posture.verdicts import BucketVerdicts
from scanner.sources.s3 import buckets_of

Facts = Mapping[BucketField | ObjectField, object]

_BY_NAME: Final = frozenset({BucketField.NAME})


@dataclass(frozen=True, slots=True)
class Undecided:
    """A bucket of which nobody knows whether it is meant.

    :param reason: the settings that could not be learnt, for people
    """

    bucket: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatchedBuckets:
    """What the criteria came to, by name."""

    buckets: tuple[str, ...]
    undecided: tuple[Undecided, ...]


def find_buckets(wanted: BucketCriteria, store: StoreConfig, now: datetime) -> MatchedBuckets:
    """The buckets that `wanted` means, of those that the credentials can list.

    Their settings are asked for only if a condition is about more than the name.

    :raises TargetError: if the buckets cannot be listed
    :raises ConfigError: without credentials
    :raises MissingExtraError: without boto3
    """
    checks = checks_of(wanted.criteria, now)
    if {one.field for one in wanted.criteria.conditions} <= _BY_NAME:
        return _decided(checks, (({BucketField.NAME: name}, name, "") for name in buckets_of(store)))
    return _decided(checks, _known(store, wanted.trust))


def _decided(checks: Checks, buckets: Iterable[tuple[Facts, str, str]]) -> MatchedBuckets:
    """:param buckets: facts, name, and what is not known of each"""
    matched, undecided = [], []
    for facts, name, unknown in buckets:
        wanted = checks.wanted(facts)
        if wanted:
            matched.append(name)
        elif wanted is None:
            undecided.append(Undecided(name, unknown))
    return MatchedBuckets(tuple(sorted(matched, key=str.encode)), tuple(sorted(undecided, key=lambda one: one.bucket)))


def _known(store: StoreConfig, trust: tuple[str, ...]) -> Iterator[tuple[Facts, str, str]]:
    inventory = collect(clients_of(store))
    if inventory.unknowns:
        first = inventory.unknowns[0]
        # Who may not list may well read what he can name.
        remedy = "name them in targets" if first.action else "check endpoint_url in [store], and the network"
        raise TargetError(f"s3://: the account's buckets cannot be listed: {first.reason}; {remedy}")
    for one in judge_inventory(inventory, trusted_from(trust)).buckets:
        yield _facts(one.verdicts), one.verdicts.settings.name, _unknown(one.verdicts)


def _facts(verdicts: BucketVerdicts) -> Facts:
    """UNKNOWN is a word that conditions on permission and sharing can name, as in Macie; without tags there is no answer."""
    settings = verdicts.settings
    return {
        BucketField.NAME: settings.name,
        BucketField.ACCOUNT: settings.account,
        BucketField.PERMISSION: verdicts.exposure.permission.value,
        BucketField.SHARED_ACCESS: verdicts.sharing.shared.value,
        BucketField.TAG: None if isinstance(settings.tags, Unknown) else settings.tags,
    }


def _unknown(verdicts: BucketVerdicts) -> str:
    reasons = [verdicts.settings.tags.reason] if isinstance(verdicts.settings.tags, Unknown) else []
    return "; ".join([*reasons, *([] if verdicts.settings.account else ["its account is not known"])])
