"""The flags of `dowse scan` in groups, and the settings that each of them comes down to."""

from dataclasses import dataclass, field
from datetime import datetime

from scanner.cli import options as flag
from scanner.cli.options import Level
from scanner.config import EventsConfig, LimitConfig, ScanConfig, StoreConfig, WorkerConfig
from scanner.model.names_mode import NamesMode

_LIMITS = LimitConfig()
_WORKERS = WorkerConfig()
_SCAN = ScanConfig(())


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFlags:
    """What lists the objects instead of the store."""

    events: flag.Events = None
    max_messages: flag.MaxMessages = None
    idle_exit: flag.IdleExit = None
    inventory: flag.Inventory = None

    def config(self) -> EventsConfig | None:
        """Where events come from, if they do."""
        return EventsConfig(self.events, self.max_messages, self.idle_exit) if self.events else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatFlags:
    """Which objects are read."""

    name: flag.Name = "stdin"
    include: flag.Include = field(default_factory=list)
    exclude: flag.Exclude = field(default_factory=list)
    extension: flag.Extension = field(default_factory=list)
    min_size: flag.MinSize = None
    max_size: flag.MaxSize = None
    modified_since: flag.ModifiedSince = None
    modified_before: flag.ModifiedBefore = None
    follow_symlinks: flag.FollowSymlinks = False
    all_versions: flag.AllVersions = False
    version_id: flag.VersionId = None
    storage_class: flag.StorageClass = field(default_factory=list)
    exclude_storage_class: flag.ExcludeStorageClass = field(default_factory=list)
    tag: flag.Tag = field(default_factory=list)
    exclude_tag: flag.ExcludeTag = field(default_factory=list)
    bucket_tag: flag.BucketTag = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFlags:
    """How buckets are reached."""

    profile: flag.Profile = None
    region: flag.Region = None
    role_arn: flag.RoleArn = None
    external_id: flag.ExternalId = None
    endpoint_url: flag.EndpointUrl = None
    no_sign_request: flag.NoSignRequest = False
    requester_pays: flag.RequesterPays = False

    def config(self) -> StoreConfig:
        """The store, and as whom it is asked."""
        return StoreConfig(
            profile=self.profile,
            region=self.region,
            role_arn=self.role_arn,
            external_id=self.external_id,
            endpoint_url=self.endpoint_url,
            no_sign_request=self.no_sign_request,
            requester_pays=self.requester_pays,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareFlags:
    """How much of what there is."""

    folder_depth: flag.FolderDepth = None
    sample: flag.Sample = None
    sample_seed: flag.SampleSeed = 0
    dry_run: flag.DryRun = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFlags:
    """What is looked for."""

    select: flag.Select = field(default_factory=list)
    deselect: flag.Deselect = field(default_factory=list)
    identifiers: flag.IdentifierFiles = field(default_factory=list)
    allow_list: flag.AllowLists = field(default_factory=list)
    allow_regex: flag.AllowRegexes = field(default_factory=list)
    inline_allow: flag.InlineAllow = True
    ignore_examples: flag.IgnoreExamples = True
    names: flag.Names = NamesMode.FULL
    names_model: flag.NamesModel = _SCAN.names_model
    no_cap: flag.NoCap = False
    min_confidence: flag.MinConfidence = Level.MEDIUM


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteFlags:
    """What is written, where to, and what the exit code tells."""

    format: flag.Format = None
    output: flag.Outputs = field(default_factory=list)
    data_catalogue: flag.DataCatalogue = None
    all_outcomes: flag.AllOutcomes = False
    max_occurrences: flag.MaxOccurrences = _SCAN.max_occurrences
    reveal: flag.Reveal = False
    into_scanned_bucket: flag.IntoScanned = False
    fail_on: flag.FailOn = None
    quiet: flag.Quiet = False
    progress: flag.ShowProgress = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostFlags:
    """What the run may cost."""

    workers: flag.Workers = None
    timeout: flag.Timeout = _WORKERS.timeout
    max_depth: flag.MaxDepth = _LIMITS.depth
    max_entries: flag.MaxEntries = _LIMITS.entries
    max_expanded: flag.MaxExpanded = "10GiB"
    max_ratio: flag.MaxRatio = _LIMITS.ratio

    def limits(self) -> LimitConfig:
        """What one object may cost. Raises ConfigError for what is no size."""
        from scanner.sources.bounds import parse_size

        return LimitConfig(
            depth=self.max_depth, entries=self.max_entries, expanded_bytes=parse_size(self.max_expanded), ratio=self.max_ratio
        )

    def processes(self) -> WorkerConfig:
        """How the work is spread."""
        return WorkerConfig(processes=self.workers, timeout=self.timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFlags:
    """What is remembered, and what is not reported."""

    incremental: flag.Incremental = False
    state: flag.StatePath = None
    full: flag.Full = False
    resume_listing: flag.ResumeListing = False
    suppressions: flag.Suppressions = field(default_factory=list)
    baseline: flag.Baseline = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostureFlags:
    """Whether it is looked at who can have what is found."""

    posture: flag.Posture = False
    trust: flag.Trust = field(default_factory=list)

    def ours(self) -> tuple[str, ...] | None:
        """Words for what counts as ours; None if nobody asks who can have it. Raises ConfigError for `--trust` without that question."""
        from scanner.errors import ConfigError

        if self.trust and not self.posture:
            raise ConfigError("--trust says whom --posture takes for ours: add --posture, or leave it out")
        return tuple(self.trust) if self.posture else None


def size_of(text: str | None) -> int | None:
    """Bytes; None for a flag that was not given. Raises ConfigError for what is no size."""
    from scanner.sources.bounds import parse_size

    return parse_size(text) if text else None


def moment_of(text: str | None, now: datetime) -> datetime | None:
    """A time; None for a flag that was not given. Raises ConfigError for what is no time."""
    from scanner.sources.bounds import parse_moment

    return parse_moment(text, now) if text else None


def share_of(text: str | None) -> float | None:
    """A share from 0 to 1; None for a flag that was not given. Raises ConfigError for what is none."""
    from scanner.sources.bounds import parse_share

    return parse_share(text) if text else None
