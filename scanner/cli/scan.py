"""`dowse scan`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from scanner.cli import options as flag
from scanner.cli.exit_codes import ExitCode
from scanner.cli.flag_groups import grouped
from scanner.cli.options import Level
from scanner.cli.scan_flags import (
    CostFlags,
    FindFlags,
    MemoryFlags,
    PostureFlags,
    ShareFlags,
    StoreFlags,
    ToldFlags,
    WhatFlags,
    WriteFlags,
    moment_of,
    share_of,
    size_of,
)
from scanner.config import ScanConfig, SourceConfig
from scanner.model.occurrence import Confidence
from scanner.model.records import Summary

if TYPE_CHECKING:
    from scanner.cli.state_store import StateRequest
    from scanner.engine.worker_process import WorkerProcess

_SCAN = ScanConfig(())


@grouped
def scan(
    targets: flag.Targets = [],  # noqa: B006 - read by typer, never changed
    *,
    told: ToldFlags,
    what: WhatFlags,
    store: StoreFlags,
    share: ShareFlags,
    find: FindFlags,
    write: WriteFlags,
    cost: CostFlags,
    memory: MemoryFlags,
    posture: PostureFlags,
) -> None:
    """Finds sensitive data in folders, files and buckets.

    Findings go to standard output, progress and summary to standard error. Exit codes: 0 everything was scanned, 1 a finding is
    at or above --fail-on, 2 the command line or a file of yours is wrong, 3 something could not be scanned, 4 an output could not
    be delivered, 130 and 143 interrupted.
    """
    config = _config(tuple(targets), _sources(what, share, store), find=find, write=write, cost=cost, told=told)
    if share.dry_run:
        _dry_run(config, write.format)
        return
    with _standby(config) as standby:
        summary, ended = _run(config, write, memory, posture, standby)
    raise typer.Exit(ended or _exit_code(summary, write.fail_on))


@contextmanager
def _standby(config: ScanConfig) -> "Iterator[WorkerProcess | None]":
    """The first worker, which comes up while this process reads the catalogue and lists: both take a third of a second."""
    if config.workers.processes == 0:
        yield None
        return
    from scanner.engine.worker_process import WorkerProcess

    worker = WorkerProcess()
    try:
        yield worker
    finally:
        worker.discard()


def _run(
    config: ScanConfig, write: WriteFlags, memory: MemoryFlags, posture: PostureFlags, standby: "WorkerProcess | None"
) -> tuple[Summary, int]:
    from scanner.cli.run_scan import ScanRequest, run

    request = ScanRequest(
        config,
        write.format,
        tuple(write.output),
        all_outcomes=write.all_outcomes,
        quiet=write.quiet,
        progress=write.progress,
        memory=_memory(memory),
        into_scanned=write.into_scanned_bucket,
        data_catalogue=write.data_catalogue,
        posture=posture.ours(),
        standby=standby,
    )
    return run(request)


def _config(
    targets: tuple[str, ...], sources: SourceConfig, *, find: FindFlags, write: WriteFlags, cost: CostFlags, told: ToldFlags
) -> ScanConfig:
    return ScanConfig(
        targets=targets,
        select=tuple(find.select) or _SCAN.select,
        deselect=tuple(find.deselect),
        identifier_files=tuple(find.identifiers),
        ignore_examples=find.ignore_examples,
        allow_lists=tuple(find.allow_list),
        allow_regexes=tuple(find.allow_regex),
        inline_allow=find.inline_allow,
        names=find.names,
        names_model=find.names_model,
        names_cap=None if find.no_cap else _SCAN.names_cap,
        min_confidence=Confidence[find.min_confidence.name],
        max_occurrences=write.max_occurrences,
        reveal=write.reveal,
        sources=sources,
        limits=cost.limits(),
        workers=cost.processes(),
        inventory=told.inventory,
        events=told.config(),
    )


def _sources(what: WhatFlags, share: ShareFlags, store: StoreFlags) -> SourceConfig:
    now = datetime.now(UTC)
    return SourceConfig(
        include=tuple(what.include),
        exclude=tuple(what.exclude),
        min_size=size_of(what.min_size),
        max_size=size_of(what.max_size),
        modified_since=moment_of(what.modified_since, now),
        modified_before=moment_of(what.modified_before, now),
        extensions=tuple(what.extension),
        follow_symlinks=what.follow_symlinks,
        name=what.name,
        all_versions=what.all_versions,
        version_id=what.version_id,
        storage_classes=tuple(what.storage_class),
        exclude_storage_classes=tuple(what.exclude_storage_class),
        tags=tuple(what.tag),
        exclude_tags=tuple(what.exclude_tag),
        bucket_tags=tuple(what.bucket_tag),
        folder_depth=share.folder_depth,
        sample=share_of(share.sample),
        sample_seed=share.sample_seed,
        store=store.config(),
    )


def _memory(flags: MemoryFlags) -> "StateRequest":
    from scanner.cli.state_store import StateRequest

    wanted = flags.incremental or flags.state is not None
    return StateRequest(flags.state, wanted, flags.full, tuple(flags.suppressions), flags.baseline, flags.resume_listing)


def _dry_run(config: ScanConfig, format_name: str | None) -> None:
    from scanner.cli.dry_run import dry_run
    from scanner.cli.event_commits import is_queue
    from scanner.errors import ConfigError
    from scanner.reports.registry import check_format
    from scanner.sources.chosen import choose_source

    if is_queue(config.events):
        raise ConfigError("--dry-run would take messages from the queue; it is for targets and files of events")
    check_format(format_name or "table")
    as_json = format_name == "jsonl" or (format_name is None and not sys.stdout.isatty())
    dry_run(choose_source(config), as_json=as_json)


def _exit_code(summary: Summary, fail_on: Level | None) -> ExitCode:
    """Findings that the user asked to fail on come before incomplete coverage."""
    levels = list(Level)
    if fail_on is not None and any(summary.findings.get(level.value) for level in levels[levels.index(fail_on) :]):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if summary.complete else ExitCode.INCOMPLETE
