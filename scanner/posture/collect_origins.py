"""Asks CloudFront which buckets stand behind its distributions, and whether those exist."""

from dataclasses import replace
from typing import Any

from scanner.posture import calls
from scanner.posture.answers import Unknown, content
from scanner.posture.clients import Clients
from scanner.posture.cloudfront import Origin, origins_in
from scanner.posture.inventory import Inventory


def with_origins(clients: Clients, inventory: Inventory) -> Inventory:
    """The inventory with the origins of all distributions; a refused call is one more unknown."""
    distributions, unknowns = _distributions(clients)
    origins = tuple(origins_in(distributions))
    own = {bucket.name for bucket in inventory.buckets}
    dangling = tuple(one for one in origins if one.bucket not in own and _missing(clients, one))
    return replace(inventory, unknowns=(*inventory.unknowns, *unknowns), origins=origins, dangling=dangling)


def _distributions(clients: Clients) -> tuple[list[dict[str, Any]], list[Unknown]]:
    found: list[dict[str, Any]] = []
    marker: dict[str, str] = {}
    while True:
        answer = content(calls.DISTRIBUTIONS, clients.ask(calls.DISTRIBUTIONS, "", **marker))
        if isinstance(answer, Unknown):
            return found, [answer]
        page = (answer or {}).get("DistributionList") or {}
        found.extend(page.get("Items") or ())
        following = page.get("NextMarker")
        if not page.get("IsTruncated") or not following or following == marker.get("Marker"):
            return found, []
        marker = {"Marker": following}


def _missing(clients: Clients, origin: Origin) -> bool:
    """Whether no bucket of that name exists: 404. One that belongs to others is refused, with 403."""
    return clients.ask(calls.HEAD, Bucket=origin.bucket).error in ("404", "NoSuchBucket")
