"""One run from its settings to its results; what the command line, the Python interface and jobs are built on."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from identifiers.model import Identifier
from scanner.config import ScanConfig
from scanner.detection.conclude import conclude, count_allowed
from scanner.detection.rules import Rule, make_rules
from scanner.detection.settings import DetectionSettings
from scanner.engine.allow_lists import load_allowed
from scanner.engine.catalogue import cached_catalogue
from scanner.engine.circumstances import circumstances_of
from scanner.engine.clock import start_clock
from scanner.engine.compiled import CompiledCache
from scanner.engine.digest import ruleset_digest, with_allowed
from scanner.engine.executors import Executors
from scanner.engine.interrupt import Interrupt
from scanner.engine.key import load_key
from scanner.engine.listing import Listing
from scanner.engine.name_settings import missing_for_names
from scanner.engine.parts import Assembly
from scanner.engine.plan import TaskSizes, plan
from scanner.engine.progress import Progress
from scanner.engine.reorder import Reorder
from scanner.engine.rulesets import choose_identifiers
from scanner.engine.run_record import make_run
from scanner.engine.scheduler import Scheduler
from scanner.engine.setup import ScanSetup
from scanner.engine.split import splittable
from scanner.engine.summary import Counts
from scanner.engine.task import Reading, Settled, Task, TaskResult
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.model.traffic import Traffic
from scanner.readers.budget import Limits
from scanner.sources.base import Source
from scanner.sources.chosen import choose_source
from scanner.sources.events import EventsSource
from scanner.sources.traffic import TRAFFIC
from scanner.version import VERSION

if TYPE_CHECKING:
    from scanner.engine.worker_process import WorkerProcess

    # Its owner has imported it; a scan without a state store has no use for SQLite.
    from scanner.state.recorder import Recorder


class Scan:
    """A run, ready to start.

        with interruptible() as interrupt:
            scan = Scan(ScanConfig(("data",)), interrupt=interrupt)
            sink.begin(scan.run)
            for result in scan:
                sink.write(result)
            sink.finish(scan.summary())

    Each listed object gives exactly one result, in the order of the listing, whatever the number of workers. An
    interrupted run gives what it has and leaves out the rest.

    :param identifiers: what is looked for; by default what `config` selects
    :param source: what is scanned; by default what `config.targets` name
    :param on_progress: called whenever something is done, in the thread that iterates
    :param interrupt: asks the run to end early
    :param sizes: how work is cut
    :param screen: takes out of each result what is not to be reported, after it is remembered and before it is counted
    :param standby: the first worker, already started; ended by whoever started it
    :param memory: what is known of earlier runs, and is to know of this one; None reads everything and keeps nothing
    :raises ConfigError: if something is wrong with the settings, before anything is read
    :raises IdentifierError: as `choose_identifiers`

    :ivar run: the record of how it was set up
    :ivar identifiers: what is looked for
    :ivar warnings: what the user should know before it starts
    """

    def __init__(
        self,
        config: ScanConfig,
        *,
        identifiers: tuple[Identifier, ...] | None = None,
        source: Source | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        interrupt: Interrupt | None = None,
        environment: Mapping[str, str] = os.environ,
        sizes: TaskSizes | None = None,
        memory: "Recorder | None" = None,
        screen: Callable[[ObjectResult], ObjectResult] | None = None,
        standby: "WorkerProcess | None" = None,
    ) -> None:
        self._config = config
        self._clock = start_clock(environment)
        key, warning = load_key(environment)
        cache = CompiledCache(environment, key)
        self.identifiers = identifiers or _chosen(config, cache)
        allow = load_allowed(config.allow_lists, config.allow_regexes)
        self._source = source or choose_source(config)
        told = self._source.warnings if isinstance(self._source, EventsSource) else ()
        self.warnings = (*filter(None, (warning, missing_for_names(config, self.identifiers))), *told)
        digest = ruleset_digest(self.identifiers, VERSION)
        self.run = make_run(config, self.identifiers, self._clock, with_allowed(digest, allow))
        self._settings = DetectionSettings(
            key,
            config.min_confidence,
            config.max_occurrences,
            config.reveal,
            allow,
            config.inline_allow,
            config.names,
            config.names_cap,
            config.names_model,
        )
        self._executors = Executors(self._setup(config), cache, digest, config.workers.processes, standby)
        self._interrupt = interrupt or Interrupt()
        self._on_progress = on_progress or (lambda _progress: None)
        self._sizes = sizes or TaskSizes()
        self._by_id = {identifier.id: identifier for identifier in self.identifiers}
        self._counts = Counts(self._by_id)
        self._memory = memory
        self._screen = screen or (lambda result: result)
        self._listing = Listing(self._source)
        self._reorder = Reorder()
        self._scheduler = Scheduler(
            self._executors.of, self._executors.slots, has_room=lambda: self._reorder.has_room, interrupt=self._interrupt
        )
        self._assemblies: dict[int, Assembly] = {}
        self._bytes_done = 0
        self._traffic = Traffic()
        self._objects_done = 0

    def __iter__(self) -> Iterator[ObjectResult]:
        """The results; once. Raises TargetError if a target cannot be listed, and WorkerStartError."""
        try:
            self.begin_memory()
            steps = plan(self._listing.steps(), self._sizes, partial(splittable, source=self._source))
            for step in self._scheduler.run(steps):
                self._take(step)
                yield from self._counted(self._reorder.ready())
                self._tell()
            yield from self._counted(self._reorder.rest())
            if self._memory and self._is_over:
                yield from self._vanished(self._memory)
        finally:
            self._executors.close()

    def begin_memory(self) -> None:
        """Tell the memory, if there is one, that the run starts; iterating does."""
        if self._memory:
            circumstances = circumstances_of(self._config, self.run.ruleset_digest, self._settings.key)
            self._memory.begin(self.run, circumstances, self._source, self._by_id, reveal=self._settings.reveal)
            self._listing = Listing(self._memory.listing_of(self._source), self._memory.recall, self._memory.listed_before)

    def written(self, result: ObjectResult) -> None:
        """Say that a result was handed to all outputs; what told of the object waits for it."""
        if isinstance(self._source, EventsSource):
            self._source.written(result)

    def committed(self) -> None:
        """Say that what was handed to the outputs is safe there."""
        if isinstance(self._source, EventsSource):
            self._source.committed()

    def close(self) -> None:
        """Let go of what the source holds; to be called last."""
        if isinstance(self._source, EventsSource):
            self._source.close()

    def summary(self) -> Summary:
        """What the results that were given out come to."""
        events = self._source.counts if isinstance(self._source, EventsSource) else {}
        self._traffic += TRAFFIC.take()
        requests = asdict(self._traffic) if self._traffic else {}
        return self._counts.summary(seconds=self._clock.seconds, cut_short=not self._is_over, events=events, requests=requests)

    @property
    def _is_over(self) -> bool:
        """Whether every object there is has its result."""
        return self._listing.over and self._objects_done == self._listing.objects

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        """What the parts of an object are judged by; much sooner made than a whole detector."""
        return make_rules(self.identifiers)

    def _setup(self, config: ScanConfig) -> ScanSetup:
        limits = Limits(**asdict(config.limits))
        workers = config.workers
        return ScanSetup(self._source, self.identifiers, self._settings, None, limits, workers.timeout, workers.memory_bytes)

    def _take(self, step: tuple[Task, TaskResult] | Settled) -> None:
        if isinstance(step, Settled):
            self._reorder.put(step.position, step.result if step.known else self._kept([step.result])[0])
            return
        task, result = step
        if isinstance(result, Reading):
            self._bytes_done += result.bytes_read
            self._traffic += result.traffic
            self._assemble(task, result)
            return
        self._bytes_done += task.size
        for entry, one in zip(task.entries, self._kept(result), strict=True):
            self._traffic += one.traffic
            self._reorder.put(entry.position, one)

    def _assemble(self, task: Task, reading: Reading) -> None:
        entry = task.entries[0]
        assembly = self._assemblies.get(entry.position)
        if assembly is None:
            limit, name = self._settings.max_occurrences, entry.stored.ref.key
            detections = partial(conclude, rules=self._rules, settings=self._settings, name=name)
            allowed = partial(count_allowed, rules=self._rules, settings=self._settings, name=name)
            assembly = Assembly(entry, self._sizes.part_bytes, limit, detections, allowed)
            self._assemblies[entry.position] = assembly
        self._scheduler.first(assembly.receive(task, reading))
        if assembly.finished:
            del self._assemblies[entry.position]
            result = assembly.result()
            stored = self._source.described(result.object) if result.detections else result.object
            self._reorder.put(entry.position, self._kept([replace(result, object=stored)])[0])

    def _kept(self, results: Sequence[ObjectResult]) -> Sequence[ObjectResult]:
        return self._memory.keep(results) if self._memory else results

    def _vanished(self, memory: "Recorder") -> Iterator[ObjectResult]:
        yield from map(self._screened, memory.vanished())
        self._counts.add_unseen(memory.unseen)

    def _screened(self, result: ObjectResult) -> ObjectResult:
        shown = self._screen(result)
        self._counts.add(shown)
        return shown

    def _counted(self, results: Iterator[ObjectResult]) -> Iterator[ObjectResult]:
        for result in results:
            self._objects_done += 1
            if self._memory and not self._interrupt.wanted:
                self._memory.passed(result.object.ref)
            yield self._screened(result)

    def _tell(self) -> None:
        listing = self._listing
        done = (self._objects_done, self._bytes_done)
        self._on_progress(Progress(listing.objects, listing.size, *done, self._scheduler.current, listing.over))


def _chosen(config: ScanConfig, cache: CompiledCache) -> tuple[Identifier, ...]:
    catalogue = cached_catalogue(cache)
    return choose_identifiers(
        config.select,
        config.deselect,
        config.identifier_files,
        ignore_examples=config.ignore_examples,
        catalogue=catalogue,
        names=config.names,
    )
