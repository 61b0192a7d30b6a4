"""Findings on how a bucket is set up: Macie's six types with its severities, and ours beyond them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from scanner.posture.acl import is_public
from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.arns import account_in
from scanner.posture.block import all_off, all_on
from scanner.posture.cloudfront import Origin
from scanner.posture.exposure import Permission
from scanner.posture.parties import PartyKind
from scanner.posture.protection import TlsOnly
from scanner.posture.sensitive import Sensitive
from scanner.posture.sharing import SharedAccess
from scanner.posture.verdicts import BucketVerdicts


class PolicySeverity(IntEnum):
    """How bad a finding on a bucket's set-up is. Macie has LOW, MEDIUM and HIGH."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


@dataclass(frozen=True, slots=True)
class PolicyFinding:
    """One thing that is wrong, or worth knowing, in a bucket's set-up.

    :param type: Macie's where it has one; ours begin with `Policy:Dowse/`
    :param detail: what was seen
    :param remedy: what to change
    :param subject: what in the bucket it is about, where there can be several of its type: a way in, a statement, a distribution
    :param alone: its severity before what is inside the bucket raised it; None if nothing did
    """

    bucket: str
    type: str
    severity: PolicySeverity
    title: str
    detail: str
    remedy: str
    subject: str = ""
    alone: PolicySeverity | None = None


# Of objects, in a detail.
_NAMED: Final = 3
_MACIE: Final = "Policy:IAMUser/"
_OWN: Final = "Policy:Dowse/"


def policy_findings(verdicts: BucketVerdicts) -> tuple[PolicyFinding, ...]:
    """All findings of one bucket, the worst first; of equal ones what lets somebody in."""
    return _sorted(PolicyFinding(verdicts.settings.name, *one) for check in _CHECKS for one in check(verdicts))


def _sorted(findings: Iterable[PolicyFinding]) -> tuple[PolicyFinding, ...]:
    return tuple(sorted(findings, key=lambda finding: -finding.severity))


def dangling_origin(origin: Origin) -> PolicyFinding:
    """A distribution whose bucket does not exist: whoever makes a bucket of that name serves the distribution's content."""
    detail = f"distribution {origin.distribution}; no bucket of that name exists"
    remedy = "remove the origin, or make the bucket yourself at once"
    title = "anybody can take the origin over"
    return PolicyFinding(origin.bucket, f"{_OWN}S3DanglingOrigin", PolicySeverity.HIGH, title, detail, remedy, origin.distribution)


def raised(findings: tuple[PolicyFinding, ...], sensitive: Sensitive | None) -> tuple[PolicyFinding, ...]:
    """The findings, one step worse where a finding of high severity lies in what can be reached from outside."""
    if sensitive is None or sensitive.worst != "high":
        return findings
    return _sorted(_worse(one) if one.type in OUTSIDE else one for one in findings)


def _worse(finding: PolicyFinding) -> PolicyFinding:
    severity = PolicySeverity(min(finding.severity + 1, PolicySeverity.CRITICAL))
    return replace(finding, severity=severity, detail=f"{finding.detail}{HOLDS}", alone=finding.severity)


OUTSIDE: Final = frozenset(f"{_MACIE}{name}" for name in ("S3BucketPublic", "S3BucketSharedExternally", "S3BucketReplicatedExternally"))
"""Types of findings that say that somebody outside has the bucket's content."""

HOLDS: Final = "; it holds sensitive data"
"""What the detail of a finding ends with whose severity was raised."""

# Type, severity, title, detail, remedy and, where there can be several, subject.
_Found = tuple[str, PolicySeverity, str, str, str] | tuple[str, PolicySeverity, str, str, str, str]


def _public(verdicts: BucketVerdicts) -> Iterator[_Found]:
    exposure = verdicts.exposure
    if exposure.permission is not Permission.PUBLIC:
        return
    ways = [way for way in exposure.ways if way.open]
    writing = exposure.public_access & {Access.WRITE, Access.PERMISSIONS}
    severity = PolicySeverity.CRITICAL if writing else PolicySeverity.HIGH
    detail = "; ".join(f"{way.name}: {', '.join(way.evidence)}" for way in ways)
    served = verdicts.settings.website is True
    title = f"everybody can {_listed(exposure.public_access)}{'; it is served as a website' if served else ''}"
    yield f"{_MACIE}S3BucketPublic", severity, title, detail, "turn on all four settings of Block Public Access"


