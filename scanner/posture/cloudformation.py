"""Buckets of a CloudFormation template, JSON or YAML.

References within the template to buckets, and the account of the caller if it is given, are resolved; every other intrinsic
function is UNKNOWN. A template describes buckets that are to be made, so what it leaves out is what new buckets have.
"""

from collections.abc import Mapping
from typing import Any, Final

from scanner.posture import api_shapes as shapes
from scanner.posture import calls
from scanner.posture.answers import AccessPointAnswers, Answer, BucketAnswers, Unknown
from scanner.posture.inventory import Inventory
from scanner.posture.multi_region import made_point, policy_in_force
from scanner.posture.unresolved import settle

_CANNED: Final = {
    "Private": "private",
    "PublicRead": "public-read",
    "PublicReadWrite": "public-read-write",
    "AuthenticatedRead": "authenticated-read",
    "LogDeliveryWrite": "log-delivery-write",
    "BucketOwnerRead": "bucket-owner-read",
    "BucketOwnerFullControl": "bucket-owner-full-control",
    "AwsExecRead": "aws-exec-read",
}
_BUCKET: Final = "AWS::S3::Bucket"
_POLICY: Final = "AWS::S3::BucketPolicy"
_POINT: Final = "AWS::S3::AccessPoint"
_OVER_REGIONS: Final = "AWS::S3::MultiRegionAccessPoint"
_OVER_REGIONS_POLICY: Final = "AWS::S3::MultiRegionAccessPointPolicy"


def is_cloudformation(document: object) -> bool:
    """Whether the document is a template."""
    resources = document.get("Resources") if isinstance(document, dict) else None
    return isinstance(resources, dict) and all(isinstance(one, dict) and "Type" in one for one in resources.values())


def read_cloudformation(document: Mapping[str, Any], account: str | None = None) -> Inventory:
    """The buckets, by their names, or by their logical ids where the name is left to the service.

    :param account: whose stack it will be
    """
    resources: Mapping[str, Mapping[str, Any]] = document["Resources"]
    names = {key: _name(key, one) for key, one in resources.items() if one["Type"] == _BUCKET}
    resolved = {key: {**one, "Properties": _resolved(one.get("Properties") or {}, names, account)} for key, one in resources.items()}
    unknown = shapes.undecided("not in a template")
    buckets = [
        BucketAnswers(
            name,
            _answers(resolved, key, name, account),
            account,
            unknown,
            _points(resolved, name, account),
            source=key,
            multi_region=_over_regions(resources, resolved, name, account),
        )
        for key, name in names.items()
    ]
    return Inventory(tuple(buckets))


def _name(key: str, resource: Mapping[str, Any]) -> str:
    name = (resource.get("Properties") or {}).get("BucketName")
    return name if isinstance(name, str) else key


