"""What a job is: all that its file says. Nothing here is ever changed; a job that should differ is a copy."""

from dataclasses import dataclass, field
from enum import StrEnum

from scanner.config import LimitConfig, StoreConfig
from scanner.jobs.schedule import Schedule
from scanner.model.names_mode import NAMES_CAP, OWN_MODEL, NamesMode
from scanner.model.occurrence import Confidence


class Comparator(StrEnum):
    """How a condition compares. The first seven are Macie's."""

    EQ = "EQ"
    NE = "NE"
    GT = "GT"
    GTE = "GTE"
    LT = "LT"
    LTE = "LTE"
    STARTS_WITH = "STARTS_WITH"
    GLOB = "GLOB"
    REGEX = "REGEX"


class BucketField(StrEnum):
    """What a condition on buckets is about."""

    ACCOUNT = "account"
    NAME = "name"
    PERMISSION = "permission"
    SHARED_ACCESS = "shared_access"
    TAG = "tag"


class ObjectField(StrEnum):
    """What a condition on objects is about."""

    KEY = "key"
    EXTENSION = "extension"
    LAST_MODIFIED = "last_modified"
    SIZE = "size"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class TagValue:
    """A tag that is asked for; a part that is None stands for any."""

    key: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. With several values any of them is enough, and for NE none of them may be met.

    :param values: as written: texts, `5MiB` for a size, `2026-03-01` or `7d` for a time; an age counts from the start of a run
    :param tags: for the fields called TAG, instead of values
    """

    field: BucketField | ObjectField
    comparator: Comparator
    values: tuple[str, ...] = ()
    tags: tuple[TagValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is wanted and what is not. What is left out wins.

    :param include: all of these must hold
    :param exclude: left out if all of these hold, and there are any
    :param exclude_any: left out if one of these holds
    """

    include: tuple[Condition, ...] = ()
    exclude: tuple[Condition, ...] = ()
    exclude_any: tuple[Condition, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All of them."""
        return (*self.include, *self.exclude, *self.exclude_any)


@dataclass(frozen=True, slots=True)
class BucketCriteria:
    """Buckets that are looked for when a run begins.

    :param trust: what counts as ours when sharing is judged, as `--trust` of `dowse posture`
    """

    criteria: Criteria
    trust: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Discover:
    """That a job reads a little of everything each day, and scores buckets, instead of reading everything.

    :param day_bytes: most bytes of objects to read from midnight to midnight, in the time zone of the job's schedule
    :param day_objects: how many
    :param left_out: buckets that are not looked at: names or patterns
    :param fixed: bucket and its score, set by hand
    :param ignored: bucket and an identifier that does not count in it
    :param scores: where the scores are written besides, as JSON, filled in as outputs are; None for nowhere
    """

    day_bytes: int = 10 * 10**9
    day_objects: int = 10_000
    left_out: tuple[str, ...] = ()
    fixed: tuple[tuple[str, int], ...] = ()
    ignored: tuple[tuple[str, str], ...] = ()
    scores: str | None = None


class ObjectEvents(StrEnum):
    """Which objects have an event of their own."""

    ALL = "all"
    PROBLEMS = "problems"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Paths are absolute.

    :param targets: as `dowse scan` takes them; empty exactly if there are `buckets`
    :param schedule: None for a job that runs once
    :param initial_run: False leaves out what was there unchanged when the job was added
    :param sample: share of the objects that are wanted otherwise, 0 to 1; None for all
    :param discover: None for a job that reads all that it wants
    :param month_bytes: most bytes to read in a calendar month of the schedule's time zone; None for no bound
    :param select: words that choose identifiers; as `deselect`
    :param names: where names of people are looked for; this, `names_model` and `names_cap` are as in `ScanConfig`
    :param suppressions: files of rules that suppress findings
    :param baseline: an earlier report; what it has is not reported again
    :param state: the state store that its runs share with others; None gives the job one of its own
    :param outputs: `FORMAT=PATH` each, where `{job}`, `{run}` and `{date}` are filled in
    :param into_scanned_bucket: outputs may go into buckets that are scanned
    :param data_catalogue: file of levels and names for data catalogues
    """

    name: str
    description: str = ""
    targets: tuple[str, ...] = ()
    buckets: BucketCriteria | None = None
    objects: Criteria = field(default_factory=Criteria)
    schedule: Schedule | None = None
    initial_run: bool = True
    sample: float | None = None
    sample_seed: int = 0
    discover: Discover | None = None
    month_bytes: int | None = None
    select: tuple[str, ...] = ("recommended",)
    deselect: tuple[str, ...] = ()
    identifier_files: tuple[str, ...] = ()
    ignore_examples: bool = True
    min_confidence: Confidence = Confidence.MEDIUM
    names: NamesMode = NamesMode.FULL
    names_model: str = OWN_MODEL
    names_cap: int | None = NAMES_CAP
    allow_lists: tuple[str, ...] = ()
    allow_regexes: tuple[str, ...] = ()
    inline_allow: bool = True
    max_occurrences: int = 1000
    follow_symlinks: bool = False
    suppressions: tuple[str, ...] = ()
    baseline: str | None = None
    state: str | None = None
    outputs: tuple[str, ...] = ()
    into_scanned_bucket: bool = False
    data_catalogue: str | None = None
    object_events: ObjectEvents = ObjectEvents.PROBLEMS
    store: StoreConfig = field(default_factory=StoreConfig)
    limits: LimitConfig = field(default_factory=LimitConfig)
    timeout: float = 120.0
