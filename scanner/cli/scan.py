"""`dowse scan`."""

import sys
from datetime import UTC, datetime

import typer

from scanner.cli import options as flag
from scanner.cli.exit_codes import ExitCode
from scanner.cli.options import Level
from scanner.config import EventsConfig, LimitConfig, ScanConfig, SourceConfig, StoreConfig, WorkerConfig
from scanner.model.occurrence import Confidence
from scanner.model.records import Summary

_LIMITS = LimitConfig()
_WORKERS = WorkerConfig()
_SCAN = ScanConfig(())


def scan(
    targets: flag.Targets = [],  # noqa: B006 - read by typer, never changed; so below
    *,
    events: flag.Events = None,
    max_messages: flag.MaxMessages = None,
    idle_exit: flag.IdleExit = None,
    inventory: flag.Inventory = None,
    name: flag.Name = "stdin",
    include: flag.Include = [],  # noqa: B006
    exclude: flag.Exclude = [],  # noqa: B006
    extension: flag.Extension = [],  # noqa: B006
    min_size: flag.MinSize = None,
    max_size: flag.MaxSize = None,
    modified_since: flag.ModifiedSince = None,
    modified_before: flag.ModifiedBefore = None,
    follow_symlinks: flag.FollowSymlinks = False,
    all_versions: flag.AllVersions = False,
    version_id: flag.VersionId = None,
    storage_class: flag.StorageClass = [],  # noqa: B006
    exclude_storage_class: flag.ExcludeStorageClass = [],  # noqa: B006
    tag: flag.Tag = [],  # noqa: B006
    exclude_tag: flag.ExcludeTag = [],  # noqa: B006
    bucket_tag: flag.BucketTag = [],  # noqa: B006
    profile: flag.Profile = None,
    region: flag.Region = None,
    role_arn: flag.RoleArn = None,
    external_id: flag.ExternalId = None,
    endpoint_url: flag.EndpointUrl = None,
    no_sign_request: flag.NoSignRequest = False,
    requester_pays: flag.RequesterPays = False,
    folder_depth: flag.FolderDepth = None,
    sample: flag.Sample = None,
    sample_seed: flag.SampleSeed = 0,
    dry_run: flag.DryRun = False,
    select: flag.Select = [],  # noqa: B006
    deselect: flag.Deselect = [],  # noqa: B006
    identifiers: flag.IdentifierFiles = [],  # noqa: B006
    allow_list: flag.AllowLists = [],  # noqa: B006
    allow_regex: flag.AllowRegexes = [],  # noqa: B006
    inline_allow: flag.InlineAllow = True,
    ignore_examples: flag.IgnoreExamples = True,
    names: flag.Names = _SCAN.names,
    names_model: flag.NamesModel = _SCAN.names_model,
    no_cap: flag.NoCap = False,
    min_confidence: flag.MinConfidence = Level.MEDIUM,
    format: flag.Format = None,  # noqa: A002 - the flag's name
    output: flag.Outputs = [],  # noqa: B006
    data_catalogue: flag.DataCatalogue = None,
    all_outcomes: flag.AllOutcomes = False,
    max_occurrences: flag.MaxOccurrences = _SCAN.max_occurrences,
    reveal: flag.Reveal = False,
    into_scanned_bucket: flag.IntoScanned = False,
    fail_on: flag.FailOn = None,
    quiet: flag.Quiet = False,
    progress: flag.ShowProgress = None,
    workers: flag.Workers = None,
    timeout: flag.Timeout = _WORKERS.timeout,
    max_depth: flag.MaxDepth = _LIMITS.depth,
    max_entries: flag.MaxEntries = _LIMITS.entries,
    max_expanded: flag.MaxExpanded = "10GiB",
    max_ratio: flag.MaxRatio = _LIMITS.ratio,
    incremental: flag.Incremental = False,
    state: flag.StatePath = None,
    full: flag.Full = False,
    resume_listing: flag.ResumeListing = False,
    suppressions: flag.Suppressions = [],  # noqa: B006
    baseline: flag.Baseline = None,
    posture: flag.Posture = False,
    trust: flag.Trust = [],  # noqa: B006
) -> None:
    """Finds sensitive data in folders, files and buckets.

    Findings go to standard output, progress and summary to standard error. Exit codes: 0 everything was scanned, 1 a finding is
    at or above --fail-on, 2 the command line or a file of yours is wrong, 3 something could not be scanned, 4 an output could not
    be delivered, 130 and 143 interrupted.
    """
    from scanner.cli.run_scan import ScanRequest, run
    from scanner.cli.state_store import StateRequest
    from scanner.sources.bounds import parse_moment, parse_share, parse_size

    now = datetime.now(UTC)
    sources = SourceConfig(
        include=tuple(include),
        exclude=tuple(exclude),
        min_size=parse_size(min_size) if min_size else None,
        max_size=parse_size(max_size) if max_size else None,
        modified_since=parse_moment(modified_since, now) if modified_since else None,
        modified_before=parse_moment(modified_before, now) if modified_before else None,
        extensions=tuple(extension),
        follow_symlinks=follow_symlinks,
        name=name,
        all_versions=all_versions,
        version_id=version_id,
        storage_classes=tuple(storage_class),
        exclude_storage_classes=tuple(exclude_storage_class),
        tags=tuple(tag),
        exclude_tags=tuple(exclude_tag),
        bucket_tags=tuple(bucket_tag),
        folder_depth=folder_depth,
        sample=parse_share(sample) if sample else None,
        sample_seed=sample_seed,
        store=StoreConfig(
            profile=profile,
            region=region,
            role_arn=role_arn,
            external_id=external_id,
            endpoint_url=endpoint_url,
            no_sign_request=no_sign_request,
            requester_pays=requester_pays,
        ),
    )
    config = ScanConfig(
        targets=tuple(targets),
        select=tuple(select) or _SCAN.select,
        deselect=tuple(deselect),
        identifier_files=tuple(identifiers),
        ignore_examples=ignore_examples,
        allow_lists=tuple(allow_list),
        allow_regexes=tuple(allow_regex),
        inline_allow=inline_allow,
        names=names,
        names_model=names_model,
        names_cap=None if no_cap else _SCAN.names_cap,
        min_confidence=Confidence[min_confidence.name],
        max_occurrences=max_occurrences,
        reveal=reveal,
        sources=sources,
        limits=LimitConfig(depth=max_depth, entries=max_entries, expanded_bytes=parse_size(max_expanded), ratio=max_ratio),
        workers=WorkerConfig(processes=workers, timeout=timeout),
        inventory=inventory,
        events=EventsConfig(events, max_messages, idle_exit) if events else None,
    )
    if dry_run:
        _dry_run(config, format)
        return
    memory = StateRequest(state, incremental or state is not None, full, tuple(suppressions), baseline, resume_listing)
    request = ScanRequest(
        config,
        format,
        tuple(output),
        all_outcomes=all_outcomes,
        quiet=quiet,
        progress=progress,
        memory=memory,
        into_scanned=into_scanned_bucket,
        data_catalogue=data_catalogue,
        posture=tuple(trust) if posture else None,
    )
    summary, ended = run(request)
    raise typer.Exit(ended or _exit_code(summary, fail_on))


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
