"""The objects of a target that a job wants. All others are met too, as skipped(excluded), so that coverage stays honest."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, Final, TypeAlias

from scanner.errors import ReadError
from scanner.jobs.conditions import Checks, Tags
from scanner.jobs.model import BucketField, ObjectField
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.base import Source

AskTags: TypeAlias = Callable[[StoredObject], Tags | ReadError]

_ASKED_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class ObjectScope:
    """Which objects a job wants.

    :param since: what was there unchanged before is left out; None leaves out nothing
    :param tags: asks for the tags of an object, where a condition is about them and decides
    """

    checks: Checks
    since: datetime | None
    tags: AskTags


class ScopedSource:
    """`inner`, of which only what is in `scope` is offered. In other processes, which only open, it is just `inner`."""

    def __init__(self, inner: Source, scope: ObjectScope) -> None:
        self._inner = inner
        self._scope = scope

    def __reduce__(self) -> tuple[object, ...]:
        return _itself, (self._inner,)

    @property
    def root(self) -> ObjectRef:
        """As `inner`."""
        return self._inner.root

    def portable(self, stored: StoredObject) -> bool:
        """As `inner`."""
        return self._inner.portable(stored)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """As `inner` lists them; what is not wanted comes as skipped, and what cannot be decided as failed."""
        met = iter(self._inner.objects())
        with ThreadPoolExecutor(_ASKED_AT_ONCE, "tags") as pool:
            while several := list(itertools.islice(met, 8 * _ASKED_AT_ONCE)):
                yield from pool.map(self._judged, several) if self._asks(several) else map(self._judged, several)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """As `inner`."""
        self._inner.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """As `inner`."""
        return self._inner.open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """As `inner`."""
        return self._inner.current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As `inner`."""
        return self._inner.described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """As `inner`."""
        return self._inner.unchanged(stored, stream)

    def _asks(self, several: Iterable[StoredObject | Unlisted]) -> bool:
        """Whether the store is asked for tags of any of them, which is better done of many at once."""
        checks = self._scope.checks
        return any(isinstance(one, StoredObject) and checks.wanted(_facts(one)) is None for one in several)

    def _judged(self, met: StoredObject | Unlisted) -> StoredObject | Unlisted:
        if isinstance(met, Unlisted):
            return met
        scope, facts = self._scope, _facts(met)
        wanted = scope.checks.wanted(facts)
        if wanted is None:
            tags = scope.tags(met)
            if isinstance(tags, ReadError):
                return _undecided(met, tags)
            met = replace(met, facts=replace(met.facts, tags=tags, tag_count=len(tags)))
            wanted = scope.checks.wanted({**facts, ObjectField.TAG: tags})
        if not wanted:
            return _left_out(met, "is not in the job's scope")
        if scope.since is not None and _changed_at(met) < scope.since:
            return _left_out(met, "was there when the job was added")
        return met


def _itself(inner: Source) -> Source:
    return inner


def _facts(stored: StoredObject) -> Mapping[BucketField | ObjectField, object]:
    """What the listing tells. A local file has no tags."""
    facts: dict[BucketField | ObjectField, object] = {
        ObjectField.KEY: stored.ref.key,
        ObjectField.EXTENSION: stored.ref.key,
        ObjectField.SIZE: stored.size,
        ObjectField.LAST_MODIFIED: stored.modified or datetime.min.replace(tzinfo=UTC),
    }
    return facts if stored.ref.store == "s3" else facts | {ObjectField.TAG: ()}


def _changed_at(stored: StoredObject) -> datetime:
    """When it came to be what and where it is: a local file that is moved or copied may keep an old time of writing."""
    modified = stored.modified or datetime.max.replace(tzinfo=UTC)
    if stored.ref.store != "file":
        return modified
    try:
        status = os.lstat(os.path.join(stored.ref.bucket, stored.ref.key))
    except OSError:
        # It is gone, or hidden: reading it will tell.
        return datetime.max.replace(tzinfo=UTC)
    return max(modified, datetime.fromtimestamp(status.st_ctime, UTC))


def _left_out(stored: StoredObject, detail: str) -> Unlisted:
    return Unlisted(stored.ref, stored.size, Outcome(Status.SKIPPED, Reason.EXCLUDED, detail))


def _undecided(stored: StoredObject, error: ReadError) -> Unlisted:
    status = Status.SKIPPED if error.reason is Reason.GONE else Status.FAILED
    detail = f"its tags, which decide whether it is wanted, cannot be read: {error.detail}"
    return Unlisted(stored.ref, stored.size, Outcome(status, error.reason, detail))
