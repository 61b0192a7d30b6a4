"""Verdicts on buckets of Google Cloud Storage, with the fields that those of Amazon S3 have."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scanner.posture import cloud_calls as calls
from scanner.posture.acl import AclVerdict
from scanner.posture.actions import Access
from scanner.posture.answers import NOT_ASKED, Answer, Unknown
from scanner.posture.block import Effective
from scanner.posture.cloud_settings import cloud_bucket, read_from
from scanner.posture.exposure import Exposure, Way
from scanner.posture.google_members import Member, access_of_role, member_of
from scanner.posture.parties import Trusted
from scanner.posture.protection import TlsOnly, UnencryptedUploads
from scanner.posture.replication import ReplicationVerdict
from scanner.posture.settings import BucketSettings, CloudSettings, Encryption, Maybe
from scanner.posture.sharing import Outsider, SharedAccess, Sharing
from scanner.posture.three_values import Truth, every, negated, some, truth
from scanner.posture.verdicts import BucketVerdicts, unknowns_of

CUSTOMER_KEY: Final = "CMEK"
"""The type of an encryption with a key of the customer's, which is not KMS of Amazon."""

_NO_LIST: Final = AclVerdict(public=False, public_access=frozenset(), outsiders=(), external_access=frozenset(), evidence=())
_LIST_ROLES: Final = {
    "READER": frozenset([Access.LIST]),
    "WRITER": frozenset([Access.LIST, Access.WRITE]),
    "OWNER": frozenset([Access.LIST, Access.WRITE, Access.PERMISSIONS]),
}


@dataclass(frozen=True, slots=True)
class GoogleAnswers:
    """What was learnt of one bucket.

    :param project: that was asked
    :param details: the bucket's resource
    :param policy: its IAM policy
    :param lists: its access control list, where it counts
    :param prevention: the organisation's effective policy on public access, where the bucket leaves it open
    """

    name: str
    project: str
    details: Answer
    policy: Answer = NOT_ASKED
    lists: Answer = NOT_ASKED
    prevention: Answer = NOT_ASKED


class _Binding(NamedTuple):
    role: str
    member: Member
    conditional: bool

    @property
    def words(self) -> str:
        condition = ", under a condition" if self.conditional else ""
        return f"{self.role} to {self.member.party.id}{condition}"


def judge_google(answers: GoogleAnswers, trusted: Trusted) -> BucketVerdicts:
    """All verdicts on a bucket."""
    settings = _settings(answers)
    assert settings.cloud is not None, "just given"
    prevented = truth(settings.cloud.prevention)
    own = frozenset(filter(None, (answers.project, str((answers.details.response or {}).get("projectNumber") or ""))))
    bindings = read_from(calls.GS_POLICY, answers.policy, lambda found: tuple(_bindings(found, own, trusted)))
    ways = (_policy_way(bindings, prevented), _list_way(answers, prevented))
    exposure = Exposure(ways, None, _NO_LIST, is_uniform(answers.details), Effective(prevented, prevented), ())
    unknowns = [*unknowns_of(settings), *(one for one in (bindings, _lists(answers)) if isinstance(one, Unknown))]
    key = settings.encryption.key if isinstance(settings.encryption, Encryption) else ""
    return BucketVerdicts(
        settings,
        trusted,
        exposure,
        _sharing(bindings),
        # No rule copies objects to buckets of others.
        ReplicationVerdict(replicated=False, externally=False, accounts=()),
        TlsOnly.UNKNOWN,
        UnencryptedUploads.FALSE,
        _project_of(key) or None,
        tuple(dict.fromkeys(unknowns)),
    )


def is_uniform(details: Answer) -> Truth:
    """Whether access control lists are off; None if nobody told."""
    found = read_from(
        calls.GS_BUCKET, details, lambda told: bool((told["iamConfiguration"].get("uniformBucketLevelAccess") or {}).get("enabled"))
    )
    return truth(found)


def own_prevention(details: Answer) -> str:
    """What the bucket's own setting says: enforced, or inherited, where the organisation decides; empty if nobody told."""
    found = read_from(calls.GS_BUCKET, details, lambda told: str(told["iamConfiguration"].get("publicAccessPrevention") or "inherited"))
    return "" if isinstance(found, Unknown) else found


def _prevention(answers: GoogleAnswers) -> Maybe[bool]:
    own = own_prevention(answers.details)
    if own == "enforced":
        return True
    if not own:
        return read_from(calls.GS_BUCKET, answers.details, lambda _told: False)
    return read_from(calls.GS_PREVENTION, answers.prevention, _is_enforced)


