"""Findings on how buckets are set up, taken from the records of `dowse posture`, for sinks that have a place for them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable
from urllib.parse import quote

from scanner.reports.base import Sink

Record = Mapping[str, Any]

LEVELS: Final = ("info", "low", "medium", "high", "critical")
"""Severities, the least first. Macie has low, medium and high."""

NOBODY: Final = "0" * 12
"""Where no account is known: twelve zeros belong to nobody."""


@dataclass(frozen=True, slots=True)
class BucketFinding:
    """One thing that is wrong, or worth knowing, in a bucket's set-up.

    :param id: 32 hexadecimal digits, the same as long as the bucket has it
    :param account: twelve digits; `NOBODY` where it is not known
    :param region: `aws-global` where it is not known
    :param type: Macie's where it has one; ours begin with `Policy:Dowse/`
    :param severity: one of `LEVELS`
    :param detail: what was seen
    :param remedy: what to change
    :param settings: the bucket's whole record; of a bucket that does not exist nothing but its name
    """

    id: str
    bucket: str
    account: str
    region: str
    type: str
    severity: str
    title: str
    detail: str
    remedy: str
    settings: Record

    @property
    def arn(self) -> str:
        """The bucket's; of stores that are not Amazon's, which have none, its URI."""
        return f"arn:aws:s3:::{self.bucket}" if self.store == "s3" else self.uri

    @property
    def uri(self) -> str:
        """The bucket, as objects in it are named."""
        return f"{self.store}://{quote(self.bucket, errors='replace')}"

    @property
    def store(self) -> str:
        """Whose the bucket is: s3, gs or az."""
        return str(self.settings.get("store") or "s3")


@runtime_checkable
class PolicySink(Sink, Protocol):
    """A sink that also takes findings on buckets, at any time between `begin` and `finish`."""

    def write_policy(self, finding: BucketFinding) -> None:
        """One finding."""


@runtime_checkable
class ResolvingSink(PolicySink, Protocol):
    """A sink whose readers keep findings open until they are told otherwise."""

    def resolve_policy(self, finding: BucketFinding) -> None:
        """One finding that an earlier run wrote, and that is seen to be gone."""


def resolved_policy(bucket: Record, kind: str, subject: str, detail: str) -> BucketFinding:
    """The finding of an earlier run, under the id that it had.

    :param bucket: its name, and account and store as far as they are known
    :param subject: what in the bucket it was about; of several of its type about the same the later ones end with their number, `#2`
    :param detail: what was said of it
    """
    about, _, nth = subject.partition("#")
    words = {
        "type": kind,
        "severity": "info",
        "title": "what an earlier run found is not so any more",
        "detail": detail,
        "remedy": "nothing",
    }
    return _finding(bucket, words, "\0".join((*filter(None, (kind, about)), nth or "1")))


def bucket_findings(record: Record) -> Iterator[BucketFinding]:
    """The findings in a record of kind `bucket`, and those on buckets that do not exist in one of kind `summary`."""
    if record.get("record") == "bucket":
        yield from _numbered(record, record["findings"])
    for origin in record.get("danglingOrigins") or ():
        yield from _numbered({"bucketName": origin["bucketName"]}, [origin])


def _numbered(bucket: Record, findings: list[Record]) -> Iterator[BucketFinding]:
    seen: dict[str, int] = {}
    for finding in findings:
        # Details change, so they are no part of what a finding is.
        about = "\0".join(filter(None, (str(finding["type"]), finding.get("subject"))))
        seen[about] = seen.get(about, 0) + 1
        yield _finding(bucket, finding, f"{about}\0{seen[about]}")


def _finding(bucket: Record, finding: Record, about: str) -> BucketFinding:
    """:param about: which one of the bucket it is"""
    name = str(bucket["bucketName"])
    identity = f"{name}\0{about}"
    return BucketFinding(
        id=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:32],
        bucket=name,
        account=str(bucket.get("accountId") or NOBODY),
        region=str(bucket.get("region") or "aws-global"),
        type=str(finding["type"]),
        severity=str(finding["severity"]),
        title=str(finding["title"]),
        detail=str(finding["detail"]),
        remedy=str(finding["remedy"]),
        settings=bucket,
    )
