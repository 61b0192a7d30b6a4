"""Buckets of a Terraform plan or state, as JSON (`terraform show -json`), or of a state file.

Separate resources are joined to their bucket by its name, and by the references of the configuration where the name is known
only after apply. What is known only after apply is UNKNOWN. A bucket that the plan creates has the defaults of new buckets; of
one that exists already, what the input does not manage is UNKNOWN.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from scanner.posture import api_shapes as shapes
from scanner.posture import calls
from scanner.posture.answers import AccessPointAnswers, Answer, BucketAnswers, Unknown
from scanner.posture.inventory import Inventory
from scanner.posture.terraform_multi_region import points_over_regions
from scanner.posture.terraform_resources import PARTS, Resource, block, inline, part_answer, plain

_LATER: Final = Unknown("terraform", "known only after apply")
_ELSEWHERE: Final = shapes.undecided("not managed here")


def is_terraform(document: Mapping[str, Any]) -> bool:
    """Whether the document is a plan, a state, or a state file."""
    return bool(document.keys() & {"planned_values", "terraform_version"}) or ("values" in document and "format_version" in document)


def read_terraform(document: Mapping[str, Any]) -> Inventory:
    """The buckets, by name; one without a known name is called by its address."""
    resources = list(_resources(document))
    buckets = [one for one in resources if one.type == "aws_s3_bucket"]
    account = _account(document)
    account_block = _account_block(resources)
    return Inventory(tuple(_bucket(one, buckets, resources, account, account_block) for one in buckets))


def _account_block(resources: list[Resource]) -> Answer:
    found = [block(one.attributes) for one in resources if one.type == "aws_s3_account_public_access_block"]
    return found[0] if found else _ELSEWHERE


def _name(bucket: Resource) -> str:
    name = bucket.attributes.get("bucket") or bucket.attributes.get("id")
    return name if isinstance(name, str) else bucket.address


def _bucket(
    bucket: Resource, buckets: list[Resource], resources: list[Resource], account: str | None, account_block: Answer
) -> BucketAnswers:
    base = shapes.new_bucket() if bucket.created else {call.name: _ELSEWHERE for call in calls.BUCKET_CALLS}
    answers = base | inline(bucket.attributes)
    region = bucket.attributes.get("region")
    if isinstance(region, str):
        answers[calls.LOCATION.name] = Answer({"LocationConstraint": region})
    for one in resources:
        if one.type not in PARTS or not (joined := _joins(one, bucket, buckets)):
            continue
        perhaps = shapes.undecided(f"{one.address} may belong to it")
        answers[PARTS[one.type][0]] = part_answer(one.type, one.attributes) if joined == "surely" else perhaps
    # A policy that is set here has not been seen by the store yet.
    answers[calls.POLICY_STATUS.name] = Answer(error="NoSuchBucketPolicy")
    points = tuple(_point(one, resources) for one in resources if one.type == "aws_s3_access_point" and _joins(one, bucket, buckets))
    listed = points if bucket.created or points else _ELSEWHERE
    over = points_over_regions(bucket, resources, account)
    # Of a bucket that exists others may be managed elsewhere.
    known = over if bucket.created or over else None
    return BucketAnswers(_name(bucket), answers, account, account_block, listed, source=bucket.address, multi_region=known)


def _joins(one: Resource, bucket: Resource, buckets: list[Resource]) -> str:
    """Whether a resource belongs to the bucket: `surely`, `perhaps`, or not."""
    named = one.attributes.get("bucket")
    if isinstance(named, str):
        return "surely" if named in (bucket.attributes.get("bucket"), bucket.attributes.get("id")) else ""
    meant = [other for other in buckets if plain(other.address) in one.references]
    same_index = [other for other in meant if other.index == one.index]
    chosen = same_index if len(same_index) == 1 else meant
    if bucket not in chosen:
        return ""
    return "surely" if len(chosen) == 1 else "perhaps"


def _point(one: Resource, resources: list[Resource]) -> AccessPointAnswers:
    attributes = one.attributes
    listed: dict[str, object] = {"Name": attributes.get("name")}
    if isinstance(attributes.get("arn"), str):
        listed["AccessPointArn"] = attributes["arn"]
    if not isinstance(attributes.get("vpc_configuration"), Unknown):
        vpc = shapes.first_known(attributes.get("vpc_configuration")).get("vpc_id")
        listed["NetworkOrigin"] = "VPC" if vpc else "Internet"
        listed["VpcConfiguration"] = {"VpcId": vpc if isinstance(vpc, str) else "vpc known only after apply"}
    written = attributes.get("public_access_block_configuration")
    own = _point_block(written)
    policies = [
        other.attributes.get("policy")
        for other in resources
        if other.type == "aws_s3control_access_point_policy"
        and (other.attributes.get("access_point_arn") == attributes.get("arn") or plain(one.address) in other.references)
    ]
    policy = policies[0] if policies else attributes.get("policy")
    unset = Answer(error="NoSuchAccessPointPolicy")
    later = isinstance(policy, Unknown) and not policies
    own = shapes.access_point(str(listed["Name"]), own)
    return AccessPointAnswers(listed, own, Answer({"Policy": policy}) if policy and not later else unset)


def _point_block(written: object) -> Answer:
    """Without a block of its own an access point has all four settings on."""
    try:
        found = shapes.first(written)
    except shapes.StillUnknownError:
        return shapes.undecided("known only after apply")
    return block(found) if found else shapes.block(shapes.NEW_BLOCK)


def _resources(document: Mapping[str, Any]) -> Iterator[Resource]:
    if isinstance(document.get("resources"), list):
        yield from _state_file(document["resources"])
        return
    references = dict(_references(shapes.first(shapes.first(document.get("configuration")).get("root_module")), ""))
    changes = {one.get("address"): one.get("change") or {} for one in document.get("resource_changes") or () if isinstance(one, dict)}
    values = document.get("planned_values") or document.get("values") or {}
    for one in _in_module(shapes.first(values.get("root_module"))):
        address = str(one.get("address"))
        change = changes.get(address, {})
        attributes = _with_unknowns(one.get("values") or {}, change.get("after_unknown") or {})
        created = "create" in (change.get("actions") or ())
        yield Resource(address, str(one.get("type")), one.get("index"), attributes, created, references.get(plain(address), ()))


def _state_file(listed: list[Any]) -> Iterator[Resource]:
    for one in listed:
        for instance in one.get("instances") or () if one.get("mode") == "managed" else ():
            prefix = f"{one['module']}." if one.get("module") else ""
            address = f"{prefix}{one.get('type')}.{one.get('name')}"
            index = instance.get("index_key")
            yield Resource(address, str(one.get("type")), index, instance.get("attributes") or {}, created=False, references=())


def _in_module(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in module.get("resources") or () if isinstance(one, dict) and one.get("mode", "managed") == "managed")
    for child in module.get("child_modules") or ():
        yield from _in_module(child)


def _with_unknowns(values: Any, unknown: Any) -> Any:  # noqa: ANN401 - JSON
    """The values with UNKNOWN where `unknown`, of the same form, is true."""
    if unknown is True:
        return _LATER
    if isinstance(unknown, dict):
        known = values if isinstance(values, dict) else {}
        return {**known, **{key: _with_unknowns(known.get(key), inner) for key, inner in unknown.items() if inner}}
    if isinstance(unknown, list):
        known_items = values if isinstance(values, list) else []
        longest = max(len(unknown), len(known_items))
        return [_with_unknowns(_at(known_items, place), _at(unknown, place)) for place in range(longest)]
    return values


def _at(items: list[Any], place: int) -> Any:  # noqa: ANN401 - JSON
    return items[place] if place < len(items) else None


def _references(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the attributes that name a bucket or an access point refer to, by address without index."""
    for one in module.get("resources") or ():
        expressions = one.get("expressions") or {}
        found = [text for key in ("bucket", "access_point_arn", "details") for text in _referred(expressions.get(key))]
        yield f"{prefix}{one.get('address')}", tuple({f"{prefix}{_resource_of(text)}" for text in found})
    for name, call in (module.get("module_calls") or {}).items():
        yield from _references(shapes.first(call.get("module")), f"{prefix}module.{name}.")


def _referred(expression: object) -> Iterator[str]:
    """All that an expression refers to, in blocks within it, too."""
    if isinstance(expression, list):
        for one in expression:
            yield from _referred(one)
    elif isinstance(expression, dict):
        yield from expression.get("references") or ()
        for key, inner in expression.items():
            if key != "references":
                yield from _referred(inner)


def _resource_of(reference: str) -> str:
    """`aws_s3_bucket.data` of `aws_s3_bucket.data[0].id`."""
    return ".".join(plain(reference).split(".")[:2])


def _account(document: Mapping[str, Any]) -> str | None:
    """The account that the configuration asked for, where it did."""
    prior = shapes.first(shapes.first(document.get("prior_state")).get("values")) or shapes.first(document.get("values"))
    for one in shapes.first(prior.get("root_module")).get("resources") or ():
        if isinstance(one, dict) and one.get("type") == "aws_caller_identity":
            number = (one.get("values") or {}).get("account_id")
            return number if isinstance(number, str) else None
    return None