def _resolved(value: Any, names: Mapping[str, str], account: str | None) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return [_resolved(one, names, account) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (function, argument), *_ = value.items()
        if function == "Ref" or function.startswith("Fn::"):
            return _called(function, argument, names, account)
    return {key: _resolved(inner, names, account) for key, inner in value.items() if inner != {"Ref": "AWS::NoValue"}}


def _called(function: str, argument: Any, names: Mapping[str, str], account: str | None) -> Any:  # noqa: ANN401 - JSON
    unknown = Unknown("template", f"{function} {argument if isinstance(argument, str) else ''}".strip())
    if function == "Ref":
        return _variable(str(argument), names, account) or unknown
    if function == "Fn::GetAtt":
        key, _, attribute = argument.partition(".") if isinstance(argument, str) else (str(argument[0]), "", str(argument[-1]))
        return f"arn:aws:s3:::{names[key]}" if attribute == "Arn" and key in names else unknown
    if function == "Fn::Join" and isinstance(argument, list) and len(argument) == 2:
        parts = _resolved(argument[1], names, account)
        whole = isinstance(parts, list) and all(isinstance(one, str) for one in parts)
        return str(argument[0]).join(parts) if whole else unknown
    if function == "Fn::Sub" and isinstance(argument, str):
        return _substituted(argument, names, account) or unknown
    return unknown


def _variable(name: str, names: Mapping[str, str], account: str | None) -> str | None:
    if name == "AWS::AccountId":
        return account
    return "aws" if name == "AWS::Partition" else names.get(name)


def _substituted(text: str, names: Mapping[str, str], account: str | None) -> str | None:
    """`${Name}` filled in; `${!Name}` stands for itself; None if one is not known."""
    made = []
    for place, piece in enumerate(text.split("${")):
        if place == 0:
            made.append(piece)
            continue
        name, brace, rest = piece.partition("}")
        if name.startswith("!"):
            made.append(f"${{{name[1:]}{brace}{rest}")
            continue
        key = name.removesuffix(".Arn")
        filled = f"arn:aws:s3:::{names[key]}" if key != name and key in names else _variable(name, names, account)
        if filled is None:
            return None
        made.append(f"{filled}{rest}")
    return "".join(made)


def _answers(resources: Mapping[str, Mapping[str, Any]], key: str, name: str, account: str | None) -> dict[str, Answer]:
    answers = shapes.new_bucket()
    properties = resources[key]["Properties"]
    for call, reader in _READERS.items():
        try:
            found = reader(properties)
        except shapes.StillUnknownError:
            found = shapes.undecided("an intrinsic function decides")
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            found = shapes.undecided("the template has another form than CloudFormation's")
        if found is not None:
            answers[call] = found
    policies = [one["Properties"] for one in resources.values() if one["Type"] == _POLICY]
    for one in policies:
        if one.get("Bucket") == name:
            answers[calls.POLICY.name] = shapes.policy(settle(one.get("PolicyDocument"), account))
        elif not isinstance(one.get("Bucket"), str):
            answers[calls.POLICY.name] = shapes.undecided("a policy may belong to it")
    return answers


def _present(properties: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - JSON
    """A property, None if it is left out."""
    value = properties.get(name)
    if isinstance(value, Unknown):
        raise shapes.StillUnknownError
    return value


def _block(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "PublicAccessBlockConfiguration")
    return None if found is None else shapes.block(found)


def _acl(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "AccessControl")
    return None if found is None else shapes.canned_acl(_CANNED.get(found, str(found)))


def _ownership(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "OwnershipControls")
    return None if found is None else shapes.ownership(shapes.first(found["Rules"])["ObjectOwnership"])


def _encryption(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "BucketEncryption")
    if found is None:
        return None
    rule = shapes.first(found["ServerSideEncryptionConfiguration"])
    default = shapes.first(rule["ServerSideEncryptionByDefault"])
    key = default.get("KMSMasterKeyID")
    return shapes.encryption(default["SSEAlgorithm"], None if isinstance(key, Unknown) else key)


def _versioning(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "VersioningConfiguration")
    return None if found is None else Answer({"Status": found["Status"]})


def _logging(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "LoggingConfiguration")
    if found is None:
        return None
    target = found.get("DestinationBucketName")
    # Without a name the bucket logs to itself.
    return shapes.logging("known later" if isinstance(target, Unknown) else target or "itself")


def _website(properties: Mapping[str, Any]) -> Answer | None:
    return None if _present(properties, "WebsiteConfiguration") is None else Answer({"IndexDocument": {}})


def _replication(properties: Mapping[str, Any]) -> Answer | None:
    found = _present(properties, "ReplicationConfiguration")
    if found is None:
        return None
    rules = [(rule, rule["Destination"]) for rule in found["Rules"]]
    return shapes.replication((rule["Status"], where["Bucket"], where.get("Account")) for rule, where in rules)


_READERS: Final = {
    calls.BLOCK.name: _block,
    calls.ACL.name: _acl,
    calls.OWNERSHIP.name: _ownership,
    calls.ENCRYPTION.name: _encryption,
    calls.VERSIONING.name: _versioning,
    calls.LOGGING.name: _logging,
    calls.WEBSITE.name: _website,
    calls.REPLICATION.name: _replication,
}


def _points(resources: Mapping[str, Mapping[str, Any]], bucket: str, account: str | None) -> tuple[AccessPointAnswers, ...]:
    found = [(key, one["Properties"]) for key, one in resources.items() if one["Type"] == _POINT]
    return tuple(_point(key, one, account) for key, one in found if one.get("Bucket") == bucket or not isinstance(one.get("Bucket"), str))


def _over_regions(
    resources: Mapping[str, Mapping[str, Any]], resolved: Mapping[str, Mapping[str, Any]], bucket: str, account: str | None
) -> tuple[AccessPointAnswers, ...] | Answer:
    """Access points over several regions that lead to the bucket; undecided if one of them may.

    :param resources: as they are written, where a policy refers to its access point
    """
    found = []
    for key, one in resolved.items():
        if one["Type"] != _OVER_REGIONS:
            continue
        properties = one["Properties"]
        regions = properties.get("Regions")
        named = [region.get("Bucket") for region in regions if isinstance(region, dict)] if isinstance(regions, list) else [regions]
        if bucket in named:
            name = properties.get("Name")
            called = name if isinstance(name, str) else key
            policy = _policy_over_regions(resources, resolved, key, called)
            found.append(made_point(called, _own_block(properties), policy_in_force(settle(policy, account)), account))
        elif any(isinstance(one_named, Unknown) for one_named in named):
            return shapes.undecided(f"{key} may lead to it")
    return tuple(found)


def _policy_over_regions(
    resources: Mapping[str, Mapping[str, Any]], resolved: Mapping[str, Mapping[str, Any]], key: str, name: str
) -> object:
    for policy, one in resources.items():
        if one["Type"] == _OVER_REGIONS_POLICY and (one.get("Properties") or {}).get("MrapName") in (name, {"Ref": key}):
            return resolved[policy]["Properties"].get("Policy")
    return None


def _own_block(properties: Mapping[str, Any]) -> Answer:
    """Without one all four settings are on."""
    block = properties.get("PublicAccessBlockConfiguration")
    return shapes.undecided("an intrinsic function decides") if isinstance(block, Unknown) else shapes.block(block or shapes.NEW_BLOCK)


def _point(key: str, properties: Mapping[str, Any], account: str | None) -> AccessPointAnswers:
    name = properties.get("Name")
    listed: dict[str, object] = {"Name": name if isinstance(name, str) else key}
    if account:
        listed["AccessPointArn"] = f"arn:aws:s3::{account}:accesspoint/{listed['Name']}"
    vpc = properties.get("VpcConfiguration")
    if not isinstance(vpc, Unknown):
        listed |= {"NetworkOrigin": "VPC" if vpc else "Internet", "VpcConfiguration": {"VpcId": "of the template"}}
    policy = settle(properties.get("Policy"), account)
    own = shapes.access_point(str(listed["Name"]), _own_block(properties))
    return AccessPointAnswers(listed, own, Answer({"Policy": policy}) if policy else Answer(error="NoSuchAccessPointPolicy"))
