"""The policy evaluator: `evaluate_policy` says whom a bucket policy, or one of an access point, lets in."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal

from scanner.model.occurrence import Confidence
from scanner.posture.actions import Access, access_of, accesses, all_but, known_actions
from scanner.posture.denies import Left, left_of
from scanner.posture.documents import Document, Statement, parse_policy
from scanner.posture.levels import Level, levels_of
from scanner.posture.limits import Limit, limits_of
from scanner.posture.parties import Party, PartyKind, Trusted, Zone, zone_of
from scanner.posture.principals import Principal, principals_in
from scanner.posture.reach import Reached, reached
from scanner.posture.verdict import OUTSIDE_IDS, PolicyVerdict, Reach, Reason

Kind = Literal["bucket", "access_point"]

_NOBODY_ELSE: Final = Trusted()
_EVERYONE: Final[tuple[Principal, ...]] = principals_in("*")
_NOTHING: Final = Reached(Reach.NOBODY, (), Confidence.MEDIUM, "a Deny takes all of it away")
_NO_PRINCIPAL: Final = Reached(Reach.NOBODY, (), Confidence.HIGH, "it names no principal")
_REMEDIES: Final = {
    Reach.PUBLIC: "remove it, or limit it by a fixed aws:PrincipalOrgID, aws:PrincipalAccount, aws:SourceVpce or aws:SourceIp",
    Reach.EXTERNAL: "remove what is not yours, or list it as trusted if it is",
    Reach.CONDITIONAL: "check whose it is, and list it as trusted if it is yours",
}
_NO_ACCESS: Final[frozenset[Access]] = frozenset()
_ANY: Final = frozenset(PartyKind)
_ACCOUNTS: Final = frozenset((PartyKind.ACCOUNT,))
_ORGANIZATIONS: Final = frozenset((PartyKind.ORGANIZATION,))
_SERVICES: Final = frozenset((PartyKind.SERVICE,))
_CLOUDFRONT: Final = frozenset((PartyKind.CLOUDFRONT,))
_CLOUDFRONT_SERVICE: Final = Party(PartyKind.SERVICE, "cloudfront.amazonaws.com")
_SHARED: Final = frozenset((PartyKind.ACCOUNT, PartyKind.ORGANIZATION, PartyKind.CANONICAL_ID, PartyKind.CLOUDFRONT))
_DEPUTY_REMEDY: Final = "add a condition aws:SourceAccount or aws:SourceArn with your own account"


def evaluate_policy(document: object, account_id: str | None, *, trusted: Trusted = _NOBODY_ELSE, kind: Kind = "bucket") -> PolicyVerdict:
    """Whom a resource policy of Amazon S3 lets in, before Block Public Access.

    >>> policy = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
    >>> evaluate_policy({"Statement": policy}, "111111111111").public
    True
    >>> policy["Condition"] = {"StringEquals": {"aws:PrincipalAccount": "222222222222"}}
    >>> verdict = evaluate_policy({"Statement": [policy]}, "111111111111")
    >>> verdict.public, verdict.external_accounts, sorted(verdict.external_access)
    (False, ('222222222222',), [<Access.READ: 'read'>])

    "Public" is what Amazon S3 calls so: an Allow that no fixed value of certain keys limits. Policies of organisations, of
    identities and of VPC endpoints are not looked at. Nothing malformed raises; see `PolicyVerdict.problems`.

    :param document: JSON text or parsed JSON
    :param account_id: the bucket's own account, 12 digits; None if it is not known
    :param trusted: parties that count as ours
    :param kind: in a policy of an access point the keys of access points limit nothing
    """
    parsed = parse_policy(document)
    zone = zone_of(account_id, trusted)
    denies = [statement for statement in parsed.statements if not statement.allows]
    allows = [statement for statement in parsed.statements if statement.allows]
    reasons = tuple([_reason(one, denies, zone, access_point=kind == "access_point") for one in allows])
    return _verdict(parsed, reasons)


def _reason(allow: Statement, denies: Sequence[Statement], zone: Zone, *, access_point: bool) -> Reason:
    own = tuple(limits_of(allow.conditions, access_point=access_point))
    # Everyone but those named is everyone, strangers without credentials included.
    principals = _EVERYONE if allow.all_but_principals else allow.principals
    lefts = _lefts(allow, principals, denies, access_point=access_point)
    found = [_reached(principal, left, own, zone, allow) for principal, left in zip(principals, lefts, strict=True)]
    widest = max(found, key=_width, default=_NO_PRINCIPAL)
    deputy = True in [one.confused_deputy for one in found]
    return Reason(
        allow.number,
        allow.sid,
        widest.reach,
        widest.parties if len(found) == 1 else tuple(dict.fromkeys([party for one in found for party in one.parties])),
        tuple([principal.text for principal in allow.principals]),
        ("everything but", *allow.actions) if allow.all_but_actions else allow.actions,
        _access(allow, lefts, found, widest.reach),
        allow.resources,
        tuple([f"{one.operator.name} {one.written} {', '.join(one.values)}" for one in allow.conditions]) if allow.conditions else (),
        tuple(sorted({index for left in lefts for index in left.by})) if denies else (),
        _confidence(widest, found, lefts),
        widest.why,
        _remedy(widest.reach, deputy=deputy),
        deputy,
        True in [one.key.startswith("s3:dataaccesspoint") for one in allow.conditions],
        allow.all_but_resources,
    )


def _lefts(allow: Statement, principals: Sequence[Principal], denies: Sequence[Statement], *, access_point: bool) -> list[Left]:
    """What Denies leave of the statement, for each of its principals."""
    if not denies:
        return [Left(allow.actions, (), (), ())] * len(principals)
    return [left_of(allow, principal, denies, access_point=access_point) for principal in principals]


def _reached(principal: Principal, left: Left, own: tuple[Limit, ...], zone: Zone, allow: Statement) -> Reached:
    if not left.actions and (left.by or not allow.all_but_actions):
        return _NOTHING
    return reached(principal, own + left.limits if left.limits else own, zone)


def _width(found: Reached) -> int:
    return found.reach


def _confidence(widest: Reached, found: Iterable[Reached], lefts: Iterable[Left]) -> Confidence:
    """Of the principals that decide; at most MEDIUM when a Deny had a part in it."""
    deciding = min([widest.confidence, *[one.confidence for one in found if one.reach is widest.reach]])
    return min(deciding, Confidence.MEDIUM) if [left for left in lefts if left.by] else deciding


def _remedy(reach: Reach, *, deputy: bool) -> str:
    return _DEPUTY_REMEDY if deputy and reach in (Reach.SERVICE, Reach.EXTERNAL) else _REMEDIES.get(reach, "")


def _access(allow: Statement, lefts: Iterable[Left], found: Iterable[Reached], reach: Reach) -> frozenset[Access]:
    """What the widest of the principals may do."""
    if reach is Reach.NOBODY:
        return _NO_ACCESS
    return _joined([_left_access(allow, left) for left, one in zip(lefts, found, strict=True) if one.reach is reach])


def _left_access(allow: Statement, left: Left) -> frozenset[Access]:
    levels: Level = "both" if allow.all_but_resources else levels_of(allow.resources)
    found = _access_on(levels, allow, left)
    if found or levels == "both" or (left.by and _access_on(levels, allow, Left(allow.actions, (), (), ()))):
        return found
    # The service refuses a policy whose actions do not apply to its resources; what is written so is not taken for harmless.
    return _access_on("both", allow, left)


def _access_on(levels: Level, allow: Statement, left: Left) -> frozenset[Access]:
    if not left.denied and not allow.all_but_actions:
        return _joined([access_of(action, levels) for action in left.actions])
    names = all_but(allow.actions) if allow.all_but_actions else frozenset().union(*map(known_actions, left.actions))
    return accesses(names.difference(*map(known_actions, left.denied)), levels)


def _verdict(parsed: Document, reasons: tuple[Reason, ...]) -> PolicyVerdict:
    public = [reason for reason in reasons if reason.reach is Reach.PUBLIC]
    shared = [reason for reason in reasons if reason.reach is Reach.EXTERNAL]
    parties = {party for reason in reasons for party in reason.parties}
    external = _external(public, shared) if public or shared else ()
    conditional = [reason for reason in reasons if reason.reach is Reach.CONDITIONAL]
    return PolicyVerdict(
        True if public else (False if parsed.readable else None),
        bool(external),
        _ids(external, _ACCOUNTS),
        _ids(external, _ORGANIZATIONS),
        _ids(parties, OUTSIDE_IDS),
        _ids(parties, _SERVICES),
        bool(_ids(parties, _CLOUDFRONT)) or _CLOUDFRONT_SERVICE in parties,
        _ids([party for reason in conditional for party in reason.parties], _ANY) if conditional else (),
        _joined([reason.access for reason in public]),
        _joined([reason.access for reason in shared]),
        reasons,
        parsed.problems,
        _overall(parsed, public, reasons),
    )


def _external(public: Sequence[Reason], shared: Sequence[Reason]) -> set[Party]:
    """The identified outsiders; of a public statement those that are named beside everybody."""
    if len(shared) == 1 and not public:
        return set(shared[0].parties)
    beside = {party for reason in public for party in reason.parties if party.kind in _SHARED}
    return beside.union(*[reason.parties for reason in shared])


def _ids(parties: Collection[Party], kinds: frozenset[PartyKind]) -> tuple[str, ...]:
    if not parties:
        return ()
    found = [party.id for party in parties if party.kind in kinds]
    return tuple(sorted(set(found))) if found else ()


def _joined(parts: Sequence[frozenset[Access]]) -> frozenset[Access]:
    if len(parts) == 1:
        return parts[0]
    return _NO_ACCESS.union(*parts) if parts else _NO_ACCESS


def _overall(parsed: Document, public: Sequence[Reason], reasons: Sequence[Reason]) -> Confidence:
    """Of the statements that decide: the surest public one if there is any, else the weakest."""
    if not parsed.readable:
        return Confidence.LOW
    if public:
        return max([reason.confidence for reason in public])
    return min([Confidence.HIGH, *[reason.confidence for reason in reasons]])
