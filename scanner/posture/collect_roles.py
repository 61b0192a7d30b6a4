"""Asks IAM for the roles of the account, with their policies and last use."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scanner.posture import calls
from scanner.posture.answers import Unknown, content
from scanner.posture.clients import Clients
from scanner.posture.inventory import Inventory
from scanner.posture.roles import RoleAnswers

_ASKED = ["Role", "LocalManagedPolicy", "AWSManagedPolicy"]


def with_roles(clients: Clients, inventory: Inventory, account: str | None) -> Inventory:
    """The inventory with the roles of the account; if they may not be asked for, that is one more unknown."""
    found = collect_roles(clients, account)
    if isinstance(found, Unknown):
        return replace(inventory, roles=(), unknowns=(*inventory.unknowns, found))
    return replace(inventory, roles=(found,))


def collect_roles(clients: Clients, account: str | None) -> RoleAnswers | Unknown:
    """All roles of the account and the managed policies that they may have."""
    details: list[Mapping[str, Any]] = []
    policies: dict[str, object] = {}
    for answer in clients.pages(calls.AUTHORIZATION, Filter=_ASKED):
        page = content(calls.AUTHORIZATION, answer)
        if isinstance(page, Unknown):
            return page
        details.extend((page or {}).get("RoleDetailList") or ())
        policies |= {str(one.get("Arn")): _default(one) for one in (page or {}).get("Policies") or ()}
    return RoleAnswers(account, tuple(details), policies)


def _default(policy: Mapping[str, Any]) -> object:
    """The document of the version that is in force."""
    versions = policy.get("PolicyVersionList") or ()
    return next((one.get("Document") for one in versions if one.get("IsDefaultVersion")), None)
