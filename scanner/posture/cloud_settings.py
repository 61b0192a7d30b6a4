"""Buckets of Google and containers of Azure in the settings of those of Amazon, and what they have beside them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from scanner.posture.answers import Answer, Unknown, content
from scanner.posture.calls import Call
from scanner.posture.settings import BucketSettings, CloudSettings, Maybe, PublicAccessBlock

T = TypeVar("T")


def cloud_bucket(store: str, name: str, account: str | None, cloud: CloudSettings, **known: Any) -> BucketSettings:  # noqa: ANN401 - fields
    """A bucket of which everything that only Amazon has is off.

    :param store: `gs` or `az`
    :param known: region, created, encryption, versioning, logging, website, object_lock, tags
    """
    off = PublicAccessBlock()
    absent: dict[str, Any] = {
        "owner_id": "",
        "account_block": off,
        "block": off,
        "policy": None,
        "policy_is_public": None,
        "grants": (),
        "ownership": None,
        "mfa_delete": False,
        "replication": (),
        "inventory": (),
        "notified": (),
        "access_points": (),
    }
    return BucketSettings(name=name, account=account, store=store, cloud=cloud, **absent, **known)


def read_from(call: Call, answer: Answer, reader: Callable[[Mapping[str, Any]], T]) -> Maybe[T]:
    """What `reader` makes of the answer; UNKNOWN if there is none, or one of another form."""
    found = content(call, answer)
    if isinstance(found, Unknown):
        return found
    try:
        return reader(found or {})
    except (AttributeError, KeyError, TypeError, ValueError):
        return Unknown(call.said, "the answer has another form than the API's")
