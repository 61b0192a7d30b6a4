"""Whether a single object's access control list lets everybody read it."""

from scanner.model.exposure import ObjectExposure, Reachable
from scanner.posture import calls
from scanner.posture.acl import is_public
from scanner.posture.answers import Answer, Unknown
from scanner.posture.exposure import Exposure
from scanner.posture.read_answers import grants_of

# READ_ACP tells who may read, and no more; whoever has WRITE_ACP may give himself READ.
_READING = frozenset(["READ", "WRITE_ACP", "FULL_CONTROL"])


def lists_count(exposure: Exposure) -> bool:
    """Whether lists of the bucket's objects are heeded, as far as it is proven."""
    return exposure.acls_off is False and exposure.block.ignore_public_acls is False


def exposure_by_list(answer: Answer) -> ObjectExposure | Unknown | None:
    """Who the object's list lets in.

    :param answer: of get-object-acl; if the object is gone meanwhile nobody can have it
    """
    if answer.error == "NoSuchKey":
        return None
    grants = grants_of(calls.OBJECT_ACL, answer)
    if isinstance(grants, Unknown):
        return grants
    public = [one for one in grants if is_public(one) and one.permission in _READING]
    if not public:
        return None
    return ObjectExposure(Reachable.EVERYBODY, tuple(f"its acl: {one.permission} to {one.grantee.rpartition('/')[2]}" for one in public))
