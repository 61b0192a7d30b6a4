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
from scanner.discovery.settings import DiscoverySettings
from scanner.discovery.survey import Prospect, Survey
from scanner.engine.allow_lists import load_allowed
from scanner.engine.circumstances import circumstances_of
from scanner.engine.clock import start_clock
from scanner.engine.digest import ruleset_digest, with_allowed
from scanner.engine.interrupt import Interrupt
from scanner.engine.key import load_key
from scanner.engine.name_settings import missing_for_names
from scanner.engine.progress import Progress
from scanner.engine.rulesets import choose_identifiers
from scanner.engine.run_record import make_run
from scanner.engine.scan import Scan
from scanner.engine.summary import Counts
from scanner.errors import TargetError
from scanner.jobs.schedule import zone_named
from scanner.model.objects import ObjectRef
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.reports.severity import count_in
from scanner.sources.base import Source
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
    :param scope: what of a source is looked at
    :param screen: takes out of results what is not to be reported; scores count it all the same
    """

    now: datetime
    interrupt: Interrupt
    on_progress: Callable[[Progress], None] = lambda _progress: None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    scope: Callable[[Source], Source] = lambda source: source
    screen: Callable[[ObjectResult], ObjectResult] = lambda result: result


class Discovery:
    """One run of discovery.

        for result in discovery.results():      # lists everything, then reads what the day allows
            ...
        report = discovery.report()

    :param store: a state store that is open for writing; what is in it counts as analysed, whoever put it there
    :raises ConfigError: for settings that cannot be used; as IdentifierError

    :ivar run: the record of how it was set up
    :ivar identifiers: what is looked for
    :ivar warnings: what the user should know before it starts
    :ivar surveyed: everything was listed, so that a report tells of everything
    """

    def __init__(self, settings: DiscoverySettings, store: Store, around: DiscoverySurroundings) -> None:
        scan = settings.scan
        self.identifiers = choose_identifiers(
            scan.select, scan.deselect, scan.identifier_files, ignore_examples=scan.ignore_examples, names=scan.names
        )
        targets = expanded(scan.targets, settings.left_out, scan.sources.store)
        self._settings = replace(settings, scan=replace(scan, targets=targets))
        self._store = store
        self._around = around
        self._clock = start_clock(around.environment)
        self._by_id: dict[str, Identifier] = {one.id: one for one in self.identifiers}
        self._allow = load_allowed(scan.allow_lists, scan.allow_regexes)
        self.run = make_run(scan, self.identifiers, self._clock, with_allowed(ruleset_digest(self.identifiers, VERSION), self._allow))
        key, warning = load_key(around.environment)
        self.warnings = tuple(filter(None, (warning, missing_for_names(scan, self.identifiers))))
        self._source = around.scope(open_sources(targets, options_of(scan.sources)))
        circumstance = self._circumstance(key)
        self._survey = Survey(store, around.now, ignored=settings.ignored, day_bytes=settings.day_bytes, circumstance=circumstance)
        self._counts = Counts(self._by_id)
        self._read: Counter[Cluster] = Counter()
        self._bytes = 0
        self._left = Budget(0, 0)
        self.surveyed = False

    def results(self, *, reading: bool = True) -> Iterator[ObjectResult]:
        """What became of each object that is read; once.

        :param reading: False only lists
        :raises TargetError: if a target cannot be listed at all
        :raises StateError: if the store cannot be used
        """
        self.surveyed = self._survey.take(self._source, self._goes_on)
        self._left = self._budget()
        if reading and self.surveyed:
            yield from self._spend(self._left)

    def report(self) -> DayReport:
        """What is known when the results are given out."""
        buckets = bucket_records(self._survey, self._settings, self._read)
        return DayReport(buckets, self._summary(self._left, buckets))

    def summary(self) -> Summary:
        """What the results that were given out come to. Complete if everything could be listed: what was not chosen is not missing."""
        counted = self._counts.summary(seconds=self._clock.seconds, cut_short=self._around.interrupt.wanted, events={}, requests={})
        return replace(counted, complete=self.surveyed and not self._survey.unlisted and not counted.interrupted)

    def _goes_on(self, met: int) -> bool:
        self._around.on_progress(Progress(met, 0, 0, 0, None, listed_all=False))
        return not self._around.interrupt.wanted

    def _spend(self, budget: Budget) -> Iterator[ObjectResult]:
        survey = self._survey
        chooser = Chooser({cluster: survey.prospects(cluster) for cluster in survey.clusters})
        chosen, gone = chooser.broad(survey.clusters, budget) or chooser.deep(survey.clusters, budget), survey.vanished
        while (chosen or gone) and not self._around.interrupt.wanted:
            yield from self._round(chosen, gone)
            chosen, gone = chooser.deep(survey.clusters, budget), []
        for prospect in chosen:
            # Chosen, and not come to.
            budget.objects += 1
            budget.size += prospect.stored.size

    def _round(self, chosen: list[Prospect], gone: list[ObjectRef]) -> Iterator[ObjectResult]:
        for prospect in chosen:
            self._survey.pick(prospect)
        source = PickedSource(self._source, [prospect.stored for prospect in chosen], gone)
        memory = Recorder(self._store, job=self._settings.job)
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
            shown = around.screen(result)
            self._counts.add(shown)
            yield shown
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
        spent = spent_since(self._store, settings.job, midnight)
        return Budget(max(0, settings.day_objects - spent.objects), max(0, settings.day_bytes - spent.size))

    def _circumstance(self, key: bytes) -> int:
        """The number of the circumstances of a run from now on; -1 if nothing was ever read in them."""
        found = circumstances_of(self._settings.scan, self.run.ruleset_digest, key)
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
