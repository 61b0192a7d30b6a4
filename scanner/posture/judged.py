"""All buckets of an input with their verdicts and findings."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace

from scanner.posture import calls
from scanner.posture.answers import Unknown
from scanner.posture.azure import judge_azure
from scanner.posture.cloudfront import Origin
from scanner.posture.finding_kinds import PolicyFinding
from scanner.posture.google import judge_google
from scanner.posture.inventory import Inventory
from scanner.posture.parties import Trusted
from scanner.posture.policy_findings import dangling_origin, policy_findings, raised
from scanner.posture.read_answers import read_answers
from scanner.posture.readable import readable
from scanner.posture.records import Record, bucket_record, finding_record, sensitive_record, summary_record
from scanner.posture.risk import reach, risk
from scanner.posture.roles import OutsideRole, outside_roles, worst_first
from scanner.posture.sensitive import NOTHING_FOUND, Sensitive
from scanner.posture.verdicts import BEHIND_DISTRIBUTIONS, KEY_POLICIES, MULTI_REGION, BucketVerdicts, judge, not_evaluated


@dataclass(frozen=True, slots=True)
class Judged:
    """One bucket, its verdicts and what is wrong with it.

    :param sensitive: what earlier scans found in it; None if nobody gave their findings
    :param origins: distributions of CloudFront that it stands behind; None if they were not asked for
    :param keys_asked: whether keys were asked for
    """

    verdicts: BucketVerdicts
    findings: tuple[PolicyFinding, ...]
    sensitive: Sensitive | None = None
    origins: tuple[Origin, ...] | None = None
    keys_asked: bool = False

    @property
    def risk(self) -> int:
        """From 1 to 40: reach times sensitivity."""
        return risk(self.verdicts, self.sensitive or NOTHING_FOUND)

    @property
    def record(self) -> Record:
        """All of it as plain JSON values."""
        distributions = None if self.origins is None else [asdict(one) for one in self.origins]
        return bucket_record(self.verdicts, self.findings) | {
            "reach": reach(self.verdicts),
            "risk": self.risk,
            "sensitiveFindings": sensitive_record(self.sensitive),
            "distributions": distributions,
            "readable": [one.record for one in readable(self.verdicts)],
            "notEvaluated": [one for one in not_evaluated(self.verdicts.settings.store) if one not in self._evaluated],
        }

    @property
    def _evaluated(self) -> frozenset[str]:
        """What is looked at only if it is asked for, and was."""
        asked = (
            (BEHIND_DISTRIBUTIONS, self.origins is not None),
            (MULTI_REGION, self.verdicts.settings.multi_region_asked),
            (KEY_POLICIES, self.keys_asked),
        )
        return frozenset(name for name, was in asked if was)


@dataclass(frozen=True, slots=True)
class PostureReport:
    """All buckets, the worst first.

    :param dangling: origins of CloudFront of which no bucket exists
    :param roles: that outsiders may assume and that reach a bucket; None if they were not asked for
    :param listed: accounts of which all buckets are among them
    :param origins_known: whether every distribution of CloudFront was looked at; None if they were not asked for
    :param asked: the only buckets that were asked for; none if all were
    """

    buckets: tuple[Judged, ...]
    unknowns: tuple[Unknown, ...]
    dangling: tuple[PolicyFinding, ...] = ()
    roles: tuple[OutsideRole, ...] | None = None
    listed: frozenset[str] = frozenset()
    origins_known: bool | None = None
    asked: frozenset[str] = frozenset()

    @property
    def findings(self) -> tuple[PolicyFinding, ...]:
        """Of all buckets, and of origins without a bucket."""
        return (*(finding for one in self.buckets for finding in one.findings), *self.dangling)

    @property
    def complete(self) -> bool:
        """Whether every setting of every bucket was learnt."""
        return not self.unknowns and not any(one.verdicts.unknowns for one in self.buckets)

    @property
    def summary(self) -> Record:
        """Counts, and what is not known of the input as a whole."""
        record = summary_record((one.verdicts for one in self.buckets), self.findings)
        unknowns = [{"call": one.call, "reason": one.reason, "action": one.action or None} for one in self.unknowns]
        dangling = [{"bucketName": one.bucket} | finding_record(one) for one in self.dangling]
        return record | {"unknowns": unknowns, "danglingOrigins": dangling, "complete": self.complete}


Inside = Callable[[str], Sensitive | None]
"""What is known to be inside a bucket, by its name; None if nobody has looked."""


def judge_inventory(
    inventory: Inventory, trusted: Trusted, names: Iterable[str] = (), inside: Inside = lambda _bucket: None
) -> PostureReport:
    """Verdicts on the buckets, the highest risk first.

    :param names: only these; all others still tell whose a destination of replication is
    """
    trusted = _with_ours(trusted, inventory.ours)
    settings = [read_answers(answers) for answers in inventory.buckets]
    owners = {one.name: one.account for one in settings if one.account}
    wanted = set(names)
    keys = inventory.keys or {}
    verdicts = [judge(one, trusted, owners, keys.get(one.name)) for one in settings if not wanted or one.name in wanted]
    verdicts += [judge_google(one, trusted) for one in inventory.google]
    verdicts += [judge_azure(one, trusted) for one in inventory.azure]
    judged = [_judged(one, inside(one.settings.name), inventory) for one in verdicts]
    return PostureReport(
        tuple(sorted(judged, key=_worst_first)),
        inventory.unknowns,
        tuple(map(dangling_origin, inventory.dangling)),
        _roles(inventory, trusted, judged),
        listed=frozenset() if wanted else inventory.listed,
        origins_known=_origins_known(inventory),
        asked=frozenset(wanted),
    )


def _origins_known(inventory: Inventory) -> bool | None:
    if inventory.origins is None:
        return None
    return not any(one.call == calls.DISTRIBUTIONS.said for one in inventory.unknowns)


def _with_ours(trusted: Trusted, ours: frozenset[str]) -> Trusted:
    organizations = {one for one in ours if one.startswith("o-")}
    return replace(trusted, accounts=trusted.accounts | ours - organizations, organizations=trusted.organizations | organizations)


def _roles(inventory: Inventory, trusted: Trusted, judged: Iterable[Judged]) -> tuple[OutsideRole, ...] | None:
    if inventory.roles is None:
        return None
    buckets = {one.verdicts.settings.name: bool(one.sensitive and one.sensitive.worst) for one in judged}
    found = (role for answers in inventory.roles for role in outside_roles(answers, trusted, buckets))
    return tuple(sorted(found, key=worst_first))


def _judged(verdicts: BucketVerdicts, inside: Sensitive | None, inventory: Inventory) -> Judged:
    at = inventory.origins
    origins = None if at is None else tuple(one for one in at if one.bucket == verdicts.settings.name)
    return Judged(verdicts, raised(policy_findings(verdicts), inside), inside, origins, inventory.keys is not None)


def _worst_first(one: Judged) -> tuple[object, ...]:
    return (-one.risk, [-finding.severity for finding in one.findings], one.verdicts.settings.name)
