"""What changed since an earlier run: findings that are new, changed, still open, resolved, or not known any more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from scanner.posture.decided import decided
from scanner.posture.finding_kinds import PolicyFinding
from scanner.posture.judged import PostureReport
from scanner.posture.records import Record
from scanner.posture.verdicts import BucketVerdicts

_DANGLING: Final = "/S3DanglingOrigin"


class Key(NamedTuple):
    """Which finding it is, whatever its details.

    :param subject: what in the bucket it is about, where there can be several of its type
    """

    bucket: str
    type: str
    subject: str = ""


class Told(NamedTuple):
    """What an earlier run said of a finding.

    :param account: the bucket's; empty if it is not known
    """

    severity: str
    detail: str
    account: str = ""

    def says(self, finding: PolicyFinding) -> bool:
        """Whether `finding` is as it was."""
        return (self.severity, self.detail) == (finding.severity.name.lower(), finding.detail)


@dataclass(frozen=True, slots=True)
class Changes:
    """Findings by what became of them.

    :param opened: not there in the earlier run
    :param changed: there in the earlier run with another severity or detail
    :param still_open: there in the earlier run, and the same now
    :param resolved: there in the earlier run, and seen to be gone, with or without their bucket
    :param undecided: there in the earlier run, but now a setting that they depend on, or the bucket itself, is not known
    """

    opened: frozenset[Key]
    changed: frozenset[Key]
    still_open: frozenset[Key]
    resolved: tuple[Key, ...]
    undecided: tuple[Key, ...]


def changes_since(records: Iterable[dict[str, Any]], report: PostureReport) -> Changes:
    """:param records: of the earlier run"""
    before = {key: told for record in records for key, told in _told_in(record)}
    return compare(before, report)


def compare(before: Mapping[Key, Told], report: PostureReport) -> Changes:
    """What `report` says of the findings that an earlier run, or all of them, left open.

    What the run was not to look at is left out. A finding that is not there any more is resolved if everything that it depends on is
    known now, or if its bucket is not there any more and all buckets of its account were listed.
    """
    now = dict(keyed(report.findings))
    verdicts = {one.verdicts.settings.name: one.verdicts for one in report.buckets}
    before = {key: told for key, told in before.items() if _is_concerned(key, told, report, verdicts)}
    met = frozenset(now.keys() & before.keys())
    same = frozenset(key for key in met if before[key].says(now[key]))
    gone = sorted(before.keys() - now.keys())
    resolved = tuple(key for key in gone if _is_resolved(key, before[key], report, verdicts))
    undecided = tuple(sorted(set(gone) - set(resolved)))
    return Changes(frozenset(now.keys() - before.keys()), met - same, same, resolved, undecided)


def keyed(findings: Iterable[PolicyFinding]) -> Iterator[tuple[Key, PolicyFinding]]:
    """Each finding with its key; of several that are about the same thing the later ones get a number."""
    seen: dict[Key, int] = {}
    for one in findings:
        yield _numbered(Key(one.bucket, one.type, one.subject), seen), one


def change_record(changes: Changes) -> dict[str, Any]:
    """The changes as plain JSON values; of those that are still open the number."""
    return {name: [_named(key) for key in sorted(getattr(changes, name))] for name in TOLD} | {"stillOpen": len(changes.still_open)}


TOLD: Final = ("opened", "changed", "resolved", "undecided")
"""What is told one by one."""


def _named(key: Key) -> Record:
    return {"bucketName": key.bucket, "type": key.type} | ({"subject": key.subject} if key.subject else {})


def _is_concerned(key: Key, told: Told, report: PostureReport, verdicts: Mapping[str, BucketVerdicts]) -> bool:
    """Whether the run was to look at what the finding is on: not at buckets that it was not asked for, or of other accounts."""
    if key.type.endswith(_DANGLING):
        return report.origins_known is not None
    if report.asked:
        return key.bucket in report.asked
    return not report.listed or told.account in report.listed or key.bucket in verdicts


def _is_resolved(key: Key, told: Told, report: PostureReport, verdicts: Mapping[str, BucketVerdicts]) -> bool:
    if key.type.endswith(_DANGLING):
        return report.origins_known is True
    known = verdicts.get(key.bucket)
    return told.account in report.listed if known is None else decided(key.type, known)


def _told_in(record: dict[str, Any]) -> Iterator[tuple[Key, Told]]:
    bucket = str(record.get("bucketName") or "")
    findings = record.get("findings") if record.get("record") == "bucket" else record.get("danglingOrigins")
    for key, one in keyed_records(bucket, findings if isinstance(findings, list) else ()):
        yield key, Told(str(one.get("severity")), str(one.get("detail")), str(record.get("accountId") or ""))


def keyed_records(bucket: str, findings: Iterable[Any]) -> Iterator[tuple[Key, dict[str, Any]]]:
    """Each finding of a bucket's record with its key; as `keyed`."""
    seen: dict[Key, int] = {}
    for one in findings:
        if isinstance(one, dict):
            key = Key(str(one.get("bucketName") or bucket), str(one.get("type")), str(one.get("subject") or ""))
            yield _numbered(key, seen), one


def _numbered(key: Key, seen: dict[Key, int]) -> Key:
    seen[key] = nth = seen.get(key, 0) + 1
    return key if nth == 1 else key._replace(subject=f"{key.subject}#{nth}")
