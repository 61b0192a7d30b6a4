"""Who can reach a bucket when all is counted: policy, access control list, access points and Block Public Access.

Every way in is judged by itself: PUBLIC as soon as one is proven open, NOT_PUBLIC only if every one is proven closed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scanner.posture.acl import AclVerdict, judge_acl
from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.block import Effective, effective
from scanner.posture.parties import Trusted, zone_of
from scanner.posture.policy import evaluate_policy
from scanner.posture.settings import AccessPoint, BucketSettings, Maybe
from scanner.posture.three_values import Truth, every, negated, some
from scanner.posture.verdict import PolicyVerdict, Reach

_ENFORCED: Final = "BucketOwnerEnforced"
_EMPTY: Final[dict[str, list[object]]] = {"Statement": []}


class Permission(StrEnum):
    """Macie's effectivePermission."""

    PUBLIC = "PUBLIC"
    NOT_PUBLIC = "NOT_PUBLIC"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Way:
    """One way into the bucket.

    :param name: `policy`, `acl`, or `access point NAME`
    :param configured: everybody is let in by what is written; None where unknown
    :param open: and nothing shuts it
    :param access: what everybody may do that way
    :param evidence: what decides, for people
    """

    name: str
    configured: Truth
    open: Truth
    access: frozenset[Access]
    evidence: tuple[str, ...]

    @property
    def dormant(self) -> bool:
        """Shut only from outside: the day the block is removed it is open."""
        return self.configured is True and self.open is False

    @property
    def unconfirmed(self) -> bool:
        """Open as written; whether something shuts it is not known."""
        return self.configured is True and self.open is None


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """One access point, its policy and how it is shut."""

    point: AccessPoint
    verdict: PolicyVerdict | None
    block: Effective
    delegated: Truth


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who can reach the bucket.

    :param policy: the verdict on its policy; None if it is unknown; of no policy the verdict on an empty one
    :param acls_off: access control lists are switched off by object ownership
    """

    ways: tuple[Way, ...]
    policy: PolicyVerdict | None
    acl: AclVerdict
    acls_off: Truth
    block: Effective
    points: tuple[PointVerdict, ...]

    @property
    def public(self) -> Truth:
        """Whether everybody gets in on some way."""
        return some(way.open for way in self.ways)

    @property
    def permission(self) -> Permission:
        """The same in Macie's words."""
        return {True: Permission.PUBLIC, False: Permission.NOT_PUBLIC, None: Permission.UNKNOWN}[self.public]

    @property
    def public_access(self) -> frozenset[Access]:
        """What everybody may do, on all ways that are open."""
        return frozenset[Access]().union(*(way.access for way in self.ways if way.open))

    @property
    def dormant(self) -> tuple[Way, ...]:
        """Ways that are public as written and shut from outside."""
        return tuple(way for way in self.ways if way.dormant)

    @property
    def unconfirmed(self) -> tuple[Way, ...]:
        """Ways that are public as written, where it is not known whether anything shuts them; none if the bucket is public anyway."""
        return () if self.public else tuple(way for way in self.ways if way.unconfirmed)


def judge_exposure(settings: BucketSettings, trusted: Trusted) -> Exposure:
    """All ways into the bucket."""
    zone = zone_of(settings.account, trusted)
    block = effective(settings.account_block, settings.block)
    policy = _policy_verdict(settings.policy, settings.account, trusted)
    acl = judge_acl(settings.grants, settings.owner_id, zone)
    acls_off = None if isinstance(settings.ownership, Unknown) else settings.ownership == _ENFORCED
    points = _points(settings, policy, trusted)
    ways = (_policy_way(policy, block), _acl_way(acl, block, acls_off), *_point_ways(settings, policy, points))
    return Exposure(ways, policy, acl, acls_off, block, points)


def _policy_verdict(policy: Maybe[object], account: str | None, trusted: Trusted) -> PolicyVerdict | None:
    if isinstance(policy, Unknown):
        return None
    return evaluate_policy(_EMPTY if policy is None else policy, account, trusted=trusted)


def _policy_way(verdict: PolicyVerdict | None, block: Effective) -> Way:
    public = verdict.public if verdict else None
    opened = every([public, negated(block.restrict_public_buckets)])
    return Way("policy", public, opened, verdict.public_access if verdict else frozenset(), _evidence(verdict))


def _evidence(verdict: PolicyVerdict | None) -> tuple[str, ...]:
    if verdict is None:
        return ()
    return tuple(f"statement {one.number}{f' ({one.sid})' if one.sid else ''}: {one.because}" for one in verdict.reasons)


def _acl_way(acl: AclVerdict, block: Effective, acls_off: Truth) -> Way:
    opened = every([acl.public, negated(block.ignore_public_acls), negated(acls_off)])
    return Way("acl", acl.public, opened, acl.public_access, acl.evidence)


def _points(settings: BucketSettings, policy: PolicyVerdict | None, trusted: Trusted) -> tuple[PointVerdict, ...]:
    return tuple(_point(point, settings, policy, trusted) for point in settings.points)


def _point(point: AccessPoint, settings: BucketSettings, policy: PolicyVerdict | None, trusted: Trusted) -> PointVerdict:
    verdict = None
    if not isinstance(point.policy, Unknown):
        document = _EMPTY if point.policy is None else point.policy
        verdict = evaluate_policy(document, settings.account, trusted=trusted, kind="access_point")
    block = effective(settings.account_block, settings.block, point.block)
    return PointVerdict(point, verdict, block, _delegated(policy, point))


def _delegated(policy: PolicyVerdict | None, point: AccessPoint) -> Truth:
    """Whether the bucket's policy leaves strangers to the access point: what both do not allow, nobody may."""
    if policy is None or policy.public is None:
        return None
    left = any(reason.delegates and reason.reach is Reach.INTERNAL for reason in policy.reasons)
    return policy.public or left or point.account in policy.external_accounts


def _point_ways(settings: BucketSettings, policy: PolicyVerdict | None, points: tuple[PointVerdict, ...]) -> tuple[Way, ...]:
    unseen = (Way("access points", None, _unseen_points(settings, policy), frozenset(), ()),) if settings.unseen_points else ()
    return (*map(_point_way, points), *unseen)


def _unseen_points(settings: BucketSettings, policy: PolicyVerdict | None) -> Truth:
    """Access points that are not known: shut all the same if the bucket's policy leaves nothing to them, or the bucket is blocked."""
    if effective(settings.account_block, settings.block).restrict_public_buckets:
        return False
    leaves = policy is None or policy.public is not False or any(reason.delegates for reason in policy.reasons)
    return None if leaves else False


def _point_way(one: PointVerdict) -> Way:
    vpc = one.point.vpc
    from_internet = None if isinstance(vpc, Unknown) else vpc is None
    configured = every([one.verdict.public if one.verdict else None, from_internet])
    opened = every([configured, one.delegated, negated(one.block.restrict_public_buckets)])
    access = one.verdict.public_access if one.verdict else frozenset[Access]()
    return Way(f"access point {one.point.name}", configured, opened, access, _evidence(one.verdict))
