"""Buckets of Google Cloud Storage, by Google's own library, which is an extra."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any, Final

from scanner.config import StoreConfig
from scanner.errors import ConfigError, MissingExtraError, ReadError, TargetError
from scanner.model.objects import ObjectFacts, ObjectRef, Owner, StoredObject
from scanner.model.outcome import Reason
from scanner.sources.cloud import CloudSource, cloud_source
from scanner.sources.gs_trouble import NO_CREDENTIALS, read_error
from scanner.sources.options import SourceOptions
from scanner.sources.remote import Answer, RemoteReader
from scanner.sources.s3_connect import refuse_link_local
from scanner.sources.s3_list import Listed
from scanner.sources.s3_target import S3Target
from scanner.version import VERSION

_SCOPE: Final = "https://www.googleapis.com/auth/devstorage.read_only"
_EMULATOR: Final = "STORAGE_EMULATOR_HOST"
# Seconds: to connect, and between bytes; and how long a busy store is asked again.
_TIMEOUT: Final = (10, 60)
_PATIENCE: Final = 60.0
_CONNECTIONS: Final = 32
# What is asked of each object: not its access control list, which takes a right of its own.
_FIELDS: Final = (
    "nextPageToken,items(name,bucket,generation,size,updated,storageClass,kmsKeyName,customerEncryption,owner,etag,timeDeleted)"
)


def open_gs(target: str, options: SourceOptions) -> CloudSource:
    """The buckets that `target` names: `gs://BUCKET/PREFIX`; patterns in BUCKET; `gs://` all of the project.

    Raises TargetError, ConfigError and MissingExtraError for what is wrong without asking the store.
    """
    bucket, _, prefix = target[len("gs://") :].partition("/")
    if not bucket and prefix:
        raise TargetError(f"{target}: it names no bucket; write gs://BUCKET/PREFIX, or gs://* for all buckets")
    if options.tags or options.exclude_tags:
        raise ConfigError(f"{target}: --tag and --exclude-tag are not for gs://, whose objects have no tags")
    return cloud_source("gs", connect, S3Target(bucket or "*", prefix), options)


@lru_cache(maxsize=16)
def connect(store: StoreConfig) -> "GsStore":
    """The store for `store`; one a process, for all threads. Raises MissingExtraError, and ConfigError without credentials."""
    try:
        import google.auth
        from google.cloud import storage
    except ModuleNotFoundError:
        raise MissingExtraError("gs:// needs Google's library, which is not installed: pip install 'dowse[gcs]'") from None
    endpoint = store.endpoint_url or os.environ.get(_EMULATOR)
    if endpoint:
        refuse_link_local(endpoint if "://" in endpoint else f"http://{endpoint}")
    if store.no_sign_request or (os.environ.get(_EMULATOR) and not store.endpoint_url):
        credentials, project = google.auth.credentials.AnonymousCredentials(), os.environ.get("GOOGLE_CLOUD_PROJECT", "none")
    else:
        credentials, project = _found()
    client = storage.Client(
        project=project,
        credentials=credentials,
        client_options={"api_endpoint": store.endpoint_url} if store.endpoint_url else None,
        client_info=_client_info(),
    )
    _prepare(client)
    return GsStore(client, payer=project if store.requester_pays else None)


class GsStore:
    """The store as one user sees it.

    :param client: Google's
    :param payer: project that bears the cost where the bucket's owner does not
    """

    def __init__(self, client: Any, payer: str | None) -> None:  # noqa: ANN401 - Google's library has no types
        from google.cloud.storage.retry import DEFAULT_RETRY

        self._client = client
        self._payer = payer
        self._often = {"timeout": _TIMEOUT, "retry": DEFAULT_RETRY.with_timeout(_PATIENCE)}

    @cached_property
    def reader(self) -> RemoteReader:
        """Opens objects."""
        return RemoteReader(self._ask)

    def buckets(self, pattern: str) -> list[str]:  # noqa: ARG002 - there is one list for all
        """All buckets of the project. Raises ReadError."""
        with _told():
            return [bucket.name for bucket in self._client.list_buckets(**self._often)]

    def objects(self, bucket: str, prefix: str, *, all_versions: bool, tags: bool) -> Iterator[Listed]:  # noqa: ARG002 - it has no tags
        """Objects, in the order of the bytes of their names. Raises ReadError."""
        with _told(Reason.NO_SUCH_BUCKET):
            found = self._client.list_blobs(
                self._bucket(bucket), prefix=prefix or None, versions=all_versions, fields=_FIELDS, **self._often
            )
            for blob in found:
                yield _listed(bucket, blob, str(blob.generation) if all_versions else "")

    def version(self, bucket: str, key: str, version: str) -> Listed:
        """One generation of one object. Raises ReadError."""
        return Listed(self._now(ObjectRef("gs", bucket, key, version)), archived=False)

    def described(self, stored: StoredObject) -> StoredObject:
        """As it is: there is nothing more to say."""
        return stored

    def _now(self, ref: ObjectRef) -> StoredObject:
        with _told():
            blob = self._blob(ref)
            blob.reload(projection="noAcl", **self._often)
        return _listed(ref.bucket, blob, ref.version).stored

    def _ask(self, stored: StoredObject, wanted: range | None) -> Answer:
        if not stored.etag:
            stored = self._now(stored.ref)
        span = wanted or range(stored.size)
        with _told():
            data = self._blob(stored.ref).download_as_bytes(
                start=span.start,
                end=min(span.stop, stored.size) - 1,
                # As it is stored, which is what its size is of: gzip is for the readers.
                raw_download=True,
                if_generation_match=int(stored.etag),
                checksum=None,
                **self._often,
            )
        return Answer(stored, len(data), io.BytesIO(data))

    def _bucket(self, name: str) -> Any:  # noqa: ANN401 - Google's library has no types
        try:
            return self._client.bucket(name, user_project=self._payer)
        except ValueError:
            raise ReadError(Reason.NO_SUCH_BUCKET, "no bucket can have this name; check the spelling") from None

    def _blob(self, ref: ObjectRef) -> Any:  # noqa: ANN401 - Google's library has no types
        return self._bucket(ref.bucket).blob(ref.key, generation=int(ref.version) if ref.version else None)


@contextmanager
def _told(missing: Reason = Reason.GONE) -> Iterator[None]:
    """Raises ReadError for what Google's library raises.

    :param missing: what it means if there is nothing
    """
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError
    from requests.exceptions import RequestException

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, RequestException, OSError) as error:
        raise read_error(error, missing) from None


def _found() -> tuple[Any, str]:
    """Credentials where Google's tools keep them, for reading only, and the project that they belong to."""
    import google.auth
    from google.auth.exceptions import DefaultCredentialsError

    try:
        credentials, project = google.auth.default(scopes=[_SCOPE])
    except DefaultCredentialsError:
        raise ConfigError(f"gs://: {NO_CREDENTIALS}") from None
    return credentials, project or "none"


