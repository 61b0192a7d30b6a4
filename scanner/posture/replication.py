"""Where a bucket's objects are copied to, and whether that is outside."""

from collections.abc import Mapping
from dataclasses import dataclass

from scanner.posture.answers import Unknown
from scanner.posture.parties import Trusted
from scanner.posture.settings import BucketSettings, Destination
from scanner.posture.three_values import Truth


@dataclass(frozen=True, slots=True)
class ReplicationVerdict:
    """Macie's replicationDetails.

    :param replicated: None where unknown
    :param externally: to an account that is not ours; None where the account of a destination is not known
    :param accounts: the other accounts that are named
    """

    replicated: Truth
    externally: Truth
    accounts: tuple[str, ...]


def judge_replication(settings: BucketSettings, trusted: Trusted, owners: Mapping[str, str]) -> ReplicationVerdict:
    """:param owners: accounts by name of bucket, of all buckets that are known"""
    if isinstance(settings.replication, Unknown):
        return ReplicationVerdict(None, None, ())
    accounts = [account_of(destination, owners) for destination in settings.replication]
    known = tuple(sorted({account for account in accounts if account and account != settings.account}))
    outside = [account for account in known if account not in trusted.accounts]
    externally: Truth = bool(outside) and settings.account is not None
    if not externally and (None in accounts or (known and settings.account is None)):
        externally = None
    return ReplicationVerdict(bool(accounts), externally, known)


def account_of(destination: Destination, owners: Mapping[str, str]) -> str | None:
    """The account that the configuration names, else that of a bucket we know; bucket names are unique in the world."""
    return destination.account or owners.get(destination.bucket.rpartition(":")[2])
