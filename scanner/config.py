"""What flags, environment and files come down to. Plain values; each stage is handed only its own slice of them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from scanner.model.names_mode import NAMES_CAP, OWN_MODEL, NamesMode
from scanner.model.occurrence import Confidence

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """Which object store is asked, and as whom. Holds names only: keys and tokens come from where AWS's own tools find them.

    :param profile: of the AWS configuration files
    :param region: asked where a bucket's own is not known
    :param role_arn: role to assume first, with `external_id` if its trust policy wants one
    :param endpoint_url: of a store that speaks S3; None is Amazon S3
    :param no_sign_request: ask as nobody in particular, for public buckets
    :param requester_pays: bear the cost where the bucket's owner does not
    """

    profile: str | None = None
    region: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    endpoint_url: str | None = None
    no_sign_request: bool = False
    requester_pays: bool = False


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """Which objects of the targets are read. The fields mean what those of `scanner.sources.options.SourceOptions` mean."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    min_size: int | None = None
    max_size: int | None = None
    modified_since: datetime | None = None
    modified_before: datetime | None = None
    extensions: tuple[str, ...] = ()
    follow_symlinks: bool = False
    name: str = "stdin"
    all_versions: bool = False
    version_id: str | None = None
    storage_classes: tuple[str, ...] = ()
    exclude_storage_classes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    exclude_tags: tuple[str, ...] = ()
    bucket_tags: tuple[str, ...] = ()
    folder_depth: int | None = None
    sample: float | None = None
    sample_seed: int = 0
    store: StoreConfig = field(default_factory=StoreConfig)


@dataclass(frozen=True, slots=True)
class EventsConfig:
    """Where it is told which objects were written.

    :param place: a file, `-`, or `sqs://` and a queue
    :param max_messages: take no more than so many; None for no bound
    :param idle_exit: end when no message has come for so many seconds; None waits for ever
    """

    place: str
    max_messages: int | None = None
    idle_exit: float | None = None


@dataclass(frozen=True, slots=True)
class LimitConfig:
    """What one object may cost. The fields mean what those of `scanner.readers.budget.Limits` mean."""

    depth: int = 10
    entries: int = 100_000
    expanded_bytes: int = 10 * 1024 * MIB
    ratio: int = 200
    memory_bytes: int = 256 * MIB


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """How the work is spread.

    :param processes: worker processes; 0 reads everything in the main process, None takes one for each usable processor
    :param timeout: seconds that one object may take, to which one is added for each MiB of it
    :param memory_bytes: address space of one worker process, its libraries and code included
    """

    processes: int | None = None
    timeout: float = 120.0
    memory_bytes: int = 4096 * MIB


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """One scan.

    :param targets: folders, files, `-` or URIs, as the user gave them; with `events` or `inventory` they bound what is read
    :param events: read only the objects that are named there; None lists the targets
    :param inventory: `manifest.json` of an S3 Inventory, a path or `s3://` URI, which lists the objects instead; None asks the store
    :param select: words of `identifiers.selection.select`; as `deselect`
    :param identifier_files: paths of the user's own identifier files
    :param ignore_examples: whether documented examples of the built-in identifiers are left out
    :param allow_lists: paths of files with texts that are never reported, one a line
    :param allow_regexes: values that match one as a whole are never reported
    :param inline_allow: whether `dowse:allow` in a line of a text keeps what stands on it from being reported
    :param names: where names of people and addresses are looked for; this, `names_model` and `names_cap` are as in `DetectionSettings`
    :param min_confidence: what is less sure is neither counted nor listed
    :param max_occurrences: most occurrences listed for one identifier in one object; counts are exact all the same
    :param reveal: report the values themselves
    """

    targets: tuple[str, ...]
    select: tuple[str, ...] = ("recommended",)
    deselect: tuple[str, ...] = ()
    identifier_files: tuple[str, ...] = ()
    ignore_examples: bool = True
    allow_lists: tuple[str, ...] = ()
    allow_regexes: tuple[str, ...] = ()
    inline_allow: bool = True
    names: NamesMode = NamesMode.FULL
    names_model: str = OWN_MODEL
    names_cap: int | None = NAMES_CAP
    min_confidence: Confidence = Confidence.MEDIUM
    max_occurrences: int = 1000
    reveal: bool = False
    sources: SourceConfig = field(default_factory=SourceConfig)
    limits: LimitConfig = field(default_factory=LimitConfig)
    workers: WorkerConfig = field(default_factory=WorkerConfig)
    events: EventsConfig | None = None
    inventory: str | None = None