def _client_info() -> Any:  # noqa: ANN401 - Google's library has no types
    from google.api_core.client_info import ClientInfo

    return ClientInfo(user_agent=f"dowse/{VERSION}")


def _prepare(client: Any) -> None:  # noqa: ANN401 - Google's library has no types
    """Keep as many connections as threads ask at once, and ask for nothing but objects."""
    from requests.adapters import HTTPAdapter

    for scheme in ("https://", "http://"):
        client._http.mount(scheme, HTTPAdapter(pool_maxsize=_CONNECTIONS))  # noqa: SLF001 - there is no other way to its session
    # From 3.10 on it would ask for each bucket's settings in the background, for traces, which takes another right.
    client._bucket_metadata_cache = None  # noqa: SLF001 - elsewhere it is a variable of the environment


def _listed(bucket: str, blob: Any, version: str) -> Listed:  # noqa: ANN401 - Google's library has no types
    stored = StoredObject(
        ObjectRef("gs", bucket, blob.name, version),
        int(blob.size),
        blob.updated,
        # A generation is one content for ever; an ETag changes with the metadata too.
        str(blob.generation),
        str(blob.storage_class or ""),
        _facts(blob),
    )
    return Listed(stored, archived=False)


def _facts(blob: Any) -> ObjectFacts:  # noqa: ANN401 - Google's library has no types
    """Google encrypts everything by AES-256 ("Default encryption at rest"); Macie has no word for Google's managed keys."""
    owner = (blob.owner or {}).get("entity", "")
    known = ObjectFacts(encryption="AES256", owner=Owner(owner) if owner else None)
    return replace(known, encryption="UNKNOWN", kms_key=blob.kms_key_name) if blob.kms_key_name else known
