"""Turns answers in the shape of the API into the settings of a bucket."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from scanner.posture import calls
from scanner.posture.answers import NOT_ASKED, AccessPointAnswers, Answer, BucketAnswers, Content, Unknown, content
from scanner.posture.calls import Call
from scanner.posture.settings import AccessPoint, BucketSettings, Destination, Encryption, Grant, Maybe, ObjectGrants, PublicAccessBlock

T = TypeVar("T")
_EVENTS: Final = ("TopicConfigurations", "QueueConfigurations", "LambdaFunctionConfigurations")


def read_answers(answers: BucketAnswers) -> BucketSettings:
    """The settings; what was not answered, or not as the API does, is UNKNOWN."""

    def read(call: Call, reader: Callable[[Content], T]) -> Maybe[T]:
        return _read(call, answers.calls.get(call.name, NOT_ASKED), reader)

    return BucketSettings(
        name=answers.name,
        account=answers.account,
        region=read(calls.LOCATION, _region),
        created=answers.created,
        owner_id=read(calls.ACL, _owner),
        account_block=_read(calls.ACCOUNT_BLOCK, answers.account_block, block_of),
        block=read(calls.BLOCK, block_of),
        policy=read(calls.POLICY, _policy),
        policy_is_public=read(calls.POLICY_STATUS, _is_public),
        grants=read(calls.ACL, _grants),
        ownership=read(calls.OWNERSHIP, _ownership),
        encryption=read(calls.ENCRYPTION, _encryption),
        versioning=read(calls.VERSIONING, lambda found: _text(found, "Status") or "Disabled"),
        mfa_delete=read(calls.VERSIONING, lambda found: _text(found, "MFADelete") == "Enabled"),
        logging=read(calls.LOGGING, lambda found: _text((found or {}).get("LoggingEnabled"), "TargetBucket") or None),
        website=read(calls.WEBSITE, _website),
        replication=read(calls.REPLICATION, _replication),
        object_lock=read(calls.LOCK, bool),
        tags=read(calls.TAGS, _tags),
        inventory=read(calls.INVENTORY, _inventory),
        notified=read(calls.NOTIFICATION, _notified),
        access_points=_access_points(calls.ACCESS_POINTS, answers.access_points),
        multi_region=_access_points(calls.MULTI_REGION, answers.multi_region or ()),
        multi_region_asked=answers.multi_region is not None,
        object_grants=_object_grants(answers.object_lists),
    )


def _read(call: Call, answer: Answer, reader: Callable[[Content], T]) -> Maybe[T]:
    found = content(call, answer)
    if isinstance(found, Unknown):
        return found
    try:
        return reader(found)
    except _UndecidedError as undecided:
        return Unknown(call.said, undecided.reason)
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        return Unknown(call.said, "the answer has another form than the API's")


class _UndecidedError(Exception):
    """A value that an input leaves open, such as one that is known only after apply."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _text(found: object, member: str) -> str:
    value = found.get(member) if isinstance(found, Mapping) else None
    if isinstance(value, Unknown):
        raise _UndecidedError(value.reason)
    return value if isinstance(value, str) else ""


def _region(found: Content) -> str:
    where = _text(found, "LocationConstraint")
    return {"": "us-east-1", "EU": "eu-west-1"}.get(where, where)


def block_of(found: Content) -> PublicAccessBlock:
    """Four settings; none is set where there is no configuration."""
    if found is None:
        return PublicAccessBlock()
    inner = found["PublicAccessBlockConfiguration"]
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    return PublicAccessBlock(*(_flag(inner.get(name, False)) for name in names))


def _flag(value: object) -> Maybe[bool]:
    if isinstance(value, Unknown | bool):
        return value
    return str(value).lower() == "true"


def _policy(found: Content) -> object:
    document = found["Policy"] if found else None
    if isinstance(document, Unknown):
        raise _UndecidedError(document.reason)
    return document


def _is_public(found: Content) -> bool | None:
    if found is None:
        return None
    status = found["PolicyStatus"]
    if "IsPublic" not in status:
        raise _UndecidedError("the answer lacks IsPublic")
    return bool(status["IsPublic"])


def _owner(found: Content) -> str:
    owner = _text((found or {}).get("Owner"), "ID")
    if not owner:
        raise _UndecidedError("the answer does not name the owner")
    return owner.lower()


