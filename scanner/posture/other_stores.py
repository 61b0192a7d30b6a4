"""What stores other than Amazon's do not have, and which therefore shuts nothing there.

Ownership controls, a block for the whole account, and access points are Amazon's. A store that does not know the calls has none of them;
that is not the same as not being allowed to ask.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from scanner.posture import calls
from scanner.posture.answers import Answer
from scanner.posture.calls import Call

NO_ACCOUNT: Final = "000000000000"
"""Asked for where the account's number is not known: a store that knows the call refuses it or says that it is not ours."""

UNNAMED: Final = Answer(error="the account is not known; give it with --account")
"""In place of what is not asked for because of that."""

# A store that takes the path of a call of S3 Control for the name of a bucket does not have it.
_NOT_KNOWN: Final = frozenset(["NoSuchBucket", "InvalidBucketName", "NotImplemented", "MethodNotAllowed", "501", "405", "XNotImplemented"])


def without_ownership(answer: Answer) -> Answer:
    """The answer to the call for ownership controls; if the store does not know it, that there are none."""
    return _none_if_unknown(calls.OWNERSHIP, answer, lambda found: bool(found["Rules"]))


def without_account_block(answer: Answer) -> Answer:
    """The same of the account's Block Public Access."""
    return _none_if_unknown(calls.ACCOUNT_BLOCK, answer, lambda found: "RestrictPublicBuckets" in found)


def has_no_access_points(answer: Answer) -> bool:
    """Whether this is how a store answers that has no access points."""
    return answer.response is None and answer.error in _NOT_KNOWN


def _none_if_unknown(call: Call, answer: Answer, is_whole: Callable[[Mapping[str, Any]], bool]) -> Answer:
    (unset,) = call.unset
    none = Answer(error=unset)
    if answer.response is None:
        return none if answer.error in _NOT_KNOWN else answer
    found = answer.response.get(call.expects)
    return answer if isinstance(found, Mapping) and found and is_whole(found) else none
