"""Findings on how a bucket is set up, and how what is inside makes them worse."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from scanner.posture.amazon_checks import AMAZON_CHECKS
from scanner.posture.cloud_findings import CLOUD_CHECKS
from scanner.posture.cloudfront import Origin
from scanner.posture.finding_kinds import MACIE, OWN, PolicyFinding, PolicySeverity
from scanner.posture.sensitive import Sensitive
from scanner.posture.verdicts import BucketVerdicts


def policy_findings(verdicts: BucketVerdicts) -> tuple[PolicyFinding, ...]:
    """All findings of one bucket, the worst first; of equal ones what lets somebody in."""
    checks = AMAZON_CHECKS if verdicts.settings.store == "s3" else CLOUD_CHECKS
    return _sorted(PolicyFinding(verdicts.settings.name, *one) for check in checks for one in check(verdicts))


def _sorted(findings: Iterable[PolicyFinding]) -> tuple[PolicyFinding, ...]:
    return tuple(sorted(findings, key=lambda finding: -finding.severity))


def dangling_origin(origin: Origin) -> PolicyFinding:
    """A distribution whose bucket does not exist: whoever makes a bucket of that name serves the distribution's content."""
    detail = f"distribution {origin.distribution}; no bucket of that name exists"
    remedy = "remove the origin, or make the bucket yourself at once"
    title = "anybody can take the origin over"
    return PolicyFinding(origin.bucket, f"{OWN}S3DanglingOrigin", PolicySeverity.HIGH, title, detail, remedy, origin.distribution)


def raised(findings: tuple[PolicyFinding, ...], sensitive: Sensitive | None) -> tuple[PolicyFinding, ...]:
    """The findings, one step worse where a finding of high severity lies in what can be reached from outside."""
    if sensitive is None or sensitive.worst != "high":
        return findings
    return _sorted(_worse(one) if one.type in OUTSIDE else one for one in findings)


def _worse(finding: PolicyFinding) -> PolicyFinding:
    severity = PolicySeverity(min(finding.severity + 1, PolicySeverity.CRITICAL))
    return replace(finding, severity=severity, detail=f"{finding.detail}{HOLDS}", alone=finding.severity)


OUTSIDE: Final = frozenset(
    f"{family}{name}" for family in (f"{MACIE}S3", OWN) for name in ("BucketPublic", "BucketSharedExternally", "BucketReplicatedExternally")
)
"""Types of findings that say that somebody outside has the bucket's content."""

HOLDS: Final = "; it holds sensitive data"
"""What the detail of a finding ends with whose severity was raised."""
