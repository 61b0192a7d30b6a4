"""Which identified parties outside can reach a bucket, and in Macie's words how it is shared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.block import Effective
from scanner.posture.exposure import Exposure, judge_exposure
from scanner.posture.parties import Party, PartyKind, Trusted
from scanner.posture.settings import BucketSettings
from scanner.posture.three_values import negated
from scanner.posture.verdict import PolicyVerdict, Reach, Reason


class SharedAccess(StrEnum):
    """Macie's sharedAccess."""

    EXTERNAL = "EXTERNAL"
    INTERNAL = "INTERNAL"
    NOT_SHARED = "NOT_SHARED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Outsider:
    """An identified party outside that can reach the bucket.

    :param via: `policy`, `acl`, or `access point NAME`
    :param statement: index in the policy; None for access control lists
    :param effective: False where Block Public Access shuts it out, because the policy that names it is public
    """

    party: Party
    via: str
    statement: int | None
    sid: str
    actions: tuple[str, ...]
    access: frozenset[Access]
    conditions: tuple[str, ...]
    effective: bool


@dataclass(frozen=True, slots=True)
class Sharing:
    """With whom the bucket is shared.

    :param cloudfront: distributions of CloudFront can read it
    """

    shared: SharedAccess
    outsiders: tuple[Outsider, ...]
    cloudfront: bool


def judge_sharing(settings: BucketSettings, exposure: Exposure, trusted: Trusted) -> Sharing:
    """Identified outsiders by every way, and the verdict over all."""
    outsiders = tuple(_outsiders(exposure))
    live = [one for one in outsiders if one.effective]
    cloudfront = exposure.policy is not None and exposure.policy.cloudfront
    return Sharing(_shared(settings, exposure, trusted, outside=bool(live) or cloudfront), outsiders, cloudfront)


def _shared(settings: BucketSettings, exposure: Exposure, trusted: Trusted, *, outside: bool) -> SharedAccess:
    if outside:
        return SharedAccess.EXTERNAL
    if _has_unseen(settings, exposure):
        return SharedAccess.UNKNOWN
    return SharedAccess.INTERNAL if _with_trusted(settings, trusted) else SharedAccess.NOT_SHARED


def _has_unseen(settings: BucketSettings, exposure: Exposure) -> bool:
    """Whether somebody may be let in by what is not known."""
    policy = exposure.policy
    if policy is None or policy.public is None or any(one.verdict is None for one in exposure.points):
        return True
    if exposure.acl.public is None and exposure.acls_off is not True:
        return True
    # What is left to access points may be left to anybody as long as they are not all seen.
    return settings.unseen_points and any(reason.delegates for reason in policy.reasons)


def _with_trusted(settings: BucketSettings, trusted: Trusted) -> bool:
    """Whether only trust makes it internal: others of ours are let in, on any way."""
    own = frozenset[str]() if isinstance(settings.owner_id, Unknown) else frozenset([settings.owner_id])
    if not (trusted.accounts or trusted.organizations or trusted.canonical_ids - own):
        return False
    return any(one.effective for one in _outsiders(judge_exposure(settings, Trusted(canonical_ids=own))))


def _outsiders(exposure: Exposure) -> Iterator[Outsider]:
    if exposure.policy:
        yield from _in_policy(exposure.policy, "policy", live=not _restricted(exposure.policy, exposure.block))
    # Ignoring public lists leaves grants to single owners as they are.
    live = negated(exposure.acls_off) is not False
    for who in exposure.acl.outsiders:
        party = Party(PartyKind.CANONICAL_ID, who)
        yield Outsider(party, "acl", None, "", (), exposure.acl.external_access, (), effective=live)
    for one in exposure.points:
        if one.verdict:
            live = one.delegated is not False and not _restricted(one.verdict, one.block)
            yield from _in_policy(one.verdict, f"access point {one.point.name}", live=live)


def _restricted(policy: PolicyVerdict | None, block: Effective) -> bool:
    """A public policy that is restricted shuts out the accounts that it names as well."""
    return policy is not None and policy.public is True and block.restrict_public_buckets is True


def _in_policy(verdict: PolicyVerdict, via: str, *, live: bool) -> Iterator[Outsider]:
    for reason in verdict.reasons:
        for party in _identified(reason):
            yield Outsider(party, via, reason.number, reason.sid, reason.actions, reason.access, reason.conditions, effective=live)


def _identified(reason: Reason) -> Iterable[Party]:
    if reason.reach is Reach.EXTERNAL:
        return (party for party in reason.parties if party.kind in _IDENTIFIED)
    return (party for party in reason.parties if party.kind in _NAMED and reason.reach is Reach.PUBLIC)


_NAMED: Final = frozenset((PartyKind.ACCOUNT, PartyKind.ORGANIZATION, PartyKind.CANONICAL_ID, PartyKind.CLOUDFRONT))
_IDENTIFIED: Final = _NAMED | {PartyKind.SERVICE}
