"""Access points that lead to buckets in several regions, from what the API says of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scanner.posture import api_shapes as shapes
from scanner.posture import calls
from scanner.posture.answers import AccessPointAnswers, Answer, Unknown, content

ByBucket = Mapping[str, tuple[AccessPointAnswers, ...]]


def points_by_bucket(pages: Iterable[Answer], account: str, policy_of: Callable[[str], Answer]) -> ByBucket | Answer:
    """Those that lead to each bucket, by its name; the error if they could not be listed.

    :param pages: of the list
    :param policy_of: asks for the policy of the one of this name
    """
    found: dict[str, tuple[AccessPointAnswers, ...]] = {}
    for page in pages:
        listed = content(calls.MULTI_REGION, page)
        if isinstance(listed, Unknown):
            return page
        for one in (listed or {}).get("AccessPoints") or ():
            point = _point(account, one, policy_of(str(one.get("Name"))))
            for bucket in _buckets(one):
                found[bucket] = (*found.get(bucket, ()), point)
    return found


def _point(account: str, one: Mapping[str, Any], policy: Answer) -> AccessPointAnswers:
    name = str(one.get("Name"))
    block = one.get("PublicAccessBlock")
    details = shapes.block(block) if block else Answer(error="the answer lacks PublicAccessBlock")
    return made_point(name, details, _established(policy), account, alias=str(one.get("Alias") or name))


def made_point(name: str, block: Answer, policy: Answer, account: str | None, *, alias: str = "") -> AccessPointAnswers:
    """One of them in the shape of the access points of one region.

    :param policy: with the text that is in force
    :param account: number, if it is known
    """
    # They cannot be bound to a network.
    listed = {"Name": f"{name} (several regions)", "NetworkOrigin": "Internet"}
    if account:
        listed["AccessPointArn"] = f"arn:aws:s3::{account}:accesspoint/{alias or name}"
    return AccessPointAnswers(listed, shapes.access_point(name, block), policy, calls.MULTI_REGION_POLICY)


def policy_in_force(document: object) -> Answer:
    """The answer that a policy in a template stands for; none if it is empty."""
    return Answer({"Policy": document}) if document else Answer(error=min(calls.MULTI_REGION_POLICY.unset))


def _established(asked: Answer) -> Answer:
    """The policy that is in force, not one that is on its way."""
    if isinstance(content(calls.MULTI_REGION_POLICY, asked), Unknown) or asked.response is None:
        return asked
    text = (asked.response["Policy"].get("Established") or {}).get("Policy")
    return policy_in_force(text)


def _buckets(one: Mapping[str, Any]) -> Iterator[str]:
    for region in one.get("Regions") or ():
        if region.get("Bucket"):
            yield str(region["Bucket"])
