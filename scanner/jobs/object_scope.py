"""Which objects of a target a job wants. All others are met too, as skipped(excluded), so that coverage stays honest."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, TypeAlias

from scanner.errors import ReadError
from scanner.jobs.conditions import Checks, Tags
from scanner.jobs.model import BucketField, ObjectField
from scanner.model.objects import StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.sources.base import Source
from scanner.sources.judged import JudgedSource

_WITH_TAGS: Final = frozenset(("s3", "az"))
AskTags: TypeAlias = Callable[[StoredObject], Tags | ReadError]


@dataclass(frozen=True, slots=True)
class ObjectScope:
    """Which objects a job wants.

    :param since: what was there unchanged before is left out; None leaves out nothing
    :param tags: asks for the tags of an object, where a condition is about them and decides
    """

    checks: Checks
    since: datetime | None
    tags: AskTags

    def of(self, source: Source) -> JudgedSource:
        """What of `source` the job wants."""
        return JudgedSource(source, self.judge, lambda stored: self.checks.wanted(_facts(stored)) is None)

    def judge(self, stored: StoredObject) -> StoredObject | Unlisted:
        """The object, with its tags if they had to be asked for; skipped if it is not wanted, failed if that cannot be decided."""
        facts = _facts(stored)
        wanted = self.checks.wanted(facts)
        if wanted is None:
            tags = self.tags(stored)
            if isinstance(tags, ReadError):
                return _undecided(stored, tags)
            stored = replace(stored, facts=replace(stored.facts, tags=tags, tag_count=len(tags)))
            wanted = self.checks.wanted({**facts, ObjectField.TAG: tags})
        if not wanted:
            return _left_out(stored, "is not in the job's scope")
        if self.since is not None and _changed_at(stored) < self.since:
            return _left_out(stored, "was there when the job was added")
        return stored


def _facts(stored: StoredObject) -> Mapping[BucketField | ObjectField, object]:
    """What the listing tells. Only objects of S3 and blobs of Azure have tags, which have to be asked for."""
    facts: dict[BucketField | ObjectField, object] = {
        ObjectField.KEY: stored.ref.key,
        ObjectField.EXTENSION: stored.ref.key,
        ObjectField.SIZE: stored.size,
        ObjectField.LAST_MODIFIED: stored.modified or datetime.min.replace(tzinfo=UTC),
    }
    return facts if stored.ref.store in _WITH_TAGS else facts | {ObjectField.TAG: ()}


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
