"""Who the members of an IAM policy of Google are, and what roles let them do."""

from typing import Final, NamedTuple

from scanner.posture.actions import Access
from scanner.posture.parties import Party, PartyKind, Trusted

_EVERYBODY: Final = frozenset(["allUsers", "allAuthenticatedUsers"])
_ACCOUNTS: Final = ".iam.gserviceaccount.com"
_ALL: Final = frozenset(Access)
# Source: IAM roles for Cloud Storage.
_ROLES: Final = {
    "objectViewer": frozenset([Access.READ, Access.LIST]),
    "objectCreator": frozenset([Access.WRITE]),
    "objectUser": frozenset([Access.READ, Access.LIST, Access.WRITE]),
    "objectAdmin": _ALL,
    "admin": _ALL,
    "legacyObjectReader": frozenset([Access.READ]),
    "legacyObjectOwner": frozenset([Access.READ, Access.WRITE, Access.PERMISSIONS]),
    "legacyBucketReader": frozenset([Access.LIST]),
    "legacyBucketWriter": frozenset([Access.LIST, Access.WRITE]),
    "legacyBucketOwner": frozenset([Access.LIST, Access.WRITE, Access.PERMISSIONS]),
}


class Member(NamedTuple):
    """One member.

    :param ours: None where it cannot be told whose it is
    """

    party: Party
    public: bool
    ours: bool | None


def member_of(text: str, own: frozenset[str], trusted: Trusted) -> Member:
    """:param own: id and number of the bucket's own project, as far as they are known"""
    kind, _, name = text.partition(":")
    if text in _EVERYBODY:
        return Member(Party(PartyKind.EVERYONE, text), public=True, ours=False)
    if kind in ("projectOwner", "projectEditor", "projectViewer"):
        return Member(Party(PartyKind.ACCOUNT, name), public=False, ours=name in own or f"projects/{name}" in trusted.names or None)
    if kind == "serviceAccount":
        return Member(Party(PartyKind.ACCOUNT, name), public=False, ours=_owns(name, own, trusted))
    if kind == "deleted":
        return Member(Party(PartyKind.UNIQUE_ID, text), public=False, ours=True)
    # user, group, domain, principal, principalSet
    domain = name.rpartition("@")[2].lower()
    known = {one for one in trusted.names if not one.startswith("projects/")}
    return Member(Party(PartyKind.ORGANIZATION, text), public=False, ours=domain in known if known else None)


def _owns(account: str, own: frozenset[str], trusted: Trusted) -> bool | None:
    """Whether a service account is of the bucket's project or a trusted one; None where its name does not tell."""
    name, _, domain = account.rpartition("@")
    if not domain.endswith(_ACCOUNTS):
        # 123-compute@developer.gserviceaccount.com and ID@appspot.gserviceaccount.com are a project's own by default.
        return True if name.partition("-")[0] in own or name in own else None
    owner = domain.removesuffix(_ACCOUNTS)
    if owner.startswith("gcp-sa-") or owner == "gs-project-accounts":
        # Agents of Google's services: service-123@gs-project-accounts.iam.gserviceaccount.com
        return True if name.removeprefix("service-") in own else None
    return owner in own or f"projects/{owner}" in trusted.names


def access_of_role(role: str) -> frozenset[Access]:
    """What a role lets its members do; one that is not known lets them read, at least so it must be taken."""
    return _ROLES.get(role.removeprefix("roles/storage."), frozenset([Access.READ]))
