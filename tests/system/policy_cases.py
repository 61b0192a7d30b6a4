"""Bucket policies of every kind for the gateway, and where it departs from Amazon S3, or from what is said of a policy, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.system.probes import REFERER
from tests.system.users import COLLEAGUE, LANDLORD, STRANGER

BUCKET: Final = "arn:aws:s3:::BUCKET"
OBJECTS: Final = f"{BUCKET}/*"
BOTH: Final = [BUCKET, OBJECTS]
_NOBODYS: Final = "444444444444"


@dataclass(frozen=True)
class Case:
    """A policy.

    :param departs: why what is found out by trying is not what the verdict says; empty if it is
    """

    name: str
    statements: Sequence[dict[str, Any]]
    departs: str = ""


def allow(**elements: Any) -> dict[str, Any]:
    """Everybody may read objects, but for what `elements` say otherwise."""
    return _statement("Allow", elements)


def deny(**elements: Any) -> dict[str, Any]:
    return _statement("Deny", elements)


def _statement(effect: str, elements: dict[str, Any]) -> dict[str, Any]:
    defaults = {"Principal": "*", "Action": "s3:GetObject", "Resource": OBJECTS}
    kept = {name: value for name, value in defaults.items() if f"Not{name}" not in elements}
    return {"Effect": effect, **kept, **elements}


def under(operator: str, key: str, value: str, **elements: Any) -> dict[str, Any]:
    return allow(Condition={operator: {key: value}}, **elements)


_ROOT = {"AWS": f"arn:aws:iam::{STRANGER.account}:root"}
_NO_NEGATION = "the gateway takes NotAction for no action at all"
_NO_SUCH_KEY = "the gateway does not know the key, and does not let in what it cannot compare"
_ABSENT = "the gateway takes a key that is absent for one that differs from everything, Amazon for one that a negated operator is true of"
_RULE = "a fixed value of this key limits nobody by Amazon's rule, though nothing may have it"
_CLASS = "the verdict tells kinds of access: with one action of a kind denied the others are left"
_ONE_DENIED = "a Deny of one account is left out of account: everybody else is let in"

CASES: Final = (
    # principals
    Case("read by all", [allow()]),
    Case("all as AWS", [allow(Principal={"AWS": "*"})]),
    Case("all in a list", [allow(Principal={"AWS": ["*"]})]),
    Case("a user of another account", [allow(Principal={"AWS": STRANGER.arn})]),
    Case("another account by its root", [allow(Principal=_ROOT, Action="s3:*", Resource=BOTH)]),
    Case("another account by its number", [allow(Principal={"AWS": STRANGER.account})]),
    Case("an account that nobody has", [allow(Principal={"AWS": f"arn:aws:iam::{_NOBODYS}:root"}, Action="s3:*", Resource=BOTH)]),
    Case("all and another account", [allow(Principal={"AWS": ["*", STRANGER.arn]})]),
    Case("the bucket's own account", [allow(Principal={"AWS": f"arn:aws:iam::{LANDLORD.account}:root"}, Action="s3:*", Resource=BOTH)]),
    Case("a user of the bucket's own account", [allow(Principal={"AWS": COLLEAGUE.arn}, Action="s3:*", Resource=BOTH)]),
    Case("everybody but one", [allow(NotPrincipal={"AWS": COLLEAGUE.arn})]),
    Case("a service", [allow(Principal={"Service": "cloudtrail.amazonaws.com"}, Action="s3:PutObject")]),
    Case(
        "a public web identity",
        [allow(Principal={"Federated": "graph.facebook.com"})],
        "anybody can get such an identity, and one would have to come with it; the gateway of the test has no provider",
    ),
    # actions
    Case("list by all", [allow(Action="s3:ListBucket", Resource=BUCKET)]),
    Case("write by all", [allow(Action="s3:PutObject")]),
    Case("everything by all", [allow(Action="s3:*", Resource=BOTH)]),
    Case("everything anywhere", [allow(Action="*", Resource="*")]),
    Case("everything on objects", [allow(Action="s3:*")]),
    Case("all that reads", [allow(Action="s3:Get*", Resource=BOTH)]),
    Case("all that lists", [allow(Action="s3:ListBucket*", Resource=BOTH)]),
    Case("in lower case", [allow(Action="s3:getobject")]),
    Case("with a question mark", [allow(Action="s3:GetObjec?")]),
    Case("several", [allow(Action=["s3:GetObject", "s3:ListBucket"], Resource=BOTH)]),
    Case("an action that is not tried", [allow(Action="s3:PutLifecycleConfiguration", Resource=BUCKET)], "a write that is not tried"),
    Case("all but reading", [allow(NotAction="s3:GetObject", Resource=BOTH)], _NO_NEGATION),
    # resources
    Case("below a prefix", [allow(Resource=f"{BUCKET}/in/*")]),
    Case("one object", [allow(Resource=f"{BUCKET}/in/there")]),
    Case("all but a prefix", [allow(NotResource=f"{BUCKET}/out/*")]),
    Case("below another prefix", [allow(Resource=f"{BUCKET}/out/*")], "something is public, but not what is tried"),
    # conditions
    Case("from where the test runs", [under("IpAddress", "aws:SourceIp", "127.0.0.0/8")]),
    Case("from elsewhere", [under("IpAddress", "aws:SourceIp", "10.0.0.0/8")]),
    Case("from anywhere", [under("IpAddress", "aws:SourceIp", "0.0.0.0/0")]),
    Case("from a very wide network", [under("IpAddress", "aws:SourceIp", "126.0.0.0/7")]),
    Case("from all but a network", [under("NotIpAddress", "aws:SourceIp", "10.0.0.0/8")]),
    Case("with a referer that anybody can send", [under("StringLike", "aws:Referer", "https://example.com/*")]),
    Case("with a fixed referer", [under("StringEquals", "aws:Referer", REFERER)]),
    Case("with any program", [under("StringLike", "aws:UserAgent", "*")]),
    Case("since a day that is past", [under("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z")]),
    Case("until a day that is past", [under("DateLessThan", "aws:CurrentTime", "2020-01-01T00:00:00Z")], _RULE),
    Case("below a prefix of a list", [under("StringEquals", "s3:prefix", "in/", Action="s3:ListBucket", Resource=BUCKET)]),
    Case("with a tag that it has", [under("StringEquals", "s3:ExistingObjectTag/open", "yes")]),
    Case("with a tag that it has not", [under("StringEquals", "s3:ExistingObjectTag/open", "no")], _RULE),
    Case("of an organisation, if one is told", [under("StringEqualsIfExists", "aws:PrincipalOrgID", "o-abcdefghij")]),
    Case("of another organisation", [under("StringEquals", "aws:PrincipalOrgID", "o-abcdefghij")]),
    Case("of an account that nobody has", [under("StringEquals", "aws:PrincipalAccount", _NOBODYS)]),
    Case("of another account", [under("StringEquals", "aws:PrincipalAccount", STRANGER.account)], _NO_SUCH_KEY),
    Case("of the bucket's own account", [under("StringEquals", "aws:PrincipalAccount", LANDLORD.account)]),
    Case("through an endpoint of a network", [under("StringEquals", "aws:SourceVpce", "vpce-0123456789abcdef0")]),
    Case("not through an endpoint", [under("StringNotEquals", "aws:SourceVpce", "vpce-0123456789abcdef0")], _ABSENT),
    Case(
        "without encryption on the way",
        [under("Bool", "aws:SecureTransport", "false")],
        "the gateway names the key on encrypted connections only, of which the test has none",
    ),
    # denied
    Case("allowed and denied", [allow(), deny()]),
    Case("everything, but everything denied", [allow(Action="s3:*", Resource=BOTH), deny(Action="s3:*", Resource=BOTH)]),
    Case("everything, but listing denied", [allow(Action="s3:*"), deny(Action="s3:List*", Resource=BUCKET)]),
    Case("everything, but reading denied", [allow(Action="s3:*", Resource=BOTH), deny()], _CLASS),
    Case("read and write, but writing denied", [allow(Action=["s3:GetObject", "s3:PutObject"]), deny(Action="s3:Put*")]),
    Case("denied to another account", [allow(), deny(Principal={"AWS": STRANGER.arn})], _ONE_DENIED),
    Case("denied to all but another account", [allow(), deny(NotPrincipal={"AWS": STRANGER.arn})]),
    Case("denied from elsewhere", [allow(), deny(Condition={"NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"}})]),
    Case("denied from here", [allow(), deny(Condition={"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}})]),
    Case("denied to a network", [allow(), deny(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})]),
    Case("denied elsewhere", [allow(), deny(Resource=f"{BUCKET}/out/*")]),
    Case("denied for all but a prefix", [allow(), deny(NotResource=f"{BUCKET}/in/*")]),
    Case("denied without a tag", [allow(), deny(Condition={"StringNotEquals": {"s3:ExistingObjectTag/open": "yes"}})]),
)
