"""What changed since an earlier run: findings that are new, still open, resolved, or not known any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from scanner.posture.judged import PostureReport

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Changes:
    """Findings by bucket and type.

    :param opened: not there in the earlier run
    :param resolved: there in the earlier run, and seen to be gone
    :param undecided: there in the earlier run, but now a setting of the bucket, or the bucket itself, is not known
    """

    opened: frozenset[Key]
    resolved: tuple[Key, ...]
    undecided: tuple[Key, ...]


def changes_since(records: Iterable[dict[str, Any]], report: PostureReport) -> Changes:
    """:param records: of the earlier run"""
    before = {key for record in records for key in _keys(record)}
    now = {(finding.bucket, finding.type) for finding in report.findings}
    known = {one.verdicts.settings.name for one in report.buckets if not one.verdicts.unknowns}
    gone = sorted(before - now)
    return Changes(
        frozenset(now - before),
        tuple(key for key in gone if key[0] in known),
        tuple(key for key in gone if key[0] not in known),
    )


def change_record(changes: Changes) -> dict[str, Any]:
    """The changes as plain JSON values."""
    named = {"opened": sorted(changes.opened), "resolved": changes.resolved, "undecided": changes.undecided}
    return {name: [{"bucketName": bucket, "type": kind} for bucket, kind in keys] for name, keys in named.items()}


def _keys(record: dict[str, Any]) -> Iterable[Key]:
    if record.get("record") != "bucket":
        return ()
    return ((str(record.get("bucketName")), str(one.get("type"))) for one in record.get("findings") or () if isinstance(one, dict))
