"""What an answer of Google Cloud Storage means for an object or a bucket."""

from typing import Final

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.sources.cloud import MissingCredentialsError

NO_CREDENTIALS: Final = (
    "there are no credentials: run `gcloud auth application-default login`, set GOOGLE_APPLICATION_CREDENTIALS, "
    "or read a public bucket with --no-sign-request"
)
"""What to say when Google's chain of credentials comes to nothing."""
_MISSING: Final = {
    Reason.GONE: "it is not there any more",
    Reason.NO_SUCH_BUCKET: "there is no such bucket; check the spelling",
}
# Of "HTTP status and error codes for JSON".
_STATUSES: Final = {
    412: (Reason.CHANGED, "it was written to while it was read"),
    416: (Reason.CHANGED, "it became shorter while it was read"),
    304: (Reason.CHANGED, "it was written to while it was read"),
}


def read_error(error: Exception, missing: Reason) -> ReadError:
    """`error`, which Google's library or the network raised, as what it means for what it befell.

    :param missing: what it means if there is nothing
    """
    from google.api_core.exceptions import GoogleAPICallError
    from google.auth.exceptions import DefaultCredentialsError, InvalidOperation, RefreshError

    if isinstance(error, InvalidOperation):
        # Refused as nobody in particular, and there is nothing to renew.
        return ReadError(*_meaning(401, "", missing))
    if isinstance(error, DefaultCredentialsError | RefreshError):
        return MissingCredentialsError(NO_CREDENTIALS)
    cause = getattr(error, "cause", None)
    if not isinstance(error, GoogleAPICallError) and isinstance(cause, GoogleAPICallError):
        # The last of several attempts.
        error = cause
    if not isinstance(error, GoogleAPICallError) or not error.code:
        return ReadError(Reason.IO_ERROR, f"the store cannot be reached or breaks off ({type(error).__name__})")
    if error.response is not None:
        # Else its connection stays open until somebody collects it.
        error.response.close()
    return ReadError(*_meaning(int(error.code), str(error.message).lower(), missing))


def _meaning(status: int, message: str, missing: Reason) -> tuple[Reason, str]:
    if status in {400, 403} and ("cloudkms" in message or "cloud kms" in message):
        return (
            Reason.KMS_DENIED,
            f"its key may not be used ({status}); the store's service agent needs cloudkms.cryptoKeyVersions.useToDecrypt",
        )
    if status == 400 and "customer-supplied" in message:
        return Reason.SSE_C, "it is encrypted with a key that the store does not keep"
    if status == 400 and "user project" in message:
        return Reason.ACCESS_DENIED, "who asks pays: give --requester-pays"
    if status in {401, 403}:
        return Reason.ACCESS_DENIED, f"the store refuses it ({status}); see the roles in docs/stores.md"
    if status == 404:
        return missing, _MISSING[missing]
    return _STATUSES.get(status, (Reason.IO_ERROR, f"the store answers {status}"))
