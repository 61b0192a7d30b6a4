"""What to change first: changes to buckets, by how much risk each takes away.

Each change is tried on the settings, and the bucket is judged again: what it would come to is no guess.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from scanner.posture.acl import is_public
from scanner.posture.answers import Unknown
from scanner.posture.documents import without_statements
from scanner.posture.judged import Judged
from scanner.posture.risk import reach, risk_of
from scanner.posture.settings import BucketSettings, PublicAccessBlock
from scanner.posture.verdict import Reach
from scanner.posture.verdicts import BucketVerdicts, judge

_BLOCKED: Final = PublicAccessBlock(block_public_acls=True, ignore_public_acls=True, block_public_policy=True, restrict_public_buckets=True)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that takes risk away.

    :param bucket: its name
    :param what: the change, for people
    :param before: the bucket's risk now
    :param after: and after the change, all else being equal
    """

    bucket: str
    what: str
    before: int
    after: int

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {"bucketName": self.bucket, "change": self.what, "riskBefore": self.before, "riskAfter": self.after}


def change_first(buckets: Iterable[Judged]) -> tuple[Change, ...]:
    """The best change of each bucket that one can make less of a risk: first what takes most risk away."""
    best = (min(changes, key=lambda one: one.after) for one in buckets if (changes := list(_changes(one))))
    return tuple(sorted(best, key=lambda one: (one.after - one.before, one.bucket)))


def _changes(one: Judged) -> Iterator[Change]:
    if reach(one.verdicts) == 1 or one.verdicts.settings.store != "s3":
        return
    settings = one.verdicts.settings
    for what, make in _KINDS:
        changed = make(one.verdicts)
        if changed is not None:
            after = risk_of(reach(_judged_again(changed, one.verdicts)), one.sensitive)
            if after < one.risk:
                yield Change(settings.name, what, one.risk, after)


def _judged_again(changed: BucketSettings, before: BucketVerdicts) -> BucketVerdicts:
    """Whose the destinations of replication are was told by other buckets, so that verdict stays unless the rules changed."""
    verdicts = judge(changed, before.trusted)
    return verdicts if changed.replication != before.settings.replication else replace(verdicts, replication=before.replication)


def _blocked(verdicts: BucketVerdicts) -> BucketSettings | None:
    return replace(verdicts.settings, block=_BLOCKED)


def _unshared(verdicts: BucketVerdicts) -> BucketSettings | None:
    """Without the statements and grants that let in identified outsiders, and without public ones."""
    policy, grants = verdicts.exposure.policy, verdicts.settings.grants
    if policy is None or isinstance(grants, Unknown):
        return None
    outside = [reason.number for reason in policy.reasons if reason.reach >= Reach.EXTERNAL]
    own = tuple(one for one in grants if not is_public(one) and one.grantee.lower() not in verdicts.exposure.acl.outsiders)
    return replace(verdicts.settings, policy=without_statements(verdicts.settings.policy, outside), grants=own)


def _not_copied(verdicts: BucketVerdicts) -> BucketSettings | None:
    return replace(verdicts.settings, replication=()) if verdicts.replication.externally else None


_KINDS: Final[tuple[tuple[str, Callable[[BucketVerdicts], BucketSettings | None]], ...]] = (
    ("turn on all four settings of Block Public Access for the bucket", _blocked),
    ("take out the grants to everybody and to those outside, from its policy and its access control list", _unshared),
    ("stop the replication to an account outside", _not_copied),
)
