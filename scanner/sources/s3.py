"""Buckets of Amazon S3 and of stores that speak its language."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import BinaryIO, Final, cast

from scanner.config import StoreConfig
from scanner.errors import ConfigError, ReadError, TargetError
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.files import skipped
from scanner.sources.filters import Filters
from scanner.sources.options import SourceOptions
from scanner.sources.remote import as_opened, was_unchanged
from scanner.sources.s3_connect import connect, is_amazon, payer
from scanner.sources.s3_list import Listed, Lister
from scanner.sources.s3_read import ObjectReader
from scanner.sources.s3_target import S3Target, parse_target, prefixes_in
from scanner.sources.s3_trouble import NO_CREDENTIALS, is_missing_credentials, outcome_of, read_error
from scanner.sources.tags import TagScope, parse_tags

UNLISTABLE: Final = "it cannot be listed, or not to its end"
"""How the detail begins of what stands for a whole bucket or prefix that was not, or not wholly, listed."""

_ASKED_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class S3Source:
    """Objects of some buckets. Only ever lists and reads.

    Holds names and no connection: each process that lists or opens makes its own.

    :param targets: at least one; what several of them cover is listed once
    :param after: what lies up to this object, in the order of buckets and keys, is not listed; None lists all
    """

    targets: tuple[S3Target, ...]
    options: SourceOptions
    after: ObjectRef | None = None

    @property
    def root(self) -> ObjectRef:
        """The bucket; without a name where there are several."""
        buckets = {target.bucket for target in self.targets}
        return ObjectRef("s3", "" if len(buckets) > 1 or self.targets[0].is_pattern else buckets.pop(), "")

    def portable(self, stored: StoredObject) -> bool:  # noqa: ARG002 - the protocol asks for each object
        """Always."""
        return True

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """Everything of one bucket, then of the next, both in the order of their bytes.

        A bucket that cannot be listed, or not to its end, is met itself, as failed. Raises TargetError if buckets are to be
        looked up and cannot be, and ConfigError without credentials.
        """
        lister = _lister(self.options.store)
        for bucket, unwanted in self._by_bucket_tags(lister, list(filter(self._is_due, self._buckets(lister)))):
            if unwanted:
                yield unwanted
                continue
            for prefix in prefixes_in(bucket, self.targets):
                yield from self.wanted(self._listed(lister, bucket, prefix))

    def named(self, refs: Sequence[ObjectRef]) -> Iterator[StoredObject | Unlisted]:
        """The objects of these names, or why they are not offered, in the order given; the store is asked for many at once.

        Raises ConfigError without credentials.
        """
        lister = _lister(self.options.store)
        with ThreadPoolExecutor(_ASKED_AT_ONCE, "named") as pool:
            yield from self.wanted(pool.map(partial(_asked, lister), refs))

    def means(self, ref: ObjectRef) -> bool:
        """Whether one of the targets covers an object of this name."""
        return any(target.means(ref.bucket) and ref.key.startswith(target.prefix) for target in self.targets)

    def wanted(self, listed: Iterable[Listed | Unlisted]) -> Iterator[StoredObject | Unlisted]:
        """What was listed elsewhere, less what the user leaves out."""
        filters = Filters(self.options)
        scope = parse_tags(self.options.tags, self.options.exclude_tags)
        met = (one if isinstance(one, Unlisted) else _judged(one, filters) for one in listed)
        for one in self._by_tags(met, scope) if scope else met:
            yield _sampled(one, filters)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """Sends for small objects at once, so that the store's delay is waited for once and not for each."""
        _reader(self.options.store).expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """A seekable stream. Raises ReadError."""
        return cast("BinaryIO", _reader(self.options.store).open(stored))

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:  # noqa: ARG002 - the stream knows better
        """As it was when it was opened: nothing else is read, whatever becomes of the object meanwhile."""
        return as_opened(stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """With its tags, if it has some and they may be read."""
        return _reader(self.options.store).described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:  # noqa: ARG002 - the stream knows better
        """Whether no range was refused because the object had been written to. Raises ReadError if fetching failed otherwise."""
        return was_unchanged(stream)

    def _buckets(self, lister: Lister) -> list[str]:
        named = {target.bucket for target in self.targets if not target.is_pattern}
        patterns = [target for target in self.targets if target.is_pattern]
        if patterns:
            existing = _all_buckets(lister)
            for target in patterns:
                found = set(filter(target.means, existing))
                if not found:
                    raise TargetError(f"s3://{target.bucket}: none of the account's {len(existing)} buckets has such a name")
                named |= found
        return sorted(named, key=str.encode)

    def _is_due(self, bucket: str) -> bool:
        return self.after is None or bucket.encode() >= self.after.bucket.encode()

    def _after(self, bucket: str) -> str:
        """The key behind which the listing of a bucket begins."""
        return self.after.key if self.after is not None and self.after.bucket == bucket else ""

    def _by_bucket_tags(self, lister: Lister, buckets: Sequence[str]) -> Iterator[tuple[str, Unlisted | None]]:
        """Each bucket, and what became of it if its tags leave it out; they are asked for of many buckets at once."""
        scope = parse_tags(self.options.bucket_tags, ())
        if not scope:
            yield from ((bucket, None) for bucket in buckets)
            return
        with ThreadPoolExecutor(_ASKED_AT_ONCE, "buckets") as pool:
            yield from zip(buckets, pool.map(partial(_left_out, lister, scope), buckets), strict=True)

    def _by_tags(self, met: Iterator[StoredObject | Unlisted], scope: TagScope) -> Iterator[StoredObject | Unlisted]:
        """`met`, less what the tags leave out; they are asked for of many objects at once."""
        reader = _reader(self.options.store)

        def judged(one: StoredObject | Unlisted) -> StoredObject | Unlisted:
            return one if isinstance(one, Unlisted) else _tagged(one, reader.tags(one), scope)

        with ThreadPoolExecutor(_ASKED_AT_ONCE, "tags") as pool:
            while several := list(itertools.islice(met, 8 * _ASKED_AT_ONCE)):
                yield from pool.map(judged, several)

    def _listed(self, lister: Lister, bucket: str, prefix: str) -> Iterator[Listed | Unlisted]:
        from botocore.exceptions import BotoCoreError, ClientError

        version = self.options.version_id
        try:
            if version is not None:
                yield lister.one(bucket, prefix, version)
            else:
                yield from lister.objects(bucket, prefix, all_versions=self.options.all_versions, after=self._after(bucket))
        except (ClientError, BotoCoreError) as error:
            if is_missing_credentials(error):
                raise ConfigError(f"s3://{bucket}: {NO_CREDENTIALS}") from None
            yield Unlisted(ObjectRef("s3", bucket, prefix), 0, _unlistable(error))


def open_s3(target: str, options: SourceOptions) -> S3Source:
    """The buckets that `target` names.

    Raises TargetError, ConfigError and MissingExtraError for what is wrong without asking the store.
    """
    parsed = parse_target(target)
    parse_tags((*options.tags, *options.bucket_tags), options.exclude_tags)
    if options.version_id is not None and (parsed.is_pattern or not parsed.prefix or options.all_versions):
        raise ConfigError(f"{target}: --version-id is of one object; name it as s3://BUCKET/KEY, without --all-versions")
    connect(options.store)
    return S3Source((parsed,), options)


def tags_of(store: StoreConfig, stored: StoredObject) -> tuple[tuple[str, str], ...] | ReadError:
    """Keys and values of an object's tags by key, or why they cannot be read. May be called from several threads at once."""
    return _reader(store).tags(stored)


def buckets_of(store: StoreConfig) -> list[str]:
    """All buckets that the account has, in the order of their bytes. Raises TargetError if they cannot be listed, and ConfigError."""
    return _all_buckets(_lister(store))


@lru_cache(maxsize=16)
def _lister(store: StoreConfig) -> Lister:
    client = connect(store)
    return Lister(client, payer(store), amazon=is_amazon(client))


@lru_cache(maxsize=16)
def _reader(store: StoreConfig) -> ObjectReader:
    return ObjectReader(connect(store), payer(store))


def _asked(lister: Lister, ref: ObjectRef) -> Listed | Unlisted:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return lister.one(ref.bucket, ref.key, ref.version)
    except (ClientError, BotoCoreError) as error:
        if is_missing_credentials(error):
            raise ConfigError(f"s3://{ref.bucket}: {NO_CREDENTIALS}") from None
        return Unlisted(ref, 0, outcome_of(read_error(error)))


def _left_out(lister: Lister, scope: TagScope, bucket: str) -> Unlisted | None:
    """What became of a bucket that its tags leave out, or of which they cannot be read; None for one that is wanted."""
    from botocore.exceptions import BotoCoreError, ClientError

    ref = ObjectRef("s3", bucket, "")
    try:
        unwanted = scope.why_not(lister.bucket_tags(bucket))
    except (ClientError, BotoCoreError) as error:
        if is_missing_credentials(error):
            raise ConfigError(f"s3://{bucket}: {NO_CREDENTIALS}") from None
        outcome = outcome_of(read_error(error))
        detail = f"its tags, which decide whether it is wanted, cannot be read: {outcome.detail}"
        return Unlisted(ref, 0, Outcome(Status.FAILED, outcome.reason, detail))
    return skipped(ref, 0, Reason.EXCLUDED, unwanted) if unwanted else None


def _all_buckets(lister: Lister) -> list[str]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return lister.buckets()
    except (ClientError, BotoCoreError) as error:
        if is_missing_credentials(error):
            raise ConfigError(f"s3://: {NO_CREDENTIALS}") from None
        meant = read_error(error)
        # Who may not list may well read what he can name.
        remedy = "name them, as in s3://BUCKET" if meant.reason is Reason.ACCESS_DENIED else "check --endpoint-url and the network"
        raise TargetError(f"s3://: the account's buckets cannot be listed: {meant.detail}; {remedy}") from None


def _judged(listed: Listed, filters: Filters) -> StoredObject | Unlisted:
    """The object, if there is something in it that the user wants and the store gives; else why it is not offered."""
    stored = listed.stored
    unwanted = filters.why_not(stored.ref.key, stored.size, stored.modified) or filters.by_class(stored.storage_class)
    if unwanted:
        return skipped(stored.ref, stored.size, Reason.EXCLUDED, unwanted)
    if stored.size == 0:
        return skipped(stored.ref, 0, Reason.EMPTY)
    if listed.archived:
        return skipped(stored.ref, stored.size, Reason.STORAGE_CLASS, f"{stored.storage_class}: restore it to have it scanned")
    return stored


def _sampled(met: StoredObject | Unlisted, filters: Filters) -> StoredObject | Unlisted:
    if isinstance(met, StoredObject) and (unwanted := filters.by_chance(met.ref.key)):
        return skipped(met.ref, met.size, Reason.EXCLUDED, unwanted)
    return met


def _tagged(stored: StoredObject, tags: tuple[tuple[str, str], ...] | ReadError, scope: TagScope) -> StoredObject | Unlisted:
    if isinstance(tags, ReadError):
        outcome = outcome_of(tags)
        detail = f"its tags, which decide whether it is wanted, cannot be read: {outcome.detail}"
        return Unlisted(stored.ref, stored.size, Outcome(outcome.status, outcome.reason, detail))
    if unwanted := scope.why_not(tags):
        return skipped(stored.ref, stored.size, Reason.EXCLUDED, unwanted)
    return replace(stored, facts=replace(stored.facts, tags=tags, tag_count=len(tags)))


def _unlistable(error: Exception) -> Outcome:
    """What became of a bucket, or of an object's version, that cannot be listed: never nothing."""
    outcome = outcome_of(read_error(error))
    return Outcome(Status.FAILED, outcome.reason, f"{UNLISTABLE}: {outcome.detail}")
