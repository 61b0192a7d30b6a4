"""The files that a scan of folders found something in, with who can reach each."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.local_files import FileReach, file_reach

_WORST = {"High": PolicySeverity.HIGH, "Medium": PolicySeverity.MEDIUM, "Low": PolicySeverity.LOW}


@dataclass(frozen=True, slots=True)
class SensitiveFile:
    """One file.

    :param sensitivity: the severity of what was found in it
    """

    reach: FileReach
    sensitivity: PolicySeverity

    @property
    def severity(self) -> PolicySeverity:
        """That of what is inside if others can read it, one step more if everybody can change it; INFO if it is closed."""
        if not self.reach.open:
            return PolicySeverity.INFO
        return PolicySeverity(min(self.sensitivity + bool(self.reach.everybody_writes), PolicySeverity.CRITICAL))

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values; null is "unknown"."""
        return {
            "record": "file",
            "path": os.fsencode(self.reach.path).decode("utf-8", "backslashreplace"),
            "sensitivity": self.sensitivity.name.lower(),
            "severity": self.severity.name.lower(),
            "everybodyReads": self.reach.everybody_reads,
            "everybodyWrites": self.reach.everybody_writes,
            "groupReads": self.reach.group_reads,
            "exportedBy": self.reach.exported or None,
            "syncedBy": self.reach.synced or None,
        }


def sensitive_files(findings: Iterable[dict[str, Any]], exports: tuple[str, ...] = ()) -> tuple[SensitiveFile, ...]:
    """The local files among the findings, worst first.

    :param findings: records of a scan
    :param exports: folders that are exported to other machines
    """
    worst: dict[str, PolicySeverity] = {}
    for finding in findings:
        path, severity = _path(finding), _WORST.get(str((finding.get("severity") or {}).get("description")))
        if path and severity is not None:
            worst[path] = max(severity, worst.get(path, severity))
    files = [SensitiveFile(file_reach(path, exports), severity) for path, severity in worst.items()]
    return tuple(sorted(files, key=lambda one: (-one.severity, -one.sensitivity, one.reach.path)))


def _path(finding: dict[str, Any]) -> str:
    """The path of a `file://` finding; empty for all others."""
    affected = finding.get("resourcesAffected") or {}
    root = str((affected.get("s3Bucket") or {}).get("name") or "")
    key = (affected.get("s3Object") or {}).get("key")
    if not root.startswith("file://") or not isinstance(key, str):
        return ""
    return os.path.join(os.fsdecode(unquote_to_bytes(root.removeprefix("file://"))), key)