def grants_of(call: Call, answer: Answer) -> Maybe[tuple[Grant, ...]]:
    """The entries of an access control list."""
    return _read(call, answer, _grants)


def _grants(found: Content) -> tuple[Grant, ...]:
    return tuple(Grant(_grantee(one["Grantee"]), str(one["Permission"]).upper()) for one in (found or {})["Grants"])


def _grantee(grantee: Mapping[str, Any]) -> str:
    who = grantee.get("URI") or grantee.get("ID") or grantee.get("EmailAddress")
    if not isinstance(who, str):
        raise _UndecidedError("a grant names no grantee")
    return who


def _ownership(found: Content) -> str | None:
    if found is None:
        return None
    rule = _text(found["OwnershipControls"]["Rules"][0], "ObjectOwnership")
    return rule or None


def _encryption(found: Content) -> Encryption | None:
    if found is None:
        return None
    rule = found["ServerSideEncryptionConfiguration"]["Rules"][0]
    default = rule.get("ApplyServerSideEncryptionByDefault") or {}
    blocked = (rule.get("BlockedEncryptionTypes") or {}).get("EncryptionType") or ()
    algorithm = _text(default, "SSEAlgorithm")
    if not algorithm:
        return None
    return Encryption(algorithm, _text(default, "KMSMasterKeyID"), bool(rule.get("BucketKeyEnabled")), tuple(blocked))


def _website(found: Content) -> bool:
    if found is not None and not found.keys() & {"IndexDocument", "RedirectAllRequestsTo"}:
        raise _UndecidedError("the answer lacks IndexDocument; the store may not support the call")
    return found is not None


def _replication(found: Content) -> tuple[Destination, ...]:
    if found is None:
        return ()
    rules = found["ReplicationConfiguration"]["Rules"]
    live = (rule["Destination"] for rule in rules if rule.get("Status", "Enabled") == "Enabled")
    return tuple(dict.fromkeys(Destination(_text(one, "Bucket"), _text(one, "Account") or None) for one in live))


def _tags(found: Content) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(tag["Key"]), str(tag["Value"])) for tag in (found or {"TagSet": ()})["TagSet"]))


def _inventory(found: Content) -> tuple[Destination, ...]:
    targets = [one["Destination"]["S3BucketDestination"] for one in (found or {}).get("InventoryConfigurationList") or ()]
    return tuple(dict.fromkeys(Destination(one["Bucket"], one.get("AccountId")) for one in targets))


def _notified(found: Content) -> tuple[str, ...]:
    listed = [one for name in _EVENTS for one in (found or {}).get(name) or ()]
    return tuple(sorted({value for one in listed for key, value in one.items() if key.endswith("Arn") and isinstance(value, str)}))


def _object_grants(answers: Sequence[tuple[str, Answer]] | Answer | None) -> Maybe[tuple[ObjectGrants, ...]]:
    if isinstance(answers, Answer):
        found = content(calls.OBJECTS, answers)
        return found if isinstance(found, Unknown) else Unknown(calls.OBJECTS.said, "the lists themselves were not asked for")
    return tuple(ObjectGrants(key, grants_of(calls.OBJECT_ACL, answer)) for key, answer in answers or ())


def _access_points(call: Call, answers: Sequence[AccessPointAnswers] | Answer) -> Maybe[tuple[AccessPoint, ...]]:
    if isinstance(answers, Answer):
        found = content(call, answers)
        return found if isinstance(found, Unknown) else Unknown(call.said, "the access points themselves were not asked for")
    return tuple(map(_access_point, answers))


def _access_point(answers: AccessPointAnswers) -> AccessPoint:
    listed = answers.listed
    arn = str(listed.get("AccessPointArn") or "")
    account = arn.split(":")[4] if arn.count(":") >= 5 else None
    origin = listed.get("NetworkOrigin")
    vpc: Maybe[str | None] = None
    if origin == "VPC":
        vpc = _text(listed.get("VpcConfiguration"), "VpcId") or Unknown(calls.ACCESS_POINTS.said, "the VPC is not named")
    elif origin != "Internet":
        vpc = Unknown(calls.ACCESS_POINTS.said, "the network origin is not named")
    return AccessPoint(
        str(listed.get("Name") or arn),
        account,
        vpc,
        _read(calls.ACCESS_POINT, answers.details, block_of),
        _read(answers.policy_call, answers.policy, _policy),
    )
