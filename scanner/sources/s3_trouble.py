"""What an answer of an object store means for an object or a bucket."""

from typing import Final

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Outcome, Reason, Status

# Codes of the S3 API reference ("Error responses"); a HEAD request has no code and botocore gives the status instead.
_REASONS: Final = {
    "NoSuchKey": (Reason.GONE, "it is not there any more"),
    "NoSuchVersion": (Reason.GONE, "this version is not there any more"),
    "NotFound": (Reason.GONE, "it is not there any more"),
    # Asked for by its version, a delete marker is no object.
    "MethodNotAllowed": (Reason.GONE, "it was deleted"),
    "NoSuchBucket": (Reason.NO_SUCH_BUCKET, "there is no such bucket; check the spelling"),
    "InvalidBucketName": (Reason.NO_SUCH_BUCKET, "no bucket can have this name; check the spelling"),
    "PreconditionFailed": (Reason.CHANGED, "it was written to while it was read"),
    "ConditionalRequestConflict": (Reason.CHANGED, "it was written to while it was read"),
    "InvalidRange": (Reason.CHANGED, "it became shorter while it was read"),
    "InvalidObjectState": (Reason.STORAGE_CLASS, "it is archived; restore it to have it scanned"),
    "PermanentRedirect": (Reason.IO_ERROR, "its bucket lies elsewhere; name its --region, or another --endpoint-url"),
    "AuthorizationHeaderMalformed": (Reason.IO_ERROR, "its bucket lies in another region; name its --region"),
}
_STATUSES: Final = {301: "PermanentRedirect", 404: "NotFound", 405: "MethodNotAllowed", 412: "PreconditionFailed", 416: "InvalidRange"}
_DENIED: Final = frozenset({401, 403})
# A code is a word; whatever else a store sends there is not repeated.
_CODE: Final = regex.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")
NO_CREDENTIALS: Final = (
    "there are no credentials: set AWS_PROFILE, name a --profile, log in with `aws sso login`, "
    "or read a public bucket with --no-sign-request"
)
"""What to say when AWS's credential chain comes to nothing."""
_SKIPPED: Final = frozenset({Reason.GONE, Reason.STORAGE_CLASS})


def read_error(error: Exception) -> ReadError:
    """`error`, which botocore or the network raised, as what it means for the object it befell."""
    from botocore.exceptions import ClientError

    if isinstance(error, ClientError):
        return ReadError(*_meaning(error))
    if is_missing_credentials(error):
        return ReadError(Reason.ACCESS_DENIED, NO_CREDENTIALS)
    return ReadError(Reason.IO_ERROR, f"the store cannot be reached or breaks off ({type(error).__name__})")


def outcome_of(error: ReadError) -> Outcome:
    """`error` as the outcome of what could not be reached."""
    status = Status.SKIPPED if error.reason in _SKIPPED else Status.FAILED
    return Outcome(status, error.reason, error.detail)


def is_missing_credentials(error: Exception) -> bool:
    """Whether no request was made because nobody knows in whose name."""
    from botocore.exceptions import NoAuthTokenError, NoCredentialsError, PartialCredentialsError, SSOError, TokenRetrievalError

    return isinstance(error, (NoCredentialsError, PartialCredentialsError, NoAuthTokenError, SSOError, TokenRetrievalError))


def _meaning(error: Exception) -> tuple[Reason, str]:
    answer = getattr(error, "response", {})
    status = int(answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    code, message = str(answer.get("Error", {}).get("Code", "")), str(answer.get("Error", {}).get("Message", "")).lower()
    if code.startswith("KMS.") or (status in _DENIED and "kms:" in message):
        return Reason.KMS_DENIED, f"its key may not be used ({_told(code, status)}); kms:Decrypt is needed"
    if status == 400 and "encrypt" in message:
        return Reason.SSE_C, "it is encrypted with a key that the store does not keep (SSE-C)"
    if code in _REASONS:
        return _REASONS[code]
    if status in _STATUSES:
        return _REASONS[_STATUSES[status]]
    if status in _DENIED:
        return Reason.ACCESS_DENIED, f"the store refuses it ({_told(code, status)}); {_remedy(code)}"
    return Reason.IO_ERROR, f"the store answers {_told(code, status)}"


def _told(code: str, status: int) -> str:
    return code if _CODE.fullmatch(code) else str(status)


def _remedy(code: str) -> str:
    if code in {"AccessDenied", "403", "Forbidden", ""}:
        return "see the policy in docs/s3.md; a bucket whose requester pays needs --requester-pays"
    return "check the credentials"
