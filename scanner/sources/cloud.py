"""Buckets of stores other than S3: what is common to them, whatever their language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from scanner.config import StoreConfig
from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.files import skipped
from scanner.sources.filters import Filters
from scanner.sources.options import SourceOptions
from scanner.sources.remote import RemoteReader, as_opened, was_unchanged
from scanner.sources.s3_list import Listed
from scanner.sources.s3_target import S3Target, prefixes_in
from scanner.sources.tags import TagScope, parse_tags


class MissingCredentialsError(ReadError):
    """No request was made because nobody knows in whose name, or its proof is not renewed.

    :param remedy: what the user can do
    """

    def __init__(self, remedy: str) -> None:
        super().__init__(Reason.ACCESS_DENIED, remedy)


class Store(Protocol):
    """One store, as one user sees it. All methods raise ReadError for what the store refuses."""

    @property
    def reader(self) -> RemoteReader:
        """Opens its objects."""

    def buckets(self, pattern: str) -> list[str]:
        """Names among which `pattern` chooses."""

    def objects(self, bucket: str, prefix: str, *, all_versions: bool, tags: bool) -> Iterator[Listed]:
        """Objects whose keys begin with `prefix`, in the store's order.

        :param all_versions: also those that are no longer the latest
        :param tags: with their tags
        """

    def version(self, bucket: str, key: str, version: str) -> Listed:
        """One version of one object."""

    def described(self, stored: StoredObject) -> StoredObject:
        """With what listing and reading do not tell. Raises nothing."""


@dataclass(frozen=True, slots=True)
class CloudSource:
    """Objects of some buckets of one store. Only ever lists and reads.

    Holds names and no connection: each process that lists or opens makes its own.

    :param scheme: of the target, and the store of its objects
    :param connect: gives the store, the same in one process for the same configuration; a function that pickles
    :param targets: at least one; what several of them cover is listed once
    """

    scheme: str
    connect: Callable[[StoreConfig], Store]
    targets: tuple[S3Target, ...]
    options: SourceOptions

    @property
    def root(self) -> ObjectRef:
        """The bucket; without a name where there are several."""
        buckets = {target.bucket for target in self.targets}
        return ObjectRef(self.scheme, "" if len(buckets) > 1 or self.targets[0].is_pattern else buckets.pop(), "")

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Always."""
        return True

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """Everything of one bucket, then of the next, in the order in which the store lists.

        A bucket that cannot be listed, or not to its end, is met itself, as failed. Raises TargetError if buckets are to be
        looked up and cannot be, and ConfigError without credentials.
        """
        filters = Filters(self.options)
        scope = parse_tags(self.options.tags, self.options.exclude_tags)
        store = self.connect(self.options.store)
        for bucket in self._buckets(store):
            for prefix in prefixes_in(bucket, self.targets):
                for listed in self._listed(store, bucket, prefix, tags=bool(scope)):
                    yield listed if isinstance(listed, Unlisted) else _judged(listed, filters, scope)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Sends for small objects at once."""
        self.connect(self.options.store).reader.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """A seekable stream. Raises ReadError."""
        return cast("BinaryIO", self.connect(self.options.store).reader.open(stored))

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:  # noqa: ARG002 - the stream knows better
        """As it was when it was opened."""
        return as_opened(stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """With what listing and reading do not tell."""
        return self.connect(self.options.store).described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:  # noqa: ARG002 - the stream knows better
        """Whether all ranges were of the same version. Raises ReadError if fetching failed otherwise."""
        return was_unchanged(stream)

    def _buckets(self, store: Store) -> list[str]:
        named = {target.bucket for target in self.targets if not target.is_pattern}
        for target in self.targets:
            if target.is_pattern:
                found = set(filter(target.means, self._existing(store, target.bucket)))
                if not found:
                    raise TargetError(f"{self.scheme}://{target.bucket}: nothing that the account may list has such a name")
                named |= found
        return sorted(named, key=str.encode)

    def _existing(self, store: Store, pattern: str) -> list[str]:
        try:
            return store.buckets(pattern)
        except ReadError as error:
            raise TargetError(f"{self.scheme}://{pattern}: what there is cannot be listed: {error.detail}; name it in full") from None

    def _listed(self, store: Store, bucket: str, prefix: str, *, tags: bool) -> Iterator[Listed | Unlisted]:
        version, met = self.options.version_id, False
        try:
            if version is not None:
                yield store.version(bucket, prefix, version)
                return
            for listed in store.objects(bucket, prefix, all_versions=self.options.all_versions, tags=tags):
                met = True
                yield listed
        except ReadError as error:
            if isinstance(error, MissingCredentialsError) and not met:
                raise ConfigError(f"{self.scheme}://{bucket}: {error.detail}") from None
            outcome = Outcome(Status.FAILED, error.reason, f"it cannot be listed, or not to its end: {error.detail}")
            yield Unlisted(ObjectRef(self.scheme, bucket, prefix), 0, outcome)


def cloud_source(scheme: str, connect: Callable[[StoreConfig], Store], target: S3Target, options: SourceOptions) -> CloudSource:
    """The source of `target`. Raises ConfigError and MissingExtraError for what is wrong without asking the store."""
    parse_tags(options.tags, options.exclude_tags)
    if options.version_id is not None and (target.is_pattern or not target.prefix or options.all_versions):
        raise ConfigError(f"{scheme}://{target.bucket}: --version-id is of one object; name it with its key, without --all-versions")
    for flag, value in {"--profile": options.store.profile, "--region": options.store.region, "--role-arn": options.store.role_arn}.items():
        if value:
            raise ConfigError(f"{flag} is for s3:// only; docs/stores.md says in whose name {scheme}:// is asked")
    connect(options.store)
    return CloudSource(scheme, connect, (target,), options)


def _judged(listed: Listed, filters: Filters, scope: TagScope) -> StoredObject | Unlisted:
    """The object, if there is something in it that the user wants and the store gives; else why it is not offered."""
    stored = listed.stored
    unwanted = filters.why_not(stored.ref.key, stored.size, stored.modified) or filters.by_class(stored.storage_class)
    if unwanted := unwanted or scope.why_not(stored.facts.tags):
        return skipped(stored.ref, stored.size, Reason.EXCLUDED, unwanted)
    if stored.size == 0:
        return skipped(stored.ref, 0, Reason.EMPTY)
    if listed.archived:
        return skipped(stored.ref, stored.size, Reason.STORAGE_CLASS, f"{stored.storage_class}: restore it to have it scanned")
    if unwanted := filters.by_chance(stored.ref.key):
        return skipped(stored.ref, stored.size, Reason.EXCLUDED, unwanted)
    return stored
