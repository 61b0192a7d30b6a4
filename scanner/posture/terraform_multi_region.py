"""Access points over several regions in a Terraform plan or state.

Their buckets stand in blocks of `details`: by name, or by reference where the name is known only after apply. Which bucket a
reference means if it is one of several of a resource is then UNKNOWN, and so is who can reach each of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from scanner.posture import api_shapes as shapes
from scanner.posture.answers import AccessPointAnswers, Answer, Unknown
from scanner.posture.multi_region import made_point, policy_in_force
from scanner.posture.terraform_resources import Resource, block, plain

_POINT: Final = "aws_s3control_multi_region_access_point"
_POLICY: Final = "aws_s3control_multi_region_access_point_policy"
_LATER: Final = "known only after apply"


def points_over_regions(bucket: Resource, resources: Sequence[Resource], account: str | None) -> tuple[AccessPointAnswers, ...] | Answer:
    """Those that lead to the bucket; undecided if one may and may not."""
    found: list[AccessPointAnswers] = []
    for one in resources:
        if one.type != _POINT or not (leads := _leads_to(one, bucket, resources)):
            continue
        if leads == "perhaps":
            return shapes.undecided(f"{one.address} may lead to it")
        found.append(made_point(_name(one), _block(one), _policy_of(one, resources), account))
    return tuple(found)


def _details(one: Resource) -> Mapping[str, Any]:
    return shapes.first_known(one.attributes.get("details"))


def _name(one: Resource) -> str:
    name = _details(one).get("name")
    return name if isinstance(name, str) else one.address


def _leads_to(one: Resource, bucket: Resource, resources: Sequence[Resource]) -> str:
    """Whether one of its regions is the bucket: `surely`, `perhaps`, or not."""
    listed = _details(one).get("region")
    regions = listed if isinstance(listed, list) else []
    named = [region.get("bucket") for region in regions if isinstance(region, dict)]
    if any(isinstance(name, str) and name in (bucket.attributes.get("bucket"), bucket.attributes.get("id")) for name in named):
        return "surely"
    all_named = bool(regions) and all(isinstance(name, str) for name in named)
    if all_named or plain(bucket.address) not in one.references:
        return ""
    alike = [other for other in resources if other.type == bucket.type and plain(other.address) == plain(bucket.address)]
    return "surely" if len(alike) == 1 else "perhaps"


def _block(one: Resource) -> Answer:
    """Without a block of its own it has all four settings on."""
    written = _details(one).get("public_access_block")
    try:
        found = shapes.first(written)
    except shapes.StillUnknownError:
        return shapes.undecided(_LATER)
    return block(found) if found else shapes.block(shapes.NEW_BLOCK)


def _policy_of(one: Resource, resources: Sequence[Resource]) -> Answer:
    for other in resources:
        details = _details(other) if other.type == _POLICY else {}
        if details and (details.get("name") == _details(one).get("name") or plain(one.address) in other.references):
            policy = details.get("policy")
            return shapes.undecided(_LATER) if isinstance(policy, Unknown) else policy_in_force(policy)
    return policy_in_force(None)
