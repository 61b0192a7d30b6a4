"""What `dowse posture` writes, as plain records."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scanner.posture.change_first import change_first
from scanner.posture.changes import Changes, Key, change_record
from scanner.posture.judged import PostureReport
from scanner.posture.lives import with_lives
from scanner.posture.records import Record
from scanner.reports.policies import BucketFinding


@dataclass(frozen=True, slots=True)
class Written:
    """One report.

    :param changes: since earlier runs, if they are known
    :param started: when, with time zone
    :param targets: what was asked for, in words
    :param lives: what became of each finding, if a state store tells
    :param ended: findings of earlier runs that are gone, if it tells
    """

    report: PostureReport
    changes: Changes | None
    started: datetime
    targets: tuple[str, ...]
    lives: Mapping[Key, Record] = field(default_factory=dict)
    ended: tuple[BucketFinding, ...] = ()

    @property
    def buckets(self) -> list[Record]:
        """A record of each bucket."""
        return [with_lives(one.record, self.lives) for one in self.report.buckets]

    @property
    def roles(self) -> list[Record] | None:
        """A record of each role of outsiders; None if they were not asked for."""
        return None if self.report.roles is None else [one.record for one in self.report.roles]

    @property
    def summary(self) -> Record:
        """The last record: counts, what changed, and what to change first."""
        first = {"changeFirst": [one.record for one in change_first(self.report.buckets)]}
        return self.report.summary | ({"changes": change_record(self.changes)} if self.changes else {}) | first