def _is_enforced(policy: Mapping[str, Any]) -> bool:
    return any(rule.get("enforce") is True for rule in policy["spec"].get("rules") or ())


def _settings(answers: GoogleAnswers) -> BucketSettings:
    def read(reader: Any) -> Any:  # noqa: ANN401 - one field each
        return read_from(calls.GS_BUCKET, answers.details, reader)

    return cloud_bucket(
        "gs",
        answers.name,
        answers.project or None,
        CloudSettings(_prevention(answers)),
        region=read(lambda found: str(found.get("location") or "").lower()),
        created=str((answers.details.response or {}).get("timeCreated") or ""),
        encryption=read(_encryption),
        versioning=read(lambda found: "Enabled" if (found.get("versioning") or {}).get("enabled") else "Disabled"),
        logging=read(lambda found: (found.get("logging") or {}).get("logBucket") or None),
        website=read(lambda found: bool(found.get("website"))),
        object_lock=read(lambda found: bool(found.get("retentionPolicy") or found.get("objectRetention"))),
        tags=read(lambda found: tuple(sorted((str(key), str(value)) for key, value in (found.get("labels") or {}).items()))),
    )


def _encryption(found: Mapping[str, Any]) -> Encryption:
    key = str((found.get("encryption") or {}).get("defaultKmsKeyName") or "")
    return Encryption(CUSTOMER_KEY, key) if key else Encryption("AES256")


def _project_of(key: str) -> str:
    """`projects/P/locations/...` -> P."""
    return key.split("/")[1] if key.startswith("projects/") and key.count("/") > 1 else ""


def _bindings(policy: Mapping[str, Any], own: frozenset[str], trusted: Trusted) -> Iterator[_Binding]:
    for binding in policy.get("bindings") or ():
        for text in binding["members"]:
            yield _Binding(str(binding["role"]), member_of(str(text), own, trusted), bool(binding.get("condition")))


def _policy_way(bindings: Maybe[tuple[_Binding, ...]], prevented: Truth) -> Way:
    if isinstance(bindings, Unknown):
        return Way("iam policy", None, every([None, negated(prevented)]), frozenset(), ())
    public = [one for one in bindings if one.member.public]
    # What a condition lets through, or whether its time is over, is for Google to say.
    configured = some([*(None if one.conditional else True for one in public), False])
    access = frozenset[Access]().union(*(access_of_role(one.role) for one in public))
    return Way("iam policy", configured, every([configured, negated(prevented)]), access, tuple(one.words for one in public))


def _lists(answers: GoogleAnswers) -> Maybe[tuple[Mapping[str, Any], ...]]:
    """Entries of the bucket's list; none where lists are off."""
    if is_uniform(answers.details) is not False:
        return ()
    return read_from(calls.GS_LISTS, answers.lists, lambda found: tuple(found["items"]))


def _list_way(answers: GoogleAnswers, prevented: Truth) -> Way:
    entries, uniform = _lists(answers), is_uniform(answers.details)
    if isinstance(entries, Unknown) or uniform is None:
        return Way("acl", None, every([None, negated(prevented)]), frozenset(), ())
    public = [one for one in entries if one.get("entity") in ("allUsers", "allAuthenticatedUsers")]
    access = frozenset[Access]().union(*(_LIST_ROLES.get(str(one.get("role")), frozenset()) for one in public))
    evidence = tuple(f"{one.get('role')} to {one.get('entity')}" for one in public)
    return Way("acl", bool(public), every([bool(public), negated(prevented)]), access, evidence)


def _sharing(bindings: Maybe[tuple[_Binding, ...]]) -> Sharing:
    if isinstance(bindings, Unknown):
        return Sharing(SharedAccess.UNKNOWN, (), cloudfront=False)
    named = [one for one in bindings if not one.member.public]
    outsiders = tuple(_outsider(number, one) for number, one in enumerate(bindings) if one in named and one.member.ours is False)
    return Sharing(_shared(named), outsiders, cloudfront=False)


def _shared(named: Iterable[_Binding]) -> SharedAccess:
    ours = {one.member.ours for one in named}
    if False in ours:
        return SharedAccess.EXTERNAL
    return SharedAccess.UNKNOWN if None in ours else SharedAccess.NOT_SHARED


def _outsider(number: int, one: _Binding) -> Outsider:
    conditions = ("an IAM condition",) if one.conditional else ()
    return Outsider(one.member.party, "iam policy", number, "", (one.role,), access_of_role(one.role), conditions, effective=True)
