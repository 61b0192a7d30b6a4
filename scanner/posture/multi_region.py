"""Access points that lead to buckets in several regions, from what the API says of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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
    """In the shape of the access points of one region."""
    name, alias = str(one.get("Name")), str(one.get("Alias") or one.get("Name"))
    listed = {
        "Name": f"{name} (several regions)",
        "AccessPointArn": f"arn:aws:s3::{account}:accesspoint/{alias}",
        # They cannot be bound to a network.
        "NetworkOrigin": "Internet",
    }
    block = one.get("PublicAccessBlock")
    known = {"Name": name, "PublicAccessBlockConfiguration": block}
    details = Answer(known) if block else Answer(error="the answer lacks PublicAccessBlock")
    return AccessPointAnswers(listed, details, _established(policy), calls.MULTI_REGION_POLICY)


def _established(asked: Answer) -> Answer:
    """The policy that is in force, not one that is on its way."""
    if isinstance(content(calls.MULTI_REGION_POLICY, asked), Unknown) or asked.response is None:
        return asked
    text = (asked.response["Policy"].get("Established") or {}).get("Policy")
    return Answer({"Policy": text}) if text else Answer(error=min(calls.MULTI_REGION_POLICY.unset))


def _buckets(one: Mapping[str, Any]) -> Iterator[str]:
    for region in one.get("Regions") or ():
        if region.get("Bucket"):
            yield str(region["Bucket"])
