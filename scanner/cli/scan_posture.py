"""`dowse scan --posture`: who can have what is found, judged before the scan begins and told with it."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.cli.exports import exported
from scanner.cli.outputs import Output, Outputs, placeless
from scanner.config import ScanConfig
from scanner.errors import ConfigError
from scanner.model.exposure import ObjectExposure, Reachable
from scanner.model.objects import ObjectRef
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.posture.exposed import exposed
from scanner.posture.file_exposure import file_exposure
from scanner.posture.inventory import Inventory
from scanner.posture.judged import PostureReport, judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.readable import Readable, exposure_in, readable
from scanner.posture.records import Record
from scanner.posture.sensitive import NOTHING_FOUND, Sensitive
from scanner.reports.amounts import of
from scanner.reports.policies import bucket_findings
from scanner.state.postures import PostureMemory, PostureRun
from scanner.state.sensitive import SensitiveSum, sensitive_in

if TYPE_CHECKING:
    from identifiers.model import Identifier
    from scanner.state.recorder import Recorder
    from scanner.state.store import Store

Screen = Callable[[ObjectResult], ObjectResult]
_OTHER_STORES: Final = ("az://", "gs://", "http://", "https://")


@dataclass(slots=True)
class ScanPosture:
    """How what a scan reads is set up.

    :param inventory: the buckets among its targets
    :param endpoint: of their store; empty for Amazon's
    :ivar files: files something was found in, by who can have them; None for those that nobody else can
    """

    inventory: Inventory
    trusted: Trusted
    endpoint: str = ""
    exports: tuple[str, ...] = ()
    files: Counter[Reachable | None] = field(default_factory=Counter)
    _inside: dict[str, SensitiveSum] = field(default_factory=dict)
    _known: dict[str, Sensitive] = field(default_factory=dict)
    _ways: dict[str, tuple[Readable, ...]] = field(default_factory=dict)
    _changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self._ways = {one.verdicts.settings.name: readable(one.verdicts) for one in self.report.buckets}

    @property
    def report(self) -> PostureReport:
        """The verdicts on the buckets, given what was found in them so far."""
        return judge_inventory(self.inventory, self.trusted, (), self._sensitive)

    @property
    def records(self) -> list[Record]:
        """Of the buckets; what is inside is left open, since the scan is to tell."""
        return [one.record for one in judge_inventory(self.inventory, self.trusted).buckets]

    def over(self, screen: Screen) -> Screen:
        """Gives what `screen` leaves of a result, with who can have its object."""

        def told(result: ObjectResult) -> ObjectResult:
            left = screen(result)
            return exposed(left, self._exposure(left.object.ref)) if left.detections else left

        return told

    def count(self, result: ObjectResult, identifiers: "Mapping[str, Identifier]") -> None:
        """Takes note of what was found, and who can have it."""
        ref = result.object.ref
        if result.detections and ref.store == "file":
            self.files[result.exposure.to if result.exposure else None] += 1
        elif result.detections and ref.store == "s3":
            alone = [replace(one, raised=0) for one in result.detections]
            self._inside.setdefault(ref.bucket, SensitiveSum()).add(alone, identifiers)

    def write(self, sink: Outputs, outputs: Sequence[Output], memory: "Recorder | None", screen: Screen) -> None:
        """Writes the findings on the buckets; says which outputs have no place for them.

        :param memory: if there is one, what it knows of objects that this scan did not read counts, too, as far as `screen` leaves it
        """
        if not self.inventory.buckets:
            return
        if memory is not None:
            self._known = sensitive_in(memory.store, screen)
        for name in placeless(outputs):
            sys.stderr.write(f"dowse: warning: {name} has no place for findings on buckets; they are left out of it\n")
        report = self.report
        for record in (*(one.record for one in report.buckets), report.summary):
            for finding in bucket_findings(record):
                sink.offer_policy(finding)

    def keep(self, store: "Store", run: Run) -> None:
        """Remembers what was written."""
        if self.inventory.buckets:
            memory, report = PostureMemory(store, endpoint=self.endpoint), self.report
            remembered = memory.compare(report)
            memory.keep(report, remembered, PostureRun(run.started, run.targets))
            named = ("opened", "changed", "resolved")
            self._changes = tuple(f"{count} {name}" for name in named if (count := len(getattr(remembered.changes, name))))

    def whole(self, summary: Summary) -> Summary:
        """The summary, complete only if every setting was learnt, too."""
        return summary if self.report.complete else replace(summary, complete=False)

    def closing_words(self) -> str:
        """What it came to, a line for each kind of thing."""
        return "".join(f"dowse: {line}\n" for line in (*self._about_buckets(), *self._about_files()))

    def _about_buckets(self) -> Iterator[str]:
        report = self.report
        if not report.buckets and not report.unknowns:
            return
        public = report.summary["bucketCountByEffectivePermission"]
        unknown = f", {public['unknown']} not known" if public["unknown"] else ""
        since = f"; since earlier runs {', '.join(self._changes)}" if self._changes else ""
        yield f"posture: {of(len(report.buckets), 'bucket')}, {public['publiclyAccessible']} public{unknown}{since}"
        missing = sorted({one.action or one.call for judged in report.buckets for one in judged.verdicts.unknowns})
        if missing or report.unknowns:
            yield f"posture: not every setting is known (exit code 3): {', '.join((*missing, *(one.reason for one in report.unknowns)))}"

    def _about_files(self) -> Iterator[str]:
        if self.files:
            open_to = self.files[Reachable.MACHINE]
            yield f"posture: {of(self.files.total(), 'file')} with sensitive data, {open_to} open to everybody on this machine or beyond"

    def _exposure(self, ref: ObjectRef) -> ObjectExposure | None:
        if ref.store == "file":
            return file_exposure(os.path.join(ref.bucket, ref.key), self.exports)
        return exposure_in(self._ways.get(ref.bucket, ()), ref.key) if ref.store == "s3" else None

    def _sensitive(self, bucket: str) -> Sensitive:
        if bucket in self._known:
            return self._known[bucket]
        return self._inside[bucket].sensitive() if bucket in self._inside else NOTHING_FOUND


def open_posture(config: ScanConfig, trust: Sequence[str]) -> ScanPosture:
    """Asks for the settings of the buckets among the targets.

    :param trust: words for what counts as ours
    :raises ConfigError: if a word is none, if the store cannot be asked, or if the targets are not known before the scan
    """
    from scanner.posture.trusted_words import trusted_from

    if config.events is not None or config.inventory is not None:
        raise ConfigError("--posture is for targets; leave out --events and --inventory, or ask dowse posture")
    for target in config.targets:
        if target.lower().startswith(_OTHER_STORES):
            sys.stderr.write(f"dowse: warning: {target}: how it is set up is not looked at; --posture knows s3:// and folders\n")
    return ScanPosture(_inventory(config), trusted_from(trust), config.sources.store.endpoint_url or "", exported())


def _inventory(config: ScanConfig) -> Inventory:
    from scanner.posture.collect import collect
    from scanner.posture.store_clients import clients_of
    from scanner.sources.s3_target import parse_target

    targets = [parse_target(target) for target in config.targets if target.lower().startswith("s3://")]
    if not targets:
        return Inventory(())
    several = any(target.is_pattern for target in targets)
    found = collect(clients_of(config.sources.store), [] if several else sorted({target.bucket for target in targets}))
    meant = tuple(one for one in found.buckets if any(target.means(one.name) for target in targets))
    # All of an account were met only if all of them are meant.
    listed = found.listed if len(meant) == len(found.buckets) else frozenset[str]()
    return replace(found, buckets=meant, listed=listed)
