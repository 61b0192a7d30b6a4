"""Asks IAM for the roles of the account, with their policies and last use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scanner.posture import calls
from scanner.posture.answers import Unknown, content
from scanner.posture.clients import Clients
from scanner.posture.judged import PostureReport
from scanner.posture.parties import Trusted
from scanner.posture.roles import OutsideRole, outside_roles


def with_roles(clients: Clients, report: PostureReport, trusted: Trusted) -> PostureReport:
    """The report with the roles that outsiders may assume and that reach one of its buckets."""
    account = next((one.verdicts.settings.account for one in report.buckets if one.verdicts.settings.account), clients.account)
    found = collect_roles(clients, account, trusted, [one.verdicts.settings.name for one in report.buckets])
    return replace(report, roles=found.roles, unknowns=(*report.unknowns, *found.unknowns))


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles with outsiders and a way to some bucket, or why they are not known."""

    roles: tuple[OutsideRole, ...]
    unknowns: tuple[Unknown, ...]


def collect_roles(clients: Clients, account: str | None, trusted: Trusted, buckets: Sequence[str]) -> Roles:
    """:param buckets: names; only roles that reach one of them are given"""
    details: list[Mapping[str, Any]] = []
    policies: dict[str, object] = {}
    for answer in clients.pages(
        "iam", calls.AUTHORIZATION, "RoleDetailList", "Marker", Filter=["Role", "LocalManagedPolicy", "AWSManagedPolicy"]
    ):
        page = content(calls.AUTHORIZATION, answer)
        if isinstance(page, Unknown):
            return Roles((), (page,))
        details.extend((page or {}).get("RoleDetailList") or ())
        policies |= {str(one.get("Arn")): _default(one) for one in (page or {}).get("Policies") or ()}
    return Roles(outside_roles(details, policies, account, trusted, buckets), ())


def _default(policy: Mapping[str, Any]) -> object:
    """The document of the version that is in force."""
    versions = policy.get("PolicyVersionList") or ()
    return next((one.get("Document") for one in versions if one.get("IsDefaultVersion")), None)
