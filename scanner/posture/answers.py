"""What a store, a folder of dumps or a template answered, in the shape of the API; and what UNKNOWN is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from scanner.posture.calls import ACCESS_POINT_POLICY, Call

_DENIED: Final = frozenset(["AccessDenied", "AccessDeniedException", "AllAccessDisabled", "UnauthorizedOperation", "403", "Forbidden"])
_UNSUPPORTED: Final = frozenset(["NotImplemented", "MethodNotAllowed", "501", "405", "UnsupportedOperation", "XNotImplemented"])


@dataclass(frozen=True, slots=True)
class Unknown:
    """A setting that could not be learnt. It is neither set nor unset, neither pass nor fail.

    :param call: that was to tell
    :param reason: why it did not, for people
    :param action: the permission that is missing; empty if something else is
    """

    call: str
    reason: str
    action: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one call: a response, or an error.

    :param response: the members of the API's response; None when there was an error
    :param error: the API's error code, or words for what went wrong
    """

    response: Mapping[str, Any] | None = None
    error: str = ""


NOT_ASKED: Final = Answer(error="not asked")
Content: TypeAlias = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AccessPointAnswers:
    """What was learnt of one access point.

    :param policy_call: that was asked for the policy
    """

    listed: Mapping[str, Any]
    details: Answer = NOT_ASKED
    policy: Answer = NOT_ASKED
    policy_call: Call = ACCESS_POINT_POLICY


@dataclass(frozen=True, slots=True)
class BucketAnswers:
    """All that was learnt of one bucket.

    :param calls: answers by the name of the call
    :param account: the bucket's own account, None if nobody said
    :param created: ISO 8601, empty if not known
    :param access_points: of this bucket; an error if they could not be listed
    :param object_lists: keys of objects with what their access control lists are; an error if objects could not be listed, None if
        nobody asked
    :param multi_region: access points over several regions that lead to it; an error as above, None if nobody asked
    """

    name: str
    calls: Mapping[str, Answer]
    account: str | None = None
    account_block: Answer = NOT_ASKED
    access_points: "tuple[AccessPointAnswers, ...] | Answer" = NOT_ASKED
    created: str = ""
    source: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    multi_region: "tuple[AccessPointAnswers, ...] | Answer | None" = None
    object_lists: tuple[tuple[str, Answer], ...] | Answer | None = None


def content(call: Call, answer: Answer) -> Content | Unknown:
    """The response; None if nothing is set; else UNKNOWN with its reason.

    A response without the member that it must have is UNKNOWN too: some stores answer calls that they do not know with 200.
    """
    if answer.response is not None:
        if call.expects and answer.response.get(call.expects) is None:
            return Unknown(call.said, f"the answer lacks {call.expects}; the store may not support the call")
        return answer.response
    if answer.error in call.unset:
        return None
    if answer.error in _DENIED:
        return Unknown(call.said, f"{answer.error}: the permission {call.action} is missing", call.action)
    if answer.error in _UNSUPPORTED:
        return Unknown(call.said, f"{answer.error}: the store does not support the call")
    return Unknown(call.said, answer.error or "no answer")
