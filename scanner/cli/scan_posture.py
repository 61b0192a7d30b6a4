"""`dowse scan --posture`: who can have what is found, judged before the scan begins and told with it."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from scanner.cli.outputs import Output, Outputs, placeless
from scanner.cli.scanned_store import ScannedStore
from scanner.model.exposure import ObjectExposure, Reachable
from scanner.model.objects import ObjectRef
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.posture.exposed import exposed
from scanner.posture.file_exposure import file_exposure
from scanner.posture.judged import PostureReport
from scanner.posture.records import Record
from scanner.reports.amounts import of
from scanner.reports.policies import bucket_findings
from scanner.state.postures import PostureRun

if TYPE_CHECKING:
    from identifiers.model import Identifier
    from scanner.state.recorder import Recorder
    from scanner.state.store import Store

Screen = Callable[[ObjectResult], ObjectResult]


@dataclass(slots=True)
class ScanPosture:
    """How what a scan reads is set up.

    :param stores: by kind: s3, gs, az; those with buckets among the targets
    :param exports: folders that other machines see
    :ivar files: files something was found in, by who can have them; None for those that nobody else can
    """

    stores: Mapping[str, ScannedStore]
    exports: tuple[str, ...] = ()
    files: Counter[Reachable | None] = field(default_factory=Counter)
    _changes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def records(self) -> list[Record]:
        """Of the buckets; what is inside is left open, since the scan is to tell."""
        return [one.record for store in self.stores.values() for one in store.alone.buckets]

    def over(self, screen: Screen) -> Screen:
        """Gives what `screen` leaves of a result, with who can have its object."""
        return partial(self._screened, screen)

    def count(self, result: ObjectResult, identifiers: "Mapping[str, Identifier]") -> None:
        """Takes note of what was found, and who can have it."""
        store = result.object.ref.store
        if result.detections and store == "file":
            self.files[result.exposure.to if result.exposure else None] += 1
        elif result.detections and store in self.stores:
            self.stores[store].count(result, identifiers)

    def write(self, sink: Outputs, outputs: Sequence[Output], memory: "Recorder | None", screen: Screen) -> None:
        """Writes the findings on the buckets; says which outputs have no place for them.

        :param memory: if there is one, what it knows of objects that this scan did not read counts, too, as far as `screen` leaves it
        """
        for store in self.stores.values():
            for finding in store.recall(memory.store, screen) if memory is not None else ():
                sink.offer_resolved(finding)
        for name in placeless(outputs) if self.stores else ():
            sys.stderr.write(f"dowse: warning: {name} has no place for findings on buckets; they are left out of it\n")
        for report in self._reports:
            for record in (*(one.record for one in report.buckets), report.summary):
                for finding in bucket_findings(record):
                    sink.offer_policy(finding)

    def keep(self, store: "Store", run: Run, *, delivered: bool) -> None:
        """Remembers what was written.

        :param delivered: False if an output did not take it, so that the next run tells it once more
        """
        told = PostureRun(run.started, run.targets, delivered)
        self._changes = {kind: one.keep(store, told) for kind, one in self.stores.items()}

    def whole(self, summary: Summary) -> Summary:
        """The summary, complete only if every setting was learnt, too."""
        return summary if all(report.complete for report in self._reports) else replace(summary, complete=False)

    def closing_words(self) -> str:
        """What it came to, a line for each kind of thing."""
        lines = [line for kind, one in self.stores.items() for line in _about_buckets(one.report, self._changes.get(kind, ()))]
        return "".join(f"dowse: posture: {line}\n" for line in (*lines, *self._about_files()))

    @property
    def _reports(self) -> list[PostureReport]:
        return [store.report for store in self.stores.values()]

    def _about_files(self) -> Iterator[str]:
        if self.files:
            open_to = self.files[Reachable.MACHINE]
            yield f"{of(self.files.total(), 'file')} with sensitive data, {open_to} open to everybody on this machine or beyond"

    def _screened(self, screen: Screen, result: ObjectResult) -> ObjectResult:
        left = screen(result)
        return exposed(left, self._exposure(left.object.ref)) if left.detections else left

    def _exposure(self, ref: ObjectRef) -> ObjectExposure | None:
        if ref.store == "file":
            return file_exposure(os.path.join(ref.bucket, ref.key), self.exports)
        return self.stores[ref.store].exposure(ref) if ref.store in self.stores else None


def _about_buckets(report: PostureReport, changes: tuple[str, ...]) -> Iterator[str]:
    public = report.summary["bucketCountByEffectivePermission"]
    unknown = f", {public['unknown']} not known" if public["unknown"] else ""
    since = f"; since earlier runs {', '.join(changes)}" if changes else ""
    yield f"{of(len(report.buckets), 'bucket')}, {public['publiclyAccessible']} public{unknown}{since}"
    missing = {one.action or one.call for judged in report.buckets for one in judged.verdicts.unknowns}
    if missing or report.unknowns:
        yield f"not every setting is known (exit code 3): {', '.join((*sorted(missing), *(one.reason for one in report.unknowns)))}"
