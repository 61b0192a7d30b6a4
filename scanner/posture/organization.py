"""Asks for the accounts of an organisation."""

from dataclasses import dataclass

from scanner.posture import calls
from scanner.posture.answers import Unknown, content
from scanner.posture.clients import Clients

_CLOSED = ("SUSPENDED", "PENDING_CLOSURE")


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation, as far as it may be asked for.

    :param id: `o-...`; empty if nobody told
    :param accounts: numbers of those that are not closed
    :param unknowns: what could not be learnt
    """

    id: str
    accounts: tuple[str, ...]
    unknowns: tuple[Unknown, ...]


def ask_organization(clients: Clients) -> Organization:
    """The organisation that the credentials belong to. Without one, or without the permission, there are no accounts and a reason."""
    told = content(calls.ORGANIZATION, clients.ask(calls.ORGANIZATION))
    unknowns = [told] if isinstance(told, Unknown) else []
    named = "" if isinstance(told, Unknown) or told is None else str(told["Organization"].get("Id") or "")
    accounts: list[str] = []
    for page in clients.pages(calls.LIST_ACCOUNTS):
        found = content(calls.LIST_ACCOUNTS, page)
        if isinstance(found, Unknown):
            unknowns.append(found)
        else:
            accounts.extend(
                str(one["Id"]) for one in (found or {}).get("Accounts") or () if _is_open(one.get("State") or one.get("Status"))
            )
    return Organization(named, tuple(sorted(accounts)), tuple(unknowns))


def _is_open(state: object) -> bool:
    """Newer answers have State, older ones Status."""
    return state not in _CLOSED
