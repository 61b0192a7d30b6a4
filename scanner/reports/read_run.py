"""Run and summary back from their records, and those of several runs as one."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.policies import LEVELS, BucketFinding
from scanner.version import VERSION

Record = Mapping[str, Any]


def run_of(record: Record) -> Run:
    """:raises KeyError, TypeError, ValueError: if it is no `run` record"""
    return Run(
        id=str(record["id"]),
        version=str(record["version"]),
        started=datetime.fromisoformat(record["started"]),
        targets=tuple(map(str, record["targets"])),
        identifiers=tuple(map(str, record["identifiers"])),
        ruleset_digest=str(record["rulesetDigest"]),
        settings=dict(record["settings"]),
    )


def summary_of(record: Record) -> Summary:
    """:raises KeyError, TypeError, ValueError: if it is no `summary` record of a scan"""
    return Summary(
        objects=int(record["objects"]),
        outcomes=dict(record["outcomes"]),
        reasons=dict(record["reasons"]),
        bytes_listed=int(record["bytesListed"]),
        bytes_read=int(record["bytesRead"]),
        findings=dict(record["findings"]),
        occurrences=dict(record["occurrences"]),
        seconds=float(record["seconds"]),
        complete=bool(record["complete"]),
        interrupted=bool(record["interrupted"]),
        allowed=dict(record["allowed"]),
        hidden=dict(record.get("suppressed", {})),
        life=dict(record.get("life", {})),
        unchanged=int(record.get("unchanged", 0)),
    )


def posture_run(targets: Sequence[str], started: datetime) -> Run:
    """The run of a report on buckets alone.

    :param targets: what was asked for
    """
    identity = _hash([*targets, started.isoformat(), VERSION])[:32]
    return Run(identity, VERSION, started, tuple(targets), (), _hash([VERSION]), {"posture": True})


def posture_summary(*, complete: bool) -> Summary:
    """The end of a report on buckets alone, in which no object was read.

    :param complete: whether every setting of every bucket was learnt
    """
    return Summary(0, {}, {}, 0, 0, {}, {}, 0.0, complete)


def policy_of(record: Record) -> BucketFinding:
    """The finding that a `policy` record tells of.

    :raises KeyError, TypeError: if it is no such record
    """
    bucket = record["resourcesAffected"]["s3Bucket"]
    encryption = bucket["defaultServerSideEncryption"]
    return BucketFinding(
        id=str(record["id"]),
        bucket=str(bucket["name"]),
        account=str(record["accountId"]),
        region=str(record["region"]),
        type=str(record["type"]),
        severity=LEVELS[LEVELS.index(record["level"])],
        title=str(record["title"]),
        detail=str(record["description"]),
        remedy=str(record["remedy"]),
        settings={
            "bucketName": bucket["name"],
            "bucketCreatedAt": bucket.get("createdAt"),
            "serverSideEncryption": {"type": encryption["encryptionType"], "kmsMasterKeyId": encryption.get("kmsMasterKeyId")},
            "allowsUnencryptedObjectUploads": bucket["allowsUnencryptedObjectUploads"],
            "publicAccess": bucket["publicAccess"],
            "tags": bucket["tags"],
        },
    )


def joined_runs(runs: Sequence[Run]) -> Run:
    """One run for a report on several; of one it is that one."""
    if len(runs) == 1:
        return runs[0]
    digests = sorted({run.ruleset_digest for run in runs})
    return Run(
        id=_hash(sorted(run.id for run in runs))[:32],
        version=runs[0].version,
        started=min(run.started for run in runs),
        targets=tuple(dict.fromkeys(target for run in runs for target in run.targets)),
        identifiers=tuple(sorted({name for run in runs for name in run.identifiers})),
        ruleset_digest=digests[0] if len(digests) == 1 else _hash(digests),
        settings={"joined": [run.id for run in runs]},
    )


def joined_summaries(summaries: Sequence[Summary]) -> Summary:
    """The sums; complete only if every one is."""
    return Summary(
        objects=sum(one.objects for one in summaries),
        outcomes=_sums(one.outcomes for one in summaries),
        reasons=_sums(one.reasons for one in summaries),
        bytes_listed=sum(one.bytes_listed for one in summaries),
        bytes_read=sum(one.bytes_read for one in summaries),
        findings=_sums(one.findings for one in summaries),
        occurrences=_sums(one.occurrences for one in summaries),
        seconds=sum(one.seconds for one in summaries),
        complete=all(one.complete for one in summaries),
        interrupted=any(one.interrupted for one in summaries),
        allowed=_sums(one.allowed for one in summaries),
        hidden=_sums(one.hidden for one in summaries),
        life=_sums(one.life for one in summaries),
        unchanged=sum(one.unchanged for one in summaries),
    )


@dataclass(slots=True)
class Seen:
    """Counts of what went by, for a stream that was broken off before its summary."""

    objects: int = 0
    bytes_read: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    occurrences: Counter[str] = field(default_factory=Counter)

    def count(self, result: ObjectResult, severity: str) -> None:
        """:param severity: of the finding; empty if there is none"""
        self.objects += 1
        self.bytes_read += result.bytes_read
        self.outcomes[result.outcome.status.value] += 1
        if result.outcome.status is not Status.SCANNED and result.outcome.reason:
            self.reasons[f"{result.outcome.status.value}:{result.outcome.reason.value}"] += 1
        if severity:
            self.findings[severity] += 1
        for detection in result.detections:
            self.occurrences[detection.identifier] += detection.count

    def summary(self) -> Summary:
        """What is known: an interrupted run, and of its objects those that have a record."""
        return Summary(
            objects=self.objects,
            outcomes=self.outcomes,
            reasons=self.reasons,
            bytes_listed=self.bytes_read,
            bytes_read=self.bytes_read,
            findings=self.findings,
            occurrences=self.occurrences,
            seconds=0.0,
            complete=False,
            interrupted=True,
        )


def _sums(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))


def _hash(words: list[str]) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