def _listed(access: frozenset[Access]) -> str:
    words = {Access.READ: "read", Access.WRITE: "write", Access.LIST: "list", Access.PERMISSIONS: "change permissions"}
    return ", ".join(words[one] for one in Access if one in access) or "use it"


def _shared(verdicts: BucketVerdicts) -> Iterator[_Found]:
    outsiders = [one for one in verdicts.sharing.outsiders if one.effective and one.party.kind is not PartyKind.CLOUDFRONT]
    outsiders = [one for one in outsiders if one.party.id != "cloudfront.amazonaws.com"]
    if not outsiders or verdicts.sharing.shared is not SharedAccess.EXTERNAL:
        return
    only_organizations = all(one.party.kind is PartyKind.ORGANIZATION for one in outsiders)
    severity = PolicySeverity.MEDIUM if only_organizations else PolicySeverity.HIGH
    names = sorted({f"{one.party.kind} {one.party.id} by {one.via}" for one in outsiders})
    remedy = "remove what is not yours from the policy or list; list it as trusted if it is"
    yield f"{_MACIE}S3BucketSharedExternally", severity, "shared with others outside", "; ".join(names), remedy


def _cloudfront(verdicts: BucketVerdicts) -> Iterator[_Found]:
    if verdicts.sharing.cloudfront:
        title = "CloudFront can read it, so it may be public through a distribution"
        remedy = "check who can use the distribution"
        yield f"{_MACIE}S3BucketSharedWithCloudFront", PolicySeverity.MEDIUM, title, "the bucket's policy names CloudFront", remedy


def _replicated(verdicts: BucketVerdicts) -> Iterator[_Found]:
    if verdicts.replication.externally:
        detail = f"to account {', '.join(verdicts.replication.accounts)}"
        title = "objects are copied to an account outside"
        yield f"{_MACIE}S3BucketReplicatedExternally", PolicySeverity.HIGH, title, detail, "remove the replication rule if it is not yours"


def _unblocked(verdicts: BucketVerdicts) -> Iterator[_Found]:
    settings = verdicts.settings
    if all_off(settings.block) is not True or all_on(settings.account_block) is True:
        return
    public = verdicts.exposure.permission is Permission.PUBLIC
    severity = PolicySeverity.HIGH if public or verdicts.exposure.dormant else PolicySeverity.MEDIUM
    detail = "none of its four settings is on for the bucket, nor are all of them for the account"
    remedy = "aws s3api put-public-access-block with all four settings true"
    yield f"{_MACIE}S3BlockPublicAccessDisabled", severity, "Block Public Access is off", detail, remedy


def _unencrypted(verdicts: BucketVerdicts) -> Iterator[_Found]:
    encryption = verdicts.settings.encryption
    if isinstance(encryption, Unknown):
        return
    remedy = "set a default encryption with a key of yours (aws:kms)"
    if encryption is None:
        detail = "no default encryption; Amazon S3 itself has encrypted new objects since January 2023, other stores may not"
        yield f"{_MACIE}S3BucketEncryptionDisabled", PolicySeverity.HIGH, "no default encryption", detail, remedy
    elif encryption.algorithm == "AES256":
        detail = "default encryption is SSE-S3: keys of the service, which every reader of the bucket may use"
        yield f"{_MACIE}S3BucketEncryptionDisabled", PolicySeverity.LOW, "encrypted without a key of yours", detail, remedy


def _dormant(verdicts: BucketVerdicts) -> Iterator[_Found]:
    for way in verdicts.exposure.dormant:
        title = "public as written, and shut only from outside"
        detail = f"{way.name}: {', '.join(way.evidence)}"
        remedy = "remove the grant: whoever removes the block opens the bucket"
        yield f"{_OWN}S3DormantPublicGrant", PolicySeverity.MEDIUM, title, detail, remedy, way.name


def _plain_http(verdicts: BucketVerdicts) -> Iterator[_Found]:
    remedy = "deny s3:* to * on the bucket and bucket/* when aws:SecureTransport is false"
    if verdicts.tls_only is TlsOnly.FALSE:
        yield f"{_OWN}S3TlsNotEnforced", PolicySeverity.LOW, "plain http is accepted", "no Deny refuses it", remedy
    elif verdicts.tls_only is TlsOnly.PARTIAL:
        detail = "a Deny refuses it for part of the actions or resources only"
        yield f"{_OWN}S3TlsNotEnforced", PolicySeverity.LOW, "plain http is accepted in part", detail, remedy


