"""Roles at a storage account of Azure that principals of other tenants have.

Source: the reference of Azure's role assignments, `roleAssignments.listForScope`, and the list of its built-in roles. Of a user of the
own tenant it does not tell whether he is a guest, so that finding nobody here proves nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from scanner.posture.actions import Access

_ALL: Final = frozenset(Access)
# Those who may list keys have everything. A role that is not among them is taken for one that lets in, with what is not known.
_ACCESS: Final = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": _ALL,  # Owner
    "b24988ac-6180-42a0-ab88-20f7382dd24c": _ALL,  # Contributor
    "17d1049b-9a84-46fb-8f53-869881c3d3ab": _ALL,  # Storage Account Contributor
    "81a9662b-bebf-436f-a333-f67b29880f12": _ALL,  # Storage Account Key Operator
    "c12c1c16-33a1-487b-954d-41c89c60f349": _ALL,  # Reader and Data Access
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": _ALL,  # Storage Blob Data Owner
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": frozenset([Access.READ, Access.LIST, Access.WRITE]),  # Storage Blob Data Contributor
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": frozenset([Access.READ, Access.LIST]),  # Storage Blob Data Reader
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": frozenset([Access.PERMISSIONS]),  # User Access Administrator
}
_READER: Final = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
"""Sees settings, and no data."""


@dataclass(frozen=True, slots=True)
class ForeignRole:
    """A role of a principal of another tenant.

    :param principal: its id
    :param role: id of the role's definition
    :param access: what it lets do with blobs; empty if that is not known
    """

    principal: str
    role: str
    access: frozenset[Access]


def foreign_roles(found: Mapping[str, Any]) -> tuple[ForeignRole, ...]:
    """:param found: all assignments at the account or above, as one page"""
    return tuple(dict.fromkeys(_foreign(found)))


def _foreign(found: Mapping[str, Any]) -> Iterator[ForeignRole]:
    for one in found["value"]:
        about = one["properties"]
        role = str(about["roleDefinitionId"]).rpartition("/")[2].lower()
        if about.get("principalType") == "ForeignGroup" and role != _READER:
            yield ForeignRole(str(about["principalId"]), role, _ACCESS.get(role, frozenset()))
