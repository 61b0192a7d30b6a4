"""What can be wrong with how a bucket of Amazon S3, or of a store like it, is set up: Macie's six types, and ours beyond them."""

from collections.abc import Iterator
from typing import Final

from scanner.posture.acl import is_public
from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.arns import account_in
from scanner.posture.block import all_off, all_on
from scanner.posture.exposure import Permission
from scanner.posture.finding_kinds import MACIE, OWN, Found, PolicySeverity, listed_access
from scanner.posture.parties import PartyKind
from scanner.posture.protection import TlsOnly
from scanner.posture.sharing import SharedAccess
from scanner.posture.verdicts import BucketVerdicts

# Of objects, in a detail.
_NAMED: Final = 3


def _public(verdicts: BucketVerdicts) -> Iterator[Found]:
    exposure = verdicts.exposure
    if exposure.permission is not Permission.PUBLIC:
        return
    ways = [way for way in exposure.ways if way.open]
    writing = exposure.public_access & {Access.WRITE, Access.PERMISSIONS}
    severity = PolicySeverity.CRITICAL if writing else PolicySeverity.HIGH
    detail = "; ".join(f"{way.name}: {', '.join(way.evidence)}" for way in ways)
    served = verdicts.settings.website is True
    title = f"everybody can {listed_access(exposure.public_access)}{'; it is served as a website' if served else ''}"
    yield f"{MACIE}S3BucketPublic", severity, title, detail, "turn on all four settings of Block Public Access"


def _shared(verdicts: BucketVerdicts) -> Iterator[Found]:
    outsiders = [one for one in verdicts.sharing.outsiders if one.effective and one.party.kind is not PartyKind.CLOUDFRONT]
    outsiders = [one for one in outsiders if one.party.id != "cloudfront.amazonaws.com"]
    if not outsiders or verdicts.sharing.shared is not SharedAccess.EXTERNAL:
        return
    only_organizations = all(one.party.kind is PartyKind.ORGANIZATION for one in outsiders)
    severity = PolicySeverity.MEDIUM if only_organizations else PolicySeverity.HIGH
    names = sorted({f"{one.party.kind} {one.party.id} by {one.via}" for one in outsiders})
    remedy = "remove what is not yours from the policy or list; list it as trusted if it is"
    yield f"{MACIE}S3BucketSharedExternally", severity, "shared with others outside", "; ".join(names), remedy


def _cloudfront(verdicts: BucketVerdicts) -> Iterator[Found]:
    if verdicts.sharing.cloudfront:
        title = "CloudFront can read it, so it may be public through a distribution"
        remedy = "check who can use the distribution"
        yield f"{MACIE}S3BucketSharedWithCloudFront", PolicySeverity.MEDIUM, title, "the bucket's policy names CloudFront", remedy


def _replicated(verdicts: BucketVerdicts) -> Iterator[Found]:
    if verdicts.replication.externally:
        detail = f"to account {', '.join(verdicts.replication.accounts)}"
        title = "objects are copied to an account outside"
        yield f"{MACIE}S3BucketReplicatedExternally", PolicySeverity.HIGH, title, detail, "remove the replication rule if it is not yours"


def _unblocked(verdicts: BucketVerdicts) -> Iterator[Found]:
    settings = verdicts.settings
    if all_off(settings.block) is not True or all_on(settings.account_block) is True:
        return
    public = verdicts.exposure.permission is Permission.PUBLIC
    severity = PolicySeverity.HIGH if public or verdicts.exposure.dormant else PolicySeverity.MEDIUM
    detail = "none of its four settings is on for the bucket, nor are all of them for the account"
    remedy = "aws s3api put-public-access-block with all four settings true"
    yield f"{MACIE}S3BlockPublicAccessDisabled", severity, "Block Public Access is off", detail, remedy


def _unencrypted(verdicts: BucketVerdicts) -> Iterator[Found]:
    encryption = verdicts.settings.encryption
    if isinstance(encryption, Unknown):
        return
    remedy = "set a default encryption with a key of yours (aws:kms)"
    if encryption is None:
        detail = "no default encryption; Amazon S3 itself has encrypted new objects since January 2023, other stores may not"
        yield f"{MACIE}S3BucketEncryptionDisabled", PolicySeverity.HIGH, "no default encryption", detail, remedy
    elif encryption.algorithm == "AES256":
        detail = "default encryption is SSE-S3: keys of the service, which every reader of the bucket may use"
        yield f"{MACIE}S3BucketEncryptionDisabled", PolicySeverity.LOW, "encrypted without a key of yours", detail, remedy


def _dormant(verdicts: BucketVerdicts) -> Iterator[Found]:
    for way in verdicts.exposure.dormant:
        title = "public as written, and shut only from outside"
        detail = f"{way.name}: {', '.join(way.evidence)}"
        remedy = "remove the grant: whoever removes the block opens the bucket"
        yield f"{OWN}S3DormantPublicGrant", PolicySeverity.MEDIUM, title, detail, remedy, way.name


def _unconfirmed(verdicts: BucketVerdicts) -> Iterator[Found]:
    for way in verdicts.exposure.unconfirmed:
        title = "public as written, and nothing is known to shut it"
        detail = f"{way.name}: {', '.join(way.evidence)}"
        remedy = "remove the grant, or turn on Block Public Access; if that is on, let it be asked for"
        yield f"{OWN}S3PublicUnconfirmed", PolicySeverity.HIGH, title, detail, remedy, way.name


