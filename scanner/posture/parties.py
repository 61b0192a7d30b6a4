"""Those who may be let in: accounts, organisations, networks, services; and which of them are ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class PartyKind(StrEnum):
    """What names a party."""

    EVERYONE = "everyone"
    ACCOUNT = "account"
    ORGANIZATION = "organization"
    CANONICAL_ID = "canonical_id"
    SERVICE = "service"
    CLOUDFRONT = "cloudfront"
    NETWORK = "network"
    ADDRESSES = "addresses"
    UNIQUE_ID = "unique_id"
    KEY = "kms_key"
    RESOURCE = "resource"
    NOBODY = "nobody"


class Party(NamedTuple):
    """One of those who may be let in.

    :param id: account number, organisation id, CIDR, service name ...; for NOBODY the value that nothing can equal
    """

    kind: PartyKind
    id: str


@dataclass(frozen=True, slots=True)
class Trusted:
    """Parties that count as ours besides the bucket's own account.

    :param accounts: account numbers of 12 digits
    :param organizations: ids such as `o-a1b2c3d4e5`
    :param canonical_ids: of the owner and of others of ours; 64 hexadecimal digits
    :param networks: ids of VPCs and VPC endpoints
    :param names: of other clouds: domains in lower case, `projects/ID`, ids of subscriptions
    """

    accounts: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    canonical_ids: frozenset[str] = frozenset()
    networks: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Zone:
    """All that is ours, by kind.

    :param owner_known: False when nobody said whose bucket it is; then no account can be called foreign
    """

    members: frozenset[Party]
    owner_known: bool

    def holds(self, party: Party) -> bool:
        """Whether the party is ours. What nobody can be is ours too: it lets no stranger in."""
        return party in self.members or party.kind is PartyKind.NOBODY

    def holds_all(self, parties: Iterable[Party]) -> bool:
        """Whether all of them are ours."""
        return all(map(self.holds, parties))


@lru_cache(maxsize=1024)
def zone_of(account_id: str | None, trusted: Trusted) -> Zone:
    """The bucket's own account and the trusted parties."""
    accounts = trusted.accounts | {account_id} if account_id else trusted.accounts
    members = [Party(PartyKind.ACCOUNT, account) for account in accounts]
    members += [Party(PartyKind.ORGANIZATION, name) for name in trusted.organizations]
    members += [Party(PartyKind.CANONICAL_ID, name.lower()) for name in trusted.canonical_ids]
    members += [Party(PartyKind.NETWORK, name) for name in trusted.networks]
    return Zone(frozenset(members), account_id is not None)
