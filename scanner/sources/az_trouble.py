"""What an answer of Azure Blob Storage means for a blob or a container."""

from typing import Final

import regex

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.sources.cloud import MissingCredentialsError

# Codes of "Blob Storage error codes" and "Common REST API error codes".
_REASONS: Final = {
    "BlobNotFound": (Reason.GONE, "it is not there any more"),
    "ContainerNotFound": (Reason.NO_SUCH_BUCKET, "there is no such container; check the spelling"),
    "ContainerBeingDeleted": (Reason.NO_SUCH_BUCKET, "its container is being deleted"),
    "ContainerDisabled": (Reason.ACCESS_DENIED, "its container is disabled"),
    "ConditionNotMet": (Reason.CHANGED, "it was written to while it was read"),
    "InvalidRange": (Reason.CHANGED, "it became shorter while it was read"),
    "BlobArchived": (Reason.STORAGE_CLASS, "it is archived; rehydrate it to have it scanned"),
    "BlobBeingRehydrated": (Reason.STORAGE_CLASS, "it is being rehydrated"),
    "BlobUsesCustomerSpecifiedEncryption": (Reason.SSE_C, "it is encrypted with a key that the store does not keep"),
    "InvalidResourceName": (Reason.NO_SUCH_BUCKET, "no container can have this name; check the spelling"),
}
_STATUSES: Final = {404: "BlobNotFound", 412: "ConditionNotMet", 416: "InvalidRange"}
_DENIED: Final = frozenset({401, 403})
# The container lets in readers whom nobody knows, or the account does not: an answer to those without credentials.
_ANONYMOUS: Final = frozenset({"PublicAccessNotPermitted", "NoAuthenticationInformation", "ResourceNotFound"})
# A code is a word; whatever else a store sends there is not repeated.
_CODE: Final = regex.compile(r"[A-Za-z][A-Za-z0-9._-]{0,63}")
_NO_CREDENTIALS: Final = (
    "there are no credentials: log in with `az login`, set AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or "
    "AZURE_STORAGE_SAS_TOKEN, or read a public container with --no-sign-request"
)


def read_error(error: Exception) -> ReadError:
    """`error`, which Azure's library raised, as what it means for the blob it befell."""
    from azure.core.exceptions import ClientAuthenticationError, HttpResponseError

    status = getattr(error, "status_code", None)
    if isinstance(error, ClientAuthenticationError) and not status:
        return MissingCredentialsError(_NO_CREDENTIALS)
    if not isinstance(error, HttpResponseError) or not status:
        return ReadError(Reason.IO_ERROR, f"the store cannot be reached or breaks off ({type(error).__name__})")
    return ReadError(*_meaning(_code(error), int(status)))


def _code(error: Exception) -> str:
    code = getattr(error, "error_code", None) or ""
    return str(getattr(code, "value", code))


def _meaning(code: str, status: int) -> tuple[Reason, str]:
    told = code if _CODE.fullmatch(code) else str(status)
    if code.startswith("KeyVault"):
        return Reason.KMS_DENIED, f"its key may not be used ({told})"
    if code in _REASONS:
        return _REASONS[code]
    if status in _DENIED or code in _ANONYMOUS:
        return Reason.ACCESS_DENIED, f"the store refuses it ({told}); see the roles in docs/stores.md"
    if status in _STATUSES:
        return _REASONS[_STATUSES[status]]
    return Reason.IO_ERROR, f"the store answers {told}"
