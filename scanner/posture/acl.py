"""Access control lists: who is granted what.

Source: the S3 user guide on access control lists, their predefined groups and object ownership.
"""

from dataclasses import dataclass
from typing import Final

from scanner.posture.actions import Access
from scanner.posture.amazon_accounts import SERVICE_OF
from scanner.posture.answers import Unknown
from scanner.posture.parties import Party, PartyKind, Zone
from scanner.posture.settings import Grant, Maybe
from scanner.posture.three_values import Truth

_EVERYBODY: Final = "/groups/global/AllUsers"
_EVERY_ACCOUNT: Final = "/groups/global/AuthenticatedUsers"
_LOG_DELIVERY: Final = "/groups/s3/LogDelivery"
# READ of a bucket is listing it; objects have lists of their own.
_ACCESS: Final = {
    "READ": frozenset([Access.LIST]),
    "WRITE": frozenset([Access.WRITE]),
    "READ_ACP": frozenset([Access.READ]),
    "WRITE_ACP": frozenset([Access.PERMISSIONS]),
    "FULL_CONTROL": frozenset([Access.LIST, Access.WRITE, Access.READ, Access.PERMISSIONS]),
}


@dataclass(frozen=True, slots=True)
class AclVerdict:
    """Whom an access control list lets in, by itself.

    :param public: to everybody, or to every AWS account; None if the list is unknown
    :param public_access: what everybody may do
    :param outsiders: canonical ids that are not ours
    :param external_access: what they may do
    :param evidence: the grants that decide, as `READ to AllUsers`
    """

    public: Truth
    public_access: frozenset[Access]
    outsiders: tuple[str, ...]
    external_access: frozenset[Access]
    evidence: tuple[str, ...]


def judge_acl(grants: Maybe[tuple[Grant, ...]], owner_id: Maybe[str], zone: Zone) -> AclVerdict:
    """Whom the grants let in, whether or not the list is in force."""
    if isinstance(grants, Unknown):
        return AclVerdict(None, frozenset(), (), frozenset(), ())
    public = [grant for grant in grants if is_public(grant)]
    foreign = [grant for grant in grants if _is_foreign(grant, owner_id, zone)]
    return AclVerdict(
        bool(public),
        _access(public),
        tuple(sorted({grant.grantee for grant in foreign})),
        _access(foreign),
        tuple(f"{grant.permission} to {grant.grantee.rpartition('/')[2]}" for grant in (*public, *foreign)),
    )


def is_public(grant: Grant) -> bool:
    """Whether the grantee is everybody, or everybody who has any AWS account."""
    return grant.grantee.endswith((_EVERYBODY, _EVERY_ACCOUNT))


def _is_foreign(grant: Grant, owner_id: Maybe[str], zone: Zone) -> bool:
    who = grant.grantee
    if is_public(grant) or who.endswith(_LOG_DELIVERY) or who.lower() in SERVICE_OF:
        return False
    return who.lower() != owner_id and not zone.holds(Party(PartyKind.CANONICAL_ID, who.lower()))


def _access(grants: list[Grant]) -> frozenset[Access]:
    return frozenset[Access]().union(*(_ACCESS.get(grant.permission, frozenset()) for grant in grants))
