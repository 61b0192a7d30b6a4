"""Whether the resources of a statement are objects, or the bucket itself: an action on one of them does nothing on the other."""

from collections.abc import Iterable
from typing import Final, Literal

_OPEN: Final = ("*", "?", "${")


Level = Literal["objects", "bucket", "both"]
"""What an action is allowed on."""


def may_be(resource: str, *, objects: bool) -> bool:
    """Whether a resource pattern can stand for objects, or for a bucket or an access point."""
    _, access_point, name = resource.partition(":accesspoint/")
    path = name if access_point else resource
    return "/" in path or any(mark in path for mark in _OPEN) if objects else "/" not in path


def levels_of(resources: Iterable[str]) -> Level:
    """What may be meant by them; both where there are none."""
    objects = bucket = False
    for resource in resources:
        if "/" in resource and ":accesspoint/" not in resource:
            objects = True
        else:
            objects = objects or may_be(resource, objects=True)
            bucket = bucket or may_be(resource, objects=False)
    return "both" if objects is bucket else "objects" if objects else "bucket"
