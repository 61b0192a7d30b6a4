"""Discovery from its settings to its report: survey, rounds of reading, scores."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from identifiers.model import Identifier
from scanner.config import StoreConfig
from scanner.discovery.choose import Budget, Chooser
from scanner.discovery.clusters import Cluster
from scanner.discovery.picked import PickedSource
from scanner.discovery.report import DayReport, bucket_records
from scanner.discovery.settings import JOB, DiscoverySettings
from scanner.discovery.survey import Prospect, Survey
from scanner.engine.allow_lists import load_allowed
from scanner.engine.circumstances import circumstances_of
from scanner.engine.digest import ruleset_digest
from scanner.engine.interrupt import Interrupt
from scanner.engine.key import load_key
from scanner.engine.progress import Progress
from scanner.engine.rulesets import choose_identifiers
from scanner.engine.scan import Scan
from scanner.errors import TargetError
from scanner.jobs.schedule import zone_named
from scanner.model.objects import ObjectRef
from scanner.model.result import ObjectResult
from scanner.reports.severity import count_in
from scanner.sources.options import options_of
from scanner.sources.s3 import buckets_of
from scanner.sources.s3_target import S3Target, parse_target
from scanner.sources.several import open_sources
from scanner.state.recorder import Recorder
from scanner.state.spent import spent_since
from scanner.state.store import Store
from scanner.version import VERSION


@dataclass(frozen=True, slots=True)
class DiscoverySurroundings:
    """What discovery needs besides its settings.

    :param now: with time zone
    :param deliver: takes each result
    """

    now: datetime
    interrupt: Interrupt
    deliver: Callable[[ObjectResult], None] = lambda _result: None
    on_progress: Callable[[Progress], None] = lambda _progress: None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


class Discovery:
    """One run of discovery.

    :param store: a state store that is open for writing; what is in it counts as analysed, whoever put it there
    :raises ConfigError: for settings that cannot be used; as IdentifierError

    :ivar identifiers: what is looked for
    :ivar surveyed: everything was listed, so that a report tells of everything
    """

    def __init__(self, settings: DiscoverySettings, store: Store, around: DiscoverySurroundings) -> None:
        scan = settings.scan
        self.identifiers = choose_identifiers(scan.select, scan.deselect, scan.identifier_files, ignore_examples=scan.ignore_examples)
        targets = expanded(scan.targets, settings.left_out, scan.sources.store)
        self._settings = replace(settings, scan=replace(scan, targets=targets))
        self._store = store
        self._around = around
        self._by_id: dict[str, Identifier] = {one.id: one for one in self.identifiers}
        self._source = open_sources(targets, options_of(scan.sources))
        self._survey = Survey(store, around.now, dict(settings.ignored), settings.day_bytes, self._circumstance())
        self._read: Counter[Cluster] = Counter()
        self._bytes = 0
        self.surveyed = False

    def report(self, *, reading: bool = True) -> DayReport:
        """What is known in the end.

        :param reading: False only lists, and says what is known already
        :raises TargetError: if a target cannot be listed at all
        :raises StateError: if the store cannot be used
        """
        self.surveyed = self._survey.take(self._source, self._goes_on)
        budget = self._budget()
        if reading and self.surveyed:
            self._spend(budget)
        buckets = bucket_records(self._survey, self._settings, self._read)
        return DayReport(buckets, self._summary(budget, buckets))

    def _goes_on(self, met: int) -> bool:
        self._around.on_progress(Progress(met, 0, 0, 0, None, listed_all=False))
        return not self._around.interrupt.wanted

    def _spend(self, budget: Budget) -> None:
        survey = self._survey
        chooser = Chooser({cluster: survey.prospects(cluster) for cluster in survey.clusters})
        chosen, gone = chooser.broad(survey.clusters, budget) or chooser.deep(survey.clusters, budget), survey.vanished
        while (chosen or gone) and not self._around.interrupt.wanted:
            self._round(chosen, gone)
            chosen, gone = chooser.deep(survey.clusters, budget), []
        for prospect in chosen:
            # Chosen, and not come to.
            budget.objects += 1
            budget.size += prospect.stored.size

    def _round(self, chosen: list[Prospect], gone: list[ObjectRef]) -> None:
        for prospect in chosen:
            self._survey.pick(prospect)
        source = PickedSource(self._source, [prospect.stored for prospect in chosen], gone)
        memory = Recorder(self._store, job=JOB)
        around = self._around
        scan = Scan(
            self._settings.scan,
            identifiers=self.identifiers,
            source=source,
            interrupt=around.interrupt,
            on_progress=around.on_progress,
            environment=around.environment,
            memory=memory,
        )
        for result in scan:
            self._learn(result)
            around.deliver(result)
        memory.finish(scan.summary())

    def _learn(self, result: ObjectResult) -> None:
        severities = {one.identifier.id: one.severity for one in count_in(result.detections, self._by_id)}
        cluster = self._survey.learn(result, severities)
        if cluster is not None:
            self._read[cluster] += 1
            self._bytes += result.bytes_read

    def _budget(self) -> Budget:
        """What is left of the day's."""
        settings, zone = self._settings, zone_named(self._settings.timezone)
        midnight = datetime.combine(self._around.now.astimezone(zone).date(), time(), zone)
        spent = spent_since(self._store, JOB, midnight)
        return Budget(max(0, settings.day_objects - spent.objects), max(0, settings.day_bytes - spent.size))

    def _circumstance(self) -> int:
        """The number of the circumstances of a run from now on; -1 if nothing was ever read in them."""
        scan = self._settings.scan
        key, _warning = load_key(self._around.environment)
        digest = ruleset_digest(self.identifiers, VERSION, load_allowed(scan.allow_lists, scan.allow_regexes))
        found = circumstances_of(scan, digest, key)
        row = self._store.one("SELECT id FROM circumstance WHERE rules = ? AND reading = ?", (found.rules, found.reading))
        return int(row[0] or -1) if row else -1

    def _summary(self, budget: Budget, buckets: tuple[dict[str, object], ...]) -> dict[str, object]:
        bands = Counter(str(record["band"]) for record in buckets)
        return {
            "record": "discovery",
            "started": self._around.now.isoformat(),
            "buckets": len(buckets),
            "bands": dict(sorted(bands.items())),
            "readObjects": self._read.total(),
            "readBytes": self._bytes,
            "leftOfTheDay": {"objects": budget.objects, "bytes": budget.size},
            "vanished": len(self._survey.vanished),
            "complete": self.surveyed and not self._survey.unlisted,
            "interrupted": self._around.interrupt.wanted,
        }


def expanded(targets: tuple[str, ...], left_out: tuple[str, ...], store: StoreConfig) -> tuple[str, ...]:
    """`targets` with the buckets that patterns mean written out, and without those that are left out.

    :raises TargetError: if nothing is left, or the buckets cannot be listed
    """
    kept = [one for target in targets for one in _written_out(target, store) if not _is_left_out(one, left_out)]
    if not kept:
        raise TargetError(f"{', '.join(targets)}: there is no bucket that is not left out")
    return tuple(dict.fromkeys(kept))


def _written_out(target: str, store: StoreConfig) -> Iterator[str]:
    parsed = parse_target(target) if target.startswith("s3://") else None
    if parsed is None or not parsed.is_pattern:
        yield target
        return
    yield from (f"s3://{bucket}/{parsed.prefix}" for bucket in buckets_of(store) if parsed.means(bucket))


def _is_left_out(target: str, left_out: tuple[str, ...]) -> bool:
    return target.startswith("s3://") and any(S3Target(pattern).means(parse_target(target).bucket) for pattern in left_out)
