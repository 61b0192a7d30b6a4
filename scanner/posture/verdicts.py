"""All verdicts on one bucket."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from scanner.posture.answers import Unknown
from scanner.posture.arns import account_in
from scanner.posture.exposure import Exposure, judge_exposure
from scanner.posture.keys import KeyAnswers, KeyVerdict, judge_key
from scanner.posture.parties import Trusted
from scanner.posture.protection import TlsOnly, UnencryptedUploads, tls_only, unencrypted_uploads
from scanner.posture.replication import ReplicationVerdict, judge_replication
from scanner.posture.settings import BucketSettings
from scanner.posture.sharing import Sharing, judge_sharing

BEHIND_DISTRIBUTIONS: Final = "CloudFront distributions that have the bucket as origin"
MULTI_REGION: Final = "multi-region access points"
KEY_POLICIES: Final = "key policies"
NOT_EVALUATED: Final = (
    "service control policies",
    "resource control policies",
    "identity policies",
    "policies of VPC endpoints",
    "access control lists of single objects",
    MULTI_REGION,
    "Object Lambda access points",
    "S3 Access Grants",
    BEHIND_DISTRIBUTIONS,
    KEY_POLICIES,
)

_ELSEWHERE: Final = {
    "gs": ("grants on the project and above", "VPC service controls", "access control lists of single objects", "signed URLs"),
    "az": ("shared access signatures", "role assignments", "who has the account's keys", "private endpoints"),
}


def not_evaluated(store: str) -> tuple[str, ...]:
    """What the verdicts on buckets of this store leave out of account."""
    return _ELSEWHERE.get(store, NOT_EVALUATED)


@dataclass(frozen=True, slots=True)
class BucketVerdicts:
    """Settings and what they come to.

    :param key_account: the account of the default encryption's key, if its name tells
    :param unknowns: every setting that could not be learnt
    :param key: who can use that key; None if nobody asked, or there is none
    """

    settings: BucketSettings
    trusted: Trusted
    exposure: Exposure
    sharing: Sharing
    replication: ReplicationVerdict
    tls_only: TlsOnly
    unencrypted_uploads: UnencryptedUploads
    key_account: str | None
    unknowns: tuple[Unknown, ...]
    key: KeyVerdict | None = None


def judge(
    settings: BucketSettings, trusted: Trusted, owners: Mapping[str, str] | None = None, key_answers: KeyAnswers | None = None
) -> BucketVerdicts:
    """All verdicts on a bucket. The owner's canonical id, where it is known, is ours.

    :param owners: accounts by name of bucket, of all buckets that are known
    :param key_answers: what was learnt of the key of its default encryption
    """
    known = _with_owner(settings, trusted)
    exposure = judge_exposure(settings, known)
    encryption = settings.encryption
    asked = judge_key(key_answers, settings.account, known) if key_answers else None
    key = encryption.key if not isinstance(encryption, Unknown) and encryption else ""
    return BucketVerdicts(
        settings,
        known,
        exposure,
        judge_sharing(settings, exposure, known),
        judge_replication(settings, known, owners or {}),
        tls_only(settings.policy, settings.name),
        unencrypted_uploads(settings.policy, settings.name),
        account_in(key) or None,
        tuple(dict.fromkeys((*unknowns_of(settings), *(asked.unknowns if asked else ())))),
        asked,
    )


def _with_owner(settings: BucketSettings, trusted: Trusted) -> Trusted:
    if isinstance(settings.owner_id, Unknown):
        return trusted
    return replace(trusted, canonical_ids=trusted.canonical_ids | {settings.owner_id})


def unknowns_of(settings: BucketSettings) -> Iterator[Unknown]:
    """Every setting that could not be learnt."""
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, Unknown):
            yield value
        elif field.name in ("account_block", "block"):
            yield from (one for one in (getattr(value, inner.name) for inner in fields(value)) if isinstance(one, Unknown))
    if settings.cloud is not None:
        yield from (one for one in (getattr(settings.cloud, field.name) for field in fields(settings.cloud)) if isinstance(one, Unknown))
    if not isinstance(settings.object_grants, Unknown):
        yield from (one.grants for one in settings.object_grants if isinstance(one.grants, Unknown))
    for point in settings.points:
        yield from (one for one in (point.vpc, point.block, point.policy) if isinstance(one, Unknown))