def _plain_http(verdicts: BucketVerdicts) -> Iterator[Found]:
    remedy = "deny s3:* to * on the bucket and bucket/* when aws:SecureTransport is false"
    if verdicts.tls_only is TlsOnly.FALSE:
        yield f"{OWN}S3TlsNotEnforced", PolicySeverity.LOW, "plain http is accepted", "no Deny refuses it", remedy
    elif verdicts.tls_only is TlsOnly.PARTIAL:
        detail = "a Deny refuses it for part of the actions or resources only"
        yield f"{OWN}S3TlsNotEnforced", PolicySeverity.LOW, "plain http is accepted in part", detail, remedy


def _foreign_key(verdicts: BucketVerdicts) -> Iterator[Found]:
    encryption, account = verdicts.settings.encryption, verdicts.settings.account
    if isinstance(encryption, Unknown) or encryption is None or not encryption.key:
        return
    owner = account_in(encryption.key)
    title = "encrypted with a key of another account"
    if owner is None:
        detail = f"{encryption.key} is no full name: it means a key of whoever uploads, in that one's account"
        yield f"{OWN}S3KeyNotQualified", PolicySeverity.LOW, "the key is not named in full", detail, "name the key by its ARN"
    elif account is not None and owner != account and owner not in verdicts.trusted.accounts:
        remedy = "use a key of your own: its owner can shut you out"
        yield f"{OWN}S3CrossAccountKey", PolicySeverity.MEDIUM, title, f"key of account {owner}", remedy


def _open_objects(verdicts: BucketVerdicts) -> Iterator[Found]:
    lists = verdicts.settings.object_grants
    if isinstance(lists, Unknown):
        return
    public = [one.key for one in lists if not isinstance(one.grants, Unknown) and any(map(is_public, one.grants))]
    if public:
        more = f" and {len(public) - _NAMED} more" if len(public) > _NAMED else ""
        detail = f"{len(public)} of {len(lists)} objects that were looked at: {', '.join(public[:_NAMED])}{more}"
        title = "access control lists of objects grant to everybody"
        remedy = "switch lists off: aws s3api put-bucket-ownership-controls with BucketOwnerEnforced, or turn on IgnorePublicAcls"
        yield f"{OWN}S3ObjectAclPublic", PolicySeverity.HIGH, title, detail, remedy


def _open_key(verdicts: BucketVerdicts) -> Iterator[Found]:
    key = verdicts.key
    if key is None or key.policy is None:
        return
    if key.policy.public:
        remedy = "name the principals in the key's policy, or limit it by a fixed kms:CallerAccount"
        yield f"{OWN}S3KeyPublic", PolicySeverity.HIGH, "everybody may use the key of the default encryption", key.arn, remedy
    elif key.outsiders:
        title = "others outside may use the key of the default encryption"
        detail, remedy = f"{key.arn}: {', '.join(key.outsiders)}", "remove what is not yours from the key's policy and grants"
        yield f"{OWN}S3KeySharedExternally", PolicySeverity.MEDIUM, title, detail, remedy


def _deputies(verdicts: BucketVerdicts) -> Iterator[Found]:
    for reason in verdicts.exposure.policy.reasons if verdicts.exposure.policy else ():
        if reason.confused_deputy:
            services = ", ".join(party.id for party in reason.parties if party.kind is PartyKind.SERVICE)
            title = "a service may act here on behalf of anybody"
            detail = f"statement {reason.number}{f' ({reason.sid})' if reason.sid else ''}: {services}"
            yield f"{OWN}S3ConfusedDeputy", PolicySeverity.MEDIUM, title, detail, reason.remedy, reason.sid or f"statement {reason.number}"


def _opinion(verdicts: BucketVerdicts) -> Iterator[Found]:
    """The store's own opinion of the policy is a second one; where the two differ somebody should look."""
    theirs, policy = verdicts.settings.policy_is_public, verdicts.exposure.policy
    if isinstance(theirs, Unknown) or theirs is None or policy is None or policy.public is None or theirs == policy.public:
        return
    ours = "public" if policy.public else "not public"
    detail = f"the store calls the policy {'public' if theirs else 'not public'}, by the documented rule it is {ours}"
    title = "two opinions on the policy"
    yield f"{OWN}S3PolicyStatusDisagrees", PolicySeverity.INFO, title, detail, "look at the policy"


def _housekeeping(verdicts: BucketVerdicts) -> Iterator[Found]:
    settings = verdicts.settings
    if settings.versioning in ("Disabled", "Suspended"):
        detail = f"versioning is {settings.versioning.lower() if isinstance(settings.versioning, str) else ''}"
        remedy = "enable versioning: what is overwritten or deleted can be had back"
        yield f"{OWN}S3NoVersioning", PolicySeverity.INFO, "no versions are kept", detail, remedy
    if settings.logging is None:
        remedy = "enable server access logging, or data events of CloudTrail"
        yield f"{OWN}S3NoLogging", PolicySeverity.INFO, "access is not logged", "server access logging is off", remedy


AMAZON_CHECKS: Final = (
    *(_public, _shared, _cloudfront, _replicated, _unblocked, _unencrypted, _dormant, _unconfirmed, _plain_http),
    *(_foreign_key, _open_key, _open_objects, _deputies, _opinion, _housekeeping),
)
"""Each gives what is wrong in one respect."""
