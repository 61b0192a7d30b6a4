"""How far a listing got, so that a run that was broken off can go on from there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scanner.model.objects import ObjectRef
from scanner.model.records import Run
from scanner.sources.base import Source
from scanner.sources.judged import JudgedSource
from scanner.sources.s3 import S3Source
from scanner.state.store import Store

# Directory buckets list in no order: https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-bucket-policies.html
_UNORDERED = "--x-s3"


@dataclass(frozen=True, slots=True)
class Mark:
    """Everything up to here was listed, and what became of it is committed.

    :param circumstance: under which; a number of the store
    """

    bucket: str
    key: str
    circumstance: int

    @property
    def ref(self) -> ObjectRef:
        """The last object."""
        return ObjectRef("s3", self.bucket, self.key)


def mark_text(mark: Mark) -> str:
    """The mark as the table keeps it."""
    return json.dumps([mark.bucket, mark.key, mark.circumstance])


def can_go_on(source: Source) -> bool:
    """Whether a listing of `source` can begin behind an object: buckets can, that list in the order of their keys."""
    if isinstance(source, JudgedSource):
        return can_go_on(source.inner)
    if not isinstance(source, S3Source) or source.options.all_versions or source.options.version_id is not None:
        return False
    return not any(target.is_pattern or target.bucket.endswith(_UNORDERED) for target in source.targets)


def mark_of_last(store: Store, run: Run, circumstance: int) -> Mark | None:
    """Where the last run got to, if it was broken off and is the same scan as `run`, read alike; else None."""
    row = store.one("SELECT status, record, mark FROM run ORDER BY seq DESC")
    if row is None or row[0] in {"finished", "undelivered"} or row[2] is None:
        return None
    before: Mapping[str, Any] = json.loads(str(row[1]))
    mark = Mark(*json.loads(str(row[2])))
    same = _scan_of(before) == _scan_of(json.loads(json.dumps(run_values(run), default=str)))
    return mark if same and mark.circumstance == circumstance else None


def run_values(run: Run) -> dict[str, object]:
    """What makes two runs the same scan."""
    return {"targets": run.targets, "settings": run.settings, "ruleset_digest": run.ruleset_digest}


def behind(source: Source, mark: Mark) -> Source:
    """`source` less what lies up to the mark."""
    if isinstance(source, JudgedSource):
        return source.over(behind(source.inner, mark))
    assert isinstance(source, S3Source), "only of what can go on"
    return replace(source, after=mark.ref)


def _scan_of(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return record["targets"], record["settings"], record["ruleset_digest"]