def _foreign_key(verdicts: BucketVerdicts) -> Iterator[_Found]:
    encryption, account = verdicts.settings.encryption, verdicts.settings.account
    if isinstance(encryption, Unknown) or encryption is None or not encryption.key:
        return
    owner = account_in(encryption.key)
    title = "encrypted with a key of another account"
    if owner is None:
        detail = f"{encryption.key} is no full name: it means a key of whoever uploads, in that one's account"
        yield f"{_OWN}S3KeyNotQualified", PolicySeverity.LOW, "the key is not named in full", detail, "name the key by its ARN"
    elif account is not None and owner != account and owner not in verdicts.trusted.accounts:
        remedy = "use a key of your own: its owner can shut you out"
        yield f"{_OWN}S3CrossAccountKey", PolicySeverity.MEDIUM, title, f"key of account {owner}", remedy


def _open_objects(verdicts: BucketVerdicts) -> Iterator[_Found]:
    lists = verdicts.settings.object_grants
    if isinstance(lists, Unknown):
        return
    public = [one.key for one in lists if not isinstance(one.grants, Unknown) and any(map(is_public, one.grants))]
    if public:
        more = f" and {len(public) - _NAMED} more" if len(public) > _NAMED else ""
        detail = f"{len(public)} of {len(lists)} objects that were looked at: {', '.join(public[:_NAMED])}{more}"
        title = "access control lists of objects grant to everybody"
        remedy = "switch lists off: aws s3api put-bucket-ownership-controls with BucketOwnerEnforced, or turn on IgnorePublicAcls"
        yield f"{_OWN}S3ObjectAclPublic", PolicySeverity.HIGH, title, detail, remedy


def _open_key(verdicts: BucketVerdicts) -> Iterator[_Found]:
    key = verdicts.key
    if key is None or key.policy is None:
        return
    if key.policy.public:
        remedy = "name the principals in the key's policy, or limit it by a fixed kms:CallerAccount"
        yield f"{_OWN}S3KeyPublic", PolicySeverity.HIGH, "everybody may use the key of the default encryption", key.arn, remedy
    elif key.outsiders:
        title = "others outside may use the key of the default encryption"
        detail, remedy = f"{key.arn}: {', '.join(key.outsiders)}", "remove what is not yours from the key's policy and grants"
        yield f"{_OWN}S3KeySharedExternally", PolicySeverity.MEDIUM, title, detail, remedy


def _deputies(verdicts: BucketVerdicts) -> Iterator[_Found]:
    for reason in verdicts.exposure.policy.reasons if verdicts.exposure.policy else ():
        if reason.confused_deputy:
            services = ", ".join(party.id for party in reason.parties if party.kind is PartyKind.SERVICE)
            title = "a service may act here on behalf of anybody"
            detail = f"statement {reason.index}{f' ({reason.sid})' if reason.sid else ''}: {services}"
            yield f"{_OWN}S3ConfusedDeputy", PolicySeverity.MEDIUM, title, detail, reason.remedy, reason.sid or f"statement {reason.index}"


def _opinion(verdicts: BucketVerdicts) -> Iterator[_Found]:
    """The store's own opinion of the policy is a second one; where the two differ somebody should look."""
    theirs, policy = verdicts.settings.policy_is_public, verdicts.exposure.policy
    if isinstance(theirs, Unknown) or theirs is None or policy is None or policy.public is None or theirs == policy.public:
        return
    ours = "public" if policy.public else "not public"
    detail = f"the store calls the policy {'public' if theirs else 'not public'}, by the documented rule it is {ours}"
    title = "two opinions on the policy"
    yield f"{_OWN}S3PolicyStatusDisagrees", PolicySeverity.INFO, title, detail, "look at the policy"


def _housekeeping(verdicts: BucketVerdicts) -> Iterator[_Found]:
    settings = verdicts.settings
    if settings.versioning in ("Disabled", "Suspended"):
        detail = f"versioning is {settings.versioning.lower() if isinstance(settings.versioning, str) else ''}"
        remedy = "enable versioning: what is overwritten or deleted can be had back"
        yield f"{_OWN}S3NoVersioning", PolicySeverity.INFO, "no versions are kept", detail, remedy
    if settings.logging is None:
        remedy = "enable server access logging, or data events of CloudTrail"
        yield f"{_OWN}S3NoLogging", PolicySeverity.INFO, "access is not logged", "server access logging is off", remedy


_CHECKS: Final = (
    *(_public, _shared, _cloudfront, _replicated, _unblocked, _unencrypted, _dormant, _plain_http, _foreign_key, _open_key),
    *(_open_objects, _deputies, _opinion, _housekeeping),
)
