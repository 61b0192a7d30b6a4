"""All buckets of an input with their verdicts and findings."""

from collections.abc import Iterable
from dataclasses import dataclass

from scanner.posture.answers import Unknown
from scanner.posture.inventory import Inventory
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import PolicyFinding, policy_findings
from scanner.posture.read_answers import read_answers
from scanner.posture.records import Record, bucket_record, summary_record
from scanner.posture.verdicts import BucketVerdicts, judge


@dataclass(frozen=True, slots=True)
class Judged:
    """One bucket, its verdicts and what is wrong with it."""

    verdicts: BucketVerdicts
    findings: tuple[PolicyFinding, ...]

    @property
    def record(self) -> Record:
        """All of it as plain JSON values."""
        return bucket_record(self.verdicts, self.findings)


@dataclass(frozen=True, slots=True)
class PostureReport:
    """All buckets, the worst first."""

    buckets: tuple[Judged, ...]
    unknowns: tuple[Unknown, ...]

    @property
    def findings(self) -> tuple[PolicyFinding, ...]:
        """Of all buckets."""
        return tuple(finding for one in self.buckets for finding in one.findings)

    @property
    def complete(self) -> bool:
        """Whether every setting of every bucket was learnt."""
        return not self.unknowns and not any(one.verdicts.unknowns for one in self.buckets)

    @property
    def summary(self) -> Record:
        """Counts, and what is not known of the input as a whole."""
        record = summary_record((one.verdicts for one in self.buckets), self.findings)
        unknowns = [{"call": one.call, "reason": one.reason, "action": one.action or None} for one in self.unknowns]
        return record | {"unknowns": unknowns, "complete": self.complete}


def judge_inventory(inventory: Inventory, trusted: Trusted, names: Iterable[str] = ()) -> PostureReport:
    """Verdicts on the buckets, worst first.

    :param names: only these; all others still tell whose a destination of replication is
    """
    settings = [read_answers(answers) for answers in inventory.buckets]
    owners = {one.name: one.account for one in settings if one.account}
    wanted = set(names)
    judged = []
    for one in settings:
        if not wanted or one.name in wanted:
            verdicts = judge(one, trusted, owners)
            judged.append(Judged(verdicts, policy_findings(verdicts)))
    return PostureReport(tuple(sorted(judged, key=_worst_first)), inventory.unknowns)


def _worst_first(one: Judged) -> tuple[object, ...]:
    return ([-finding.severity for finding in one.findings], one.verdicts.settings.name)
