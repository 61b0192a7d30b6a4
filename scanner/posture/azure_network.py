"""From which networks a storage account of Azure can be reached, by its own record.

Source: the reference of Azure's storage resource provider, `storageAccounts.list`: `publicNetworkAccess`, `networkAcls` and
`privateEndpointConnections`. Being let in by the network is not being let to the data: that takes a key, a signature or a role. But who
is not let in has no use of any of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, Final

from scanner.posture import cloud_calls as calls
from scanner.posture.answers import Unknown
from scanner.posture.settings import Maybe

# As in policies of Amazon S3: what is broader than that is everybody.
_BROADEST: Final = {4: 8, 6: 32}
_HALF: Final = 2**31


@dataclass(frozen=True, slots=True)
class AzureNetwork:
    """Who reaches the account at all.

    :param walled: only some networks do
    :param addresses: ranges of the internet do, if they are few enough not to be everybody
    :param subscriptions: whose networks, private endpoints or instances do; in lower case
    """

    walled: Maybe[bool]
    addresses: bool = False
    subscriptions: frozenset[str] = frozenset()

    def sealed(self, ours: frozenset[str]) -> bool:
        """Whether it is proven that nobody but `ours` reaches it, whatever key, signature or role he has."""
        return self.walled is True and not self.addresses and self.subscriptions <= ours


def network_of(about: Mapping[str, Any]) -> AzureNetwork:
    """:param about: properties of the account"""
    endpoints = frozenset(_endpoints(about))
    access = str(about.get("publicNetworkAccess") or "Enabled")
    if access == "Disabled":
        return AzureNetwork(walled=True, subscriptions=endpoints)
    if access != "Enabled":
        return AzureNetwork(Unknown(calls.AZ_ACCOUNTS.said, f"who gets in is for a network security perimeter to say ({access})"))
    rules: Mapping[str, Any] = about.get("networkAcls") or {}
    action = rules.get("defaultAction")
    if action != "Deny":
        lacking = Unknown(calls.AZ_ACCOUNTS.said, "the answer lacks networkAcls.defaultAction")
        return AzureNetwork(False if isinstance(action, str) else lacking, subscriptions=endpoints)
    ranges = [str(one.get("value") or "") for name in ("ipRules", "ipv6Rules") for one in rules.get(name) or () if _allows(one)]
    return AzureNetwork(_narrow(ranges), bool(ranges), endpoints | frozenset(_named(rules)))


def subscription_of(resource: str) -> str:
    """`/subscriptions/ID/...` -> ID in lower case; empty for anything else."""
    parts = resource.split("/")
    return parts[2].lower() if len(parts) > 2 and parts[1].lower() == "subscriptions" else ""


def _narrow(ranges: list[str]) -> Maybe[bool]:
    """Whether the ranges leave most of the internet out."""
    total = 0
    for text in ranges:
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            return Unknown(calls.AZ_ACCOUNTS.said, f"a rule of its network is no range of addresses: {text!r}")
        if network.prefixlen < _BROADEST[network.version]:
            return False
        total += network.num_addresses if network.version == 4 else 0
    return total < _HALF


def _endpoints(about: Mapping[str, Any]) -> Iterator[str]:
    """Subscriptions with a private endpoint that was approved; a name that says none is one of nobody knows whom."""
    for one in about.get("privateEndpointConnections") or ():
        inner: Mapping[str, Any] = one.get("properties") or {}
        if (inner.get("privateLinkServiceConnectionState") or {}).get("status") == "Approved":
            yield _owner(str((inner.get("privateEndpoint") or {}).get("id") or ""))


def _named(rules: Mapping[str, Any]) -> Iterator[str]:
    """Subscriptions of networks, and of instances of services, that are let in by name."""
    yield from (_owner(str(one.get("id") or "")) for one in rules.get("virtualNetworkRules") or () if _allows(one))
    yield from (_owner(str(one.get("resourceId") or "")) for one in rules.get("resourceAccessRules") or ())


def _owner(resource: str) -> str:
    found = subscription_of(resource)
    # "*" stands for all subscriptions of a tenant.
    return found if found and found != "*" else f"not told by {resource or 'an empty name'}"


def _allows(rule: Mapping[str, Any]) -> bool:
    return str(rule.get("action") or "Allow") == "Allow"
