"""IAM roles that somebody outside may assume and that reach buckets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scanner.posture.actions import Access, access_of, accesses, all_but
from scanner.posture.documents import Statement, parse_policy
from scanner.posture.parties import Trusted
from scanner.posture.policy import evaluate_policy
from scanner.posture.verdict import PolicyVerdict
from scanner.posture.wildcards import overlap


@dataclass(frozen=True, slots=True)
class OutsideRole:
    """A role that is not for the account alone.

    :param outsiders: accounts, organisations and ids that may assume it; `*` for everybody
    :param buckets: those that its policies may reach, leaving Denies, boundaries and conditions out of account
    :param access: what it may do there
    :param last_used: ISO 8601; empty if never within the period that IAM keeps
    """

    arn: str
    outsiders: tuple[str, ...]
    buckets: tuple[str, ...]
    access: frozenset[Access]
    last_used: str

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "record": "role",
            "roleArn": self.arn,
            "outsiders": list(self.outsiders),
            "buckets": list(self.buckets),
            "access": sorted(self.access),
            "lastUsed": self.last_used or None,
        }


def outside_roles(
    details: Iterable[Mapping[str, Any]], policies: Mapping[str, object], account: str | None, trusted: Trusted, buckets: Sequence[str]
) -> tuple[OutsideRole, ...]:
    """The roles with outsiders and a way to some bucket, those with the most buckets first.

    :param details: roles, as get-account-authorization-details has them
    :param policies: documents of managed policies by ARN
    """
    found = (
        _role(one, policies, evaluate_policy(one.get("AssumeRolePolicyDocument"), account, trusted=trusted), buckets) for one in details
    )
    return tuple(sorted((one for one in found if one.outsiders and one.buckets), key=lambda one: (-len(one.buckets), one.arn)))


def _role(role: Mapping[str, Any], policies: Mapping[str, object], trust: PolicyVerdict, buckets: Sequence[str]) -> OutsideRole:
    attached = [policies.get(str(one.get("PolicyArn"))) for one in role.get("AttachedManagedPolicies") or ()]
    documents = [one.get("PolicyDocument") for one in role.get("RolePolicyList") or ()] + attached
    allows = [one for document in documents if document for one in parse_policy(document).statements if one.allows]
    reaching = {bucket: [one for one in allows if _reaches(one, bucket)] for bucket in buckets}
    access = {one for statements in reaching.values() for statement in statements for one in _access(statement)}
    used = (role.get("RoleLastUsed") or {}).get("LastUsedDate")
    return OutsideRole(
        str(role.get("Arn")),
        tuple(_outsiders(trust)),
        tuple(bucket for bucket, statements in reaching.items() if any(map(_access, statements))),
        frozenset(access),
        used.isoformat() if isinstance(used, datetime) else str(used or ""),
    )


def _outsiders(trust: PolicyVerdict) -> Iterator[str]:
    if trust.public:
        yield "*"
    yield from (*trust.external_accounts, *trust.external_organizations, *trust.external_ids)


def _reaches(statement: Statement, bucket: str) -> bool:
    if statement.all_but_resources:
        return True
    return any(overlap(pattern, f"arn:aws:s3:::{bucket}{rest}") for pattern in statement.resources for rest in ("", "/*"))


def _access(statement: Statement) -> frozenset[Access]:
    """What a statement allows on buckets and objects; nothing if all its actions are of other services."""
    if statement.all_but_actions:
        return accesses(all_but(statement.actions))
    ours = [action for action in statement.actions if action == "*" or action.startswith("s3:")]
    return frozenset[Access]().union(*map(access_of, ours))
