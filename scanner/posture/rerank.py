"""Records of buckets that were judged earlier, ranked by what is known to be inside them now."""

from scanner.posture.finding_kinds import PolicySeverity
from scanner.posture.policy_findings import HOLDS, OUTSIDE
from scanner.posture.records import Record, sensitive_record
from scanner.posture.risk import risk_of
from scanner.posture.sensitive import Sensitive


def with_inside(record: Record, sensitive: Sensitive | None) -> Record:
    """The record of a bucket as it would be if it was judged with `sensitive` inside; as it is if nobody has looked."""
    if sensitive is None:
        return record
    findings = [_raised(one, sensitive) for one in record["findings"]]
    findings.sort(key=lambda one: -PolicySeverity[str(one["severity"]).upper()])
    risk = risk_of(int(record["reach"]), sensitive)
    return {**record, "findings": findings, "risk": risk, "sensitiveFindings": sensitive_record(sensitive)}


def _raised(finding: Record, sensitive: Sensitive) -> Record:
    alone, detail = PolicySeverity[str(finding["severityAlone"]).upper()], str(finding["detail"]).removesuffix(HOLDS)
    if sensitive.worst != "high" or finding["type"] not in OUTSIDE:
        return {**finding, "severity": alone.name.lower(), "detail": detail}
    severity = PolicySeverity(min(alone + 1, PolicySeverity.CRITICAL))
    return {**finding, "severity": severity.name.lower(), "detail": f"{detail}{HOLDS}"}
