"""What `dowse report` writes of the state store: a run, and how buckets are set up."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scanner.cli.outputs import Output, Outputs, open_outputs, placeless
from scanner.cli.report_sources import Told
from scanner.cli.state_store import StateRequest, screen_for
from scanner.cli.store_choice import StorePlace
from scanner.engine.summary import Counts
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.posture.exposed import exposed
from scanner.posture.readable import Readable, exposure_in, readable_of
from scanner.posture.records import Record
from scanner.posture.rerank import with_inside
from scanner.reports.options import SinkOptions
from scanner.reports.policies import bucket_findings
from scanner.reports.read_run import posture_run, posture_summary
from scanner.state.declared import declared
from scanner.state.postures import KeptPosture, kept_posture
from scanner.state.replay import replay
from scanner.state.runs import ENDED
from scanner.state.sensitive import sensitive_in
from scanner.state.store import Store, open_store

if TYPE_CHECKING:
    from scanner.findings.screen import Screen


@dataclass(frozen=True, slots=True)
class StoreRequest:
    """What is to be told.

    :param place: of the store
    :param run_id: how the id of the run begins; None for the one that was last finished
    :param all_outcomes: also say of each object that has a record that it was scanned
    :param posture: also tell of buckets, if the store knows how they are set up
    """

    place: StorePlace
    run_id: str | None
    all_outcomes: bool
    posture: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    run: Run
    results: Iterable[ObjectResult]
    summary: Summary
    buckets: tuple[Record, ...]
    dangling: tuple[Record, ...]


def from_store(request: StoreRequest, outputs: Sequence[Output]) -> Told:
    """A report on a run that the state store remembers, without what is suppressed today.

    :raises StateError: if there is no such store or run
    """
    path, suppressions = request.place
    screen, _ = screen_for(StateRequest(path, wanted=True, suppressions=suppressions), datetime.now(UTC).date())
    with open_store(path) as store:
        kept = _kept(store, request, screen)
        if kept.buckets or kept.dangling:
            _tell_placeless(outputs)
        return _written(kept, store, screen, outputs, all_outcomes=request.all_outcomes)


def _written(kept: _Kept, store: Store, screen: "Screen", outputs: Sequence[Output], *, all_outcomes: bool) -> Told:
    identifiers = declared(store)
    counts = Counts(identifiers)
    severities: Counter[str] = Counter()
    ways = {(str(one["store"]), str(one["bucketName"])): tuple(map(readable_of, one["readable"])) for one in kept.buckets}
    with open_outputs(outputs, SinkOptions(identifiers, all_outcomes, posture=kept.buckets)) as sink:
        sink.begin(kept.run)
        for result in (_exposed(screen(one), ways) for one in kept.results):
            counts.add(result)
            sink.write(result)
        _write_policies(kept, sink, severities)
        now = counts.summary(seconds=kept.summary.seconds, cut_short=False)
        # What was read is told as it was; what of it is a finding may have changed with the rules.
        summary = replace(kept.summary, findings=now.findings, occurrences=now.occurrences, hidden=now.hidden)
        sink.finish(summary)
    severities.update(summary.findings)
    return Told(summary, severities, sink.failures)


def _exposed(result: ObjectResult, ways: Mapping[tuple[str, str], tuple[Readable, ...]]) -> ObjectResult:
    """What lies in a bucket that is open is as much worse as a scan with --posture would have it."""
    ref = result.object.ref
    return exposed(result, exposure_in(ways.get((ref.store, ref.bucket), ()), ref.key))


def _write_policies(kept: _Kept, sink: Outputs, severities: Counter[str]) -> None:
    for record in (*kept.buckets, {"danglingOrigins": kept.dangling}):
        for finding in bucket_findings(record):
            severities[finding.severity] += 1
            sink.offer_policy(finding)


def _kept(store: Store, request: StoreRequest, screen: Callable[[ObjectResult], ObjectResult]) -> _Kept:
    posture = kept_posture(store) if request.posture else None
    if posture is None:
        return _Kept(*replay(store, request.run_id), (), ())
    inside = {kind: sensitive_in(store, screen, kind) for kind in {record["store"] for record in posture.buckets}}
    buckets = tuple(with_inside(record, inside[record["store"]].get(str(record["bucketName"]))) for record in posture.buckets)
    ranked = tuple(sorted(buckets, key=lambda one: (-one["risk"], one["bucketName"])))
    dangling = tuple(posture.summary.get("danglingOrigins") or ())
    if request.run_id is None and store.one(f"SELECT 1 FROM run WHERE {ENDED}") is None:  # noqa: S608 - our own words
        return _Kept(posture_run(posture.run.targets, posture.run.started), (), _summary(posture), ranked, dangling)
    run, results, summary = replay(store, request.run_id)
    return _Kept(run, results, replace(summary, complete=summary.complete and _complete(posture)), ranked, dangling)


def _summary(posture: KeptPosture) -> Summary:
    return posture_summary(complete=_complete(posture))


def _complete(posture: KeptPosture) -> bool:
    """Whether everything that was asked of the store of buckets is known."""
    return not posture.summary.get("unknowns") and not any(record["unknowns"] for record in posture.buckets)


def _tell_placeless(outputs: Sequence[Output]) -> None:
    for name in placeless(outputs):
        sys.stderr.write(f"dowse: warning: {name} has no place for findings on buckets; they are left out of it\n")
