"""What the evaluator says of a policy."""

from enum import IntEnum
from typing import NamedTuple

from scanner.model.occurrence import Confidence
from scanner.posture.actions import Access
from scanner.posture.parties import Party, PartyKind


class Reach(IntEnum):
    """How far a statement reaches; ordered from nobody to everybody."""

    NOBODY = 0
    INTERNAL = 1
    SERVICE = 2
    CONDITIONAL = 3
    EXTERNAL = 4
    PUBLIC = 5


# Made for every policy and statement: a tuple is made in a fifth of the time that a frozen data class takes.
class Reason(NamedTuple):
    """What one Allow statement does.

    :param number: place of the statement in the document, from 0
    :param reach: the widest of its principals'; CONDITIONAL is limited to networks, addresses, keys or ids whose owner is unknown
    :param parties: those outside that it lets in; for CONDITIONAL what it is limited to
    :param principals: as written
    :param actions: as written, in lower case; of NotAction the word `everything but` stands first
    :param denied_by: indexes of the Deny statements that took something away
    :param because: the decision in one sentence
    :param remedy: what would close it; empty if nothing is open
    :param confused_deputy: a service may act on it for anybody's sake
    :param delegates: it leaves the decision to access points of the owner's
    :param all_but_resources: it speaks of all resources but those
    """

    number: int
    sid: str
    reach: Reach
    parties: tuple[Party, ...]
    principals: tuple[str, ...]
    actions: tuple[str, ...]
    access: frozenset[Access]
    resources: tuple[str, ...]
    conditions: tuple[str, ...]
    denied_by: tuple[int, ...]
    confidence: Confidence
    because: str
    remedy: str
    confused_deputy: bool = False
    delegates: bool = False
    all_but_resources: bool = False


class PolicyVerdict(NamedTuple):
    """Who can use a bucket through its policy, before Block Public Access.

    :param public: nobody in particular is let in, by the definition that Amazon S3 uses; None if the document cannot be understood
    :param cross_account: an identified party outside is let in
    :param external_accounts: account numbers
    :param external_organizations: ids of organisations
    :param external_ids: canonical ids, and unique ids of users or roles that are not written as names
    :param services: principals of services, such as `cloudtrail.amazonaws.com`
    :param cloudfront: distributions of CloudFront are let in
    :param conditional: networks, address ranges, keys and ids that it is limited to and whose owner is unknown
    :param public_access: what everybody may do
    :param external_access: what identified outsiders may do
    :param reasons: one for each Allow statement, in their order
    :param problems: what is malformed
    :param confidence: HIGH by the documented rule; MEDIUM where a Deny decides; LOW where the rule leaves room
    """

    public: bool | None
    cross_account: bool
    external_accounts: tuple[str, ...]
    external_organizations: tuple[str, ...]
    external_ids: tuple[str, ...]
    services: tuple[str, ...]
    cloudfront: bool
    conditional: tuple[str, ...]
    public_access: frozenset[Access]
    external_access: frozenset[Access]
    reasons: tuple[Reason, ...]
    problems: tuple[str, ...]
    confidence: Confidence

    @property
    def reach(self) -> Reach:
        """The widest reach of any statement."""
        return max((reason.reach for reason in self.reasons), default=Reach.NOBODY)

    def closes(self) -> tuple[str, ...]:
        """What would close it, statement by statement."""
        return tuple(reason.remedy for reason in self.reasons if reason.remedy)


OUTSIDE_IDS = frozenset((PartyKind.CANONICAL_ID, PartyKind.UNIQUE_ID))
