"""Containers of Azure Blob Storage, by Azure's own library, which is an extra."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from scanner.config import StoreConfig
from scanner.errors import ConfigError, MissingExtraError, ReadError, TargetError
from scanner.model.objects import ObjectFacts, ObjectRef, StoredObject
from scanner.model.outcome import Reason
from scanner.sources.az_trouble import read_error
from scanner.sources.cloud import CloudSource, cloud_source
from scanner.sources.options import SourceOptions
from scanner.sources.ranged import MOST
from scanner.sources.remote import Answer, RemoteReader
from scanner.sources.s3_connect import refuse_link_local
from scanner.sources.s3_list import Listed
from scanner.sources.s3_target import S3Target
from scanner.version import VERSION

_ARCHIVED: Final = "Archive"
_ATTEMPTS: Final = 5


def open_az(target: str, options: SourceOptions) -> CloudSource:
    """The containers that `target` names: `az://ACCOUNT`, `az://ACCOUNT/CONTAINER/PREFIX`; patterns in CONTAINER.

    Raises TargetError, ConfigError and MissingExtraError for what is wrong without asking the store.
    """
    account, _, rest = target[len("az://") :].partition("/")
    container, _, prefix = rest.partition("/")
    if not account or (prefix and not container):
        raise TargetError(f"{target}: it names no container; write az://ACCOUNT/CONTAINER/PREFIX, or az://ACCOUNT for all containers")
    if not account.isascii() or not account.isalnum():
        raise TargetError(f"{target}: {account!r} is no storage account, whose name is letters and digits")
    return cloud_source("az", connect, S3Target(f"{account}/{container or '*'}", prefix), options)


@lru_cache(maxsize=16)
def connect(store: StoreConfig) -> "AzStore":
    """The store for `store`; one a process, for all threads. Raises MissingExtraError, and ConfigError for its endpoint."""
    try:
        import azure.identity
        import azure.storage.blob  # noqa: F401 - it is there
    except ModuleNotFoundError:
        raise MissingExtraError("az:// needs Azure's library, which is not installed: pip install 'dowse[azure]'") from None
    if store.endpoint_url:
        refuse_link_local(store.endpoint_url)
    return AzStore(store)


def tags_of(store: StoreConfig, stored: StoredObject) -> tuple[tuple[str, str], ...] | ReadError:
    """Keys and values of a blob's tags by key, or why they cannot be read. May be called from several threads at once."""
    try:
        return connect(store).tags(stored)
    except ReadError as error:
        return error


class AzStore:
    """Storage accounts as one user sees them. Buckets are `ACCOUNT/CONTAINER`."""

    def __init__(self, config: StoreConfig) -> None:
        self._config = config
        self._services: dict[str, Any] = {}

    @cached_property
    def reader(self) -> RemoteReader:
        """Opens blobs."""
        return RemoteReader(self._ask)

    def buckets(self, pattern: str) -> list[str]:
        """All containers of the account that `pattern` begins with. Raises ReadError."""
        account = pattern.partition("/")[0]
        with _told():
            return [f"{account}/{container.name}" for container in self._service(account).list_containers()]

    def objects(self, bucket: str, prefix: str, *, all_versions: bool, tags: bool) -> Iterator[Listed]:
        """Blobs, in Azure's order. Raises ReadError."""
        account, _, container = bucket.partition("/")
        include = (["versions"] if all_versions else []) + (["tags"] if tags else [])
        with _told():
            client = self._service(account).get_container_client(container)
            for blob in client.list_blobs(name_starts_with=prefix or None, include=include):
                yield _listed(bucket, blob, blob.version_id if all_versions else None)

    def version(self, bucket: str, key: str, version: str) -> Listed:
        """One version of one blob. Raises ReadError."""
        ref = ObjectRef("az", bucket, key, version)
        with _told():
            return _listed(bucket, self._blob(ref).get_blob_properties(version_id=version), version)

    def described(self, stored: StoredObject) -> StoredObject:
        """With its tags, if they may be read."""
        if stored.facts.tags:
            return stored
        try:
            found = self.tags(stored)
        except ReadError:
            return stored
        return replace(stored, facts=replace(stored.facts, tags=found, tag_count=len(found)))

    def tags(self, stored: StoredObject) -> tuple[tuple[str, str], ...]:
        """Its tags by key. Raises ReadError."""
        with _told():
            return _tags(self._blob(stored.ref).get_blob_tags(version_id=stored.ref.version or None))

    def _ask(self, stored: StoredObject, wanted: range | None) -> Answer:
        from azure.core import MatchConditions

        version = stored.ref.version or None
        with _told():
            blob = self._blob(stored.ref)
            if not stored.etag:
                stored = _listed(stored.ref.bucket, blob.get_blob_properties(version_id=version), version).stored
            span = wanted or range(stored.size)
            condition = {"etag": f'"{stored.etag}"', "match_condition": MatchConditions.IfNotModified}
            data = blob.download_blob(span.start, len(span), version_id=version, **condition).readall()
        return Answer(stored, len(data), io.BytesIO(data))

    def _blob(self, ref: ObjectRef) -> Any:  # noqa: ANN401 - Azure's type, and Azure's library is an extra
        if not {".", ".."}.isdisjoint(ref.key.split("/")):
            # What sends the library's requests takes these for steps in a path and would give another blob.
            raise ReadError(Reason.IO_ERROR, "Azure's library cannot ask for a name with '.' or '..' between slashes; copy it to another")
        account, _, container = ref.bucket.partition("/")
        return self._service(account).get_blob_client(container, ref.key)

    def _service(self, account: str) -> Any:  # noqa: ANN401 - Azure's type, and Azure's library is an extra
        if account not in self._services:
            self._services[account] = _service(self._config, account)
        return self._services[account]


