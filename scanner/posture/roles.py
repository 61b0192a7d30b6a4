"""IAM roles that somebody outside may assume and that reach buckets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scanner.posture.actions import Access, access_of, accesses, all_but
from scanner.posture.documents import Statement, parse_policy
from scanner.posture.parties import Trusted
from scanner.posture.role_trust import outsiders_of
from scanner.posture.wildcards import overlap


@dataclass(frozen=True, slots=True)
class RoleAnswers:
    """What IAM says of the roles of one account.

    :param account: its number; None if it is not known
    :param details: roles, as get-account-authorization-details has them
    :param policies: documents of managed policies by ARN
    """

    account: str | None
    details: tuple[Mapping[str, Any], ...]
    policies: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OutsideRole:
    """A role that is not for the account alone.

    :param outsiders: accounts, organisations and ids that may assume it, providers of identities that everybody can have; `*` for
        everybody
    :param buckets: those that its policies may reach, leaving Denies, boundaries and conditions out of account
    :param access: what it may do there
    :param last_used: ISO 8601; empty if never within the period that IAM keeps
    :param sensitive: those of the buckets in which scans found something
    """

    arn: str
    outsiders: tuple[str, ...]
    buckets: tuple[str, ...]
    access: frozenset[Access]
    last_used: str
    sensitive: tuple[str, ...] = ()

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {
            "record": "role",
            "roleArn": self.arn,
            "outsiders": list(self.outsiders),
            "buckets": list(self.buckets),
            "sensitiveBuckets": list(self.sensitive),
            "access": sorted(self.access),
            "lastUsed": self.last_used or None,
        }


def outside_roles(answers: RoleAnswers, trusted: Trusted, buckets: Mapping[str, bool]) -> tuple[OutsideRole, ...]:
    """The roles with outsiders and a way to some bucket: first those that reach the most buckets in which something was found.

    :param buckets: names, and whether something was found in each
    """
    found = (
        _role(one, answers.policies, outsiders_of(one.get("AssumeRolePolicyDocument"), answers.account, trusted), buckets)
        for one in answers.details
    )
    return tuple(sorted((one for one in found if one.outsiders and one.buckets), key=worst_first))


def worst_first(one: OutsideRole) -> tuple[object, ...]:
    """Sorts roles by what they reach."""
    return (-len(one.sensitive), -len(one.buckets), one.arn)


def _role(role: Mapping[str, Any], policies: Mapping[str, object], outsiders: tuple[str, ...], buckets: Mapping[str, bool]) -> OutsideRole:
    attached = [policies.get(str(one.get("PolicyArn"))) for one in role.get("AttachedManagedPolicies") or ()]
    documents = [one.get("PolicyDocument") for one in role.get("RolePolicyList") or ()] + attached
    allows = [one for document in documents if document for one in parse_policy(document).statements if one.allows]
    reaching = {bucket: [one for one in allows if _reaches(one, bucket)] for bucket in buckets}
    access = {one for statements in reaching.values() for statement in statements for one in _access(statement)}
    used = (role.get("RoleLastUsed") or {}).get("LastUsedDate")
    reached = tuple(bucket for bucket, statements in reaching.items() if any(map(_access, statements)))
    return OutsideRole(
        str(role.get("Arn")),
        outsiders,
        reached,
        frozenset(access),
        used.isoformat() if isinstance(used, datetime) else str(used or ""),
        tuple(bucket for bucket in reached if buckets[bucket]),
    )


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