@contextmanager
def _told() -> Iterator[None]:
    """Raises ReadError for what Azure's library raises."""
    from azure.core.exceptions import AzureError

    try:
        yield
    except AzureError as error:
        raise read_error(error) from None


def _service(config: StoreConfig, account: str) -> Any:  # noqa: ANN401 - Azure's type, and Azure's library is an extra
    """The client of one account."""
    from azure.storage.blob import BlobServiceClient, ExponentialRetry

    given = _connection_string(account)
    endpoint = config.endpoint_url or given.get("blobendpoint") or f"https://{account}.blob.{given['endpointsuffix']}"
    parts = urlsplit(endpoint)
    if account not in {(parts.hostname or "").partition(".")[0], parts.path.strip("/")}:
        raise ConfigError(
            f"az://{account}: the endpoint {parts.scheme}://{parts.hostname} is not that of this account; it must hold its name"
        )
    refuse_link_local(f"{parts.scheme}://{parts.netloc}")
    try:
        return BlobServiceClient(
            endpoint,
            credential=None if config.no_sign_request else _credential(account, given),
            retry_policy=ExponentialRetry(initial_backoff=1, increment_base=2, retry_total=_ATTEMPTS),
            max_single_get_size=MOST,
            max_chunk_get_size=MOST,
            connection_timeout=10,
            read_timeout=60,
            user_agent=f"dowse/{VERSION}",
        )
    except ValueError:
        raise ConfigError(f"az://{account}: these credentials cannot be used there; a token goes by https:// only") from None


def _connection_string(account: str) -> dict[str, str]:
    """What AZURE_STORAGE_CONNECTION_STRING says, if it is of this account; names in lower case."""
    pairs = [part.partition("=") for part in os.environ.get("AZURE_STORAGE_CONNECTION_STRING", "").split(";")]
    given = {name.strip().lower(): value for name, _, value in pairs if name.strip()}
    of_this = given.get("accountname", account) == account and (given.get("accountname") or account in given.get("blobendpoint", ""))
    return {"endpointsuffix": "core.windows.net"} | (given if of_this else {})


def _credential(account: str, given: dict[str, str]) -> Any:  # noqa: ANN401 - a key, a token, or something that fetches one
    """As the tools of Azure look for it: connection string, key, shared access signature, and Entra ID at last."""
    from azure.core.credentials import AzureNamedKeyCredential, AzureSasCredential
    from azure.identity import DefaultAzureCredential

    mine = os.environ.get("AZURE_STORAGE_ACCOUNT") in {None, "", account}
    key = given.get("accountkey") or (os.environ.get("AZURE_STORAGE_KEY") if mine else None)
    token = given.get("sharedaccesssignature") or (os.environ.get("AZURE_STORAGE_SAS_TOKEN") if mine else None)
    if key:
        return AzureNamedKeyCredential(account, key)
    return AzureSasCredential(token.removeprefix("?")) if token else _Tokens(DefaultAzureCredential())


class _Tokens:
    """Fetches tokens. Says at once that there are none; Azure's library would try for a minute."""

    def __init__(self, credential: Any) -> None:  # noqa: ANN401 - Azure's library is an extra
        self._credential = credential

    def get_token(self, *scopes: str, **options: Any) -> Any:  # noqa: ANN401 - Azure's protocol
        from azure.core.exceptions import ClientAuthenticationError

        try:
            return self._credential.get_token(*scopes, **options)
        except ClientAuthenticationError as error:
            raise read_error(error) from None


def _listed(bucket: str, blob: Any, version: str | None) -> Listed:  # noqa: ANN401 - Azure's type
    tags = _tags(blob.tags or {})
    stored = StoredObject(
        ObjectRef("az", bucket, blob.name, version or ""),
        int(blob.size),
        blob.last_modified,
        str(blob.etag).strip('"'),
        str(blob.blob_tier or ""),
        # Azure encrypts everything by AES-256 ("Azure Storage encryption for data at rest").
        ObjectFacts(encryption="AES256" if blob.server_encrypted else "UNKNOWN", tags=tags, tag_count=blob.tag_count),
    )
    return Listed(stored, stored.storage_class == _ARCHIVED)


def _tags(found: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(found.items()))
