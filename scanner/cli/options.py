"""The flags of `dowse scan`, each with its help."""

from enum import StrEnum
from typing import Annotated

import typer

from scanner.cli.completion import format_names
from scanner.cli.shared_options import fail_on, outputs, remembered_in
from scanner.cli.shared_options import option as _option
from scanner.model.names_mode import NAMES_CAP, NamesMode

_WHAT = "What to read"
_FIND = "What to look for"
_OUTPUT = "What to write"
_STORE = "How buckets are reached"
_LIMITS = "How much it may cost"
_STATE = "What is remembered"
_POSTURE = "Who can have it"


class Level(StrEnum):
    """A severity or confidence, as flags name it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


Targets = Annotated[
    list[str],
    typer.Argument(
        metavar="TARGET...",
        help="Folders, files, s3://BUCKET/PREFIX (also az://, gs://, https://), or - for standard input.",
        show_default=False,
    ),
]

Name = Annotated[str, _option(help="What standard input is called; the extension is a hint.", rich_help_panel=_WHAT)]
Include = Annotated[
    list[str], _option("--include", metavar="GLOB", help="Read only what matches (gitignore syntax). Repeatable.", rich_help_panel=_WHAT)
]
Exclude = Annotated[
    list[str],
    _option("--exclude", metavar="GLOB", help="Leave out what matches; wins over --include. Repeatable.", rich_help_panel=_WHAT),
]
Extension = Annotated[
    list[str], _option("--extension", metavar="EXT", help="Read only names that end so (csv, .tar.gz). Repeatable.", rich_help_panel=_WHAT)
]
MinSize = Annotated[
    str | None, _option("--min-size", metavar="SIZE", help="Leave out smaller objects (10kB, 5MiB).", rich_help_panel=_WHAT)
]
MaxSize = Annotated[str | None, _option("--max-size", metavar="SIZE", help="Leave out larger objects.", rich_help_panel=_WHAT)]
ModifiedSince = Annotated[
    str | None,
    _option("--modified-since", metavar="WHEN", help="Leave out what was not changed since (2026-03-01, 7d, 12h).", rich_help_panel=_WHAT),
]
ModifiedBefore = Annotated[
    str | None, _option("--modified-before", metavar="WHEN", help="Leave out what was changed at or after.", rich_help_panel=_WHAT)
]
FollowSymlinks = Annotated[bool, _option("--follow-symlinks", help="Also read what symbolic links lead to.", rich_help_panel=_WHAT)]
FolderDepth = Annotated[
    int | None,
    _option("--folder-depth", min=0, help="Leave out what lies deeper; 0 reads no folder in a folder.", rich_help_panel=_WHAT),
]
Sample = Annotated[
    str | None,
    _option("--sample", metavar="SHARE", help="Read only a share of the objects (5%, 0.05), the same in every run.", rich_help_panel=_WHAT),
]
SampleSeed = Annotated[int, _option("--sample-seed", help="Another number makes another sample.", rich_help_panel=_WHAT)]
DryRun = Annotated[bool, _option("--dry-run", help="Only say what would be read: objects and bytes by type.", rich_help_panel=_WHAT)]

Events = Annotated[
    str | None,
    _option(
        "--events",
        metavar="FILE",
        help="Scan just the objects that events name: a file, -, or sqs://QUEUE. Targets bound what they may name.",
        show_default=False,
        rich_help_panel=_STORE,
    ),
]
Inventory = Annotated[
    str | None,
    _option(
        "--inventory",
        metavar="MANIFEST",
        help="Take the objects from an S3 Inventory: a path or s3:// URI of its manifest.json.",
        show_default=False,
        rich_help_panel=_STORE,
    ),
]
MaxMessages = Annotated[
    int | None,
    _option("--max-messages", min=1, help="Take so many messages from the queue and end.", show_default=False, rich_help_panel=_STORE),
]
IdleExit = Annotated[
    float | None,
    _option(
        "--idle-exit", metavar="SECONDS", min=0, help="End when no message came for so long.", show_default=False, rich_help_panel=_STORE
    ),
]
AllVersions = Annotated[
    bool, _option("--all-versions", help="Of versioned buckets read every version, not just the latest.", rich_help_panel=_STORE)
]
VersionId = Annotated[
    str | None,
    _option("--version-id", metavar="ID", help="Read this version of the one object that is the target.", rich_help_panel=_STORE),
]
StorageClass = Annotated[
    list[str],
    _option("--storage-class", metavar="CLASS", help="Of buckets read only this class (STANDARD). Repeatable.", rich_help_panel=_STORE),
]
ExcludeStorageClass = Annotated[
    list[str],
    _option("--exclude-storage-class", metavar="CLASS", help="Leave this class out (GLACIER). Repeatable.", rich_help_panel=_STORE),
]
Tag = Annotated[
    list[str],
    _option("--tag", metavar="KEY=VALUE", help="Of buckets read only what has this tag, or KEY. Repeatable: any.", rich_help_panel=_STORE),
]
ExcludeTag = Annotated[
    list[str],
    _option("--exclude-tag", metavar="KEY=VALUE", help="Leave out what has this tag; wins over --tag. Repeatable.", rich_help_panel=_STORE),
]
BucketTag = Annotated[
    list[str],
    _option(
        "--bucket-tag", metavar="KEY=VALUE", help="Read only buckets that have this tag, or KEY. Repeatable: any.", rich_help_panel=_STORE
    ),
]
Profile = Annotated[
    str | None, _option("--profile", metavar="NAME", help="Profile of your AWS configuration.", show_default=False, rich_help_panel=_STORE)
]
Region = Annotated[
    str | None, _option("--region", metavar="NAME", help="Region to ask first; each bucket's own is found out.", rich_help_panel=_STORE)
]
RoleArn = Annotated[
    str | None,
    _option("--role-arn", metavar="ARN", help="Role to assume for reading; renewed as long as it takes.", rich_help_panel=_STORE),
]
ExternalId = Annotated[
    str | None, _option("--external-id", metavar="ID", help="External id that the role's trust policy asks for.", rich_help_panel=_STORE)
]
EndpointUrl = Annotated[
    str | None,
    _option(
        "--endpoint-url", metavar="URL", help="A store that speaks S3 (Ceph, MinIO, R2); paths name the bucket.", rich_help_panel=_STORE
    ),
]
NoSignRequest = Annotated[bool, _option("--no-sign-request", help="Ask without credentials, for public buckets.", rich_help_panel=_STORE)]
RequesterPays = Annotated[
    bool, _option("--requester-pays", help="Accept the cost of reading buckets whose owner does not pay.", rich_help_panel=_STORE)
]

Select = Annotated[
    list[str],
    _option(
        "--select",
        metavar="WORD",
        help="recommended, macie, all, none, an id, category:NAME or country:CC. Repeatable.  [default: recommended]",
        show_default=False,
        rich_help_panel=_FIND,
    ),
]
Deselect = Annotated[
    list[str], _option("--deselect", metavar="WORD", help="Take out again, same words. Repeatable.", rich_help_panel=_FIND)
]
IdentifierFiles = Annotated[
    list[str], _option("--identifiers", metavar="FILE", help="Custom identifiers, a TOML file. Repeatable.", rich_help_panel=_FIND)
]
AllowLists = Annotated[
    list[str], _option("--allow-list", metavar="FILE", help="Never report these values, one a line. Repeatable.", rich_help_panel=_FIND)
]
AllowRegexes = Annotated[
    list[str],
    _option("--allow-regex", metavar="REGEX", help="Never report values that match as a whole. Repeatable.", rich_help_panel=_FIND),
]
InlineAllow = Annotated[
    bool, _option("--inline-allow/--no-inline-allow", help="Heed dowse:allow in lines of text files.", rich_help_panel=_FIND)
]
IgnoreExamples = Annotated[
    bool,
    _option("--ignore-examples/--no-ignore-examples", help="Leave out documented examples: test cards, specimens.", rich_help_panel=_FIND),
]
Names = Annotated[
    NamesMode, _option("--names", help="Names of people and addresses: nowhere, in tables, or in texts, too.", rich_help_panel=_FIND)
]
NoCap = Annotated[
    bool,
    _option(
        "--no-cap",
        help=f"List, and in texts look for, more than {NAMES_CAP:,} names and {NAMES_CAP:,} addresses of an object.",
        rich_help_panel=_FIND,
    ),
]
NamesModel = Annotated[
    str,
    _option(
        "--names-model",
        metavar="NAME",
        help="A spaCy pipeline, installed or in a folder, that judges names in texts in the place of our own.",
        rich_help_panel=_FIND,
    ),
]
MinConfidence = Annotated[
    Level, _option("--min-confidence", help="What is less sure is neither counted nor listed.", rich_help_panel=_FIND)
]

Format = Annotated[
    str | None,
    _option(
        "--format",
        autocompletion=format_names,
        metavar="FORMAT",
        help="For standard output: table, jsonl, html, sarif and others (docs/outputs.md).  [default: table on a terminal, else jsonl]",
        show_default=False,
        rich_help_panel=_OUTPUT,
    ),
]
Outputs = Annotated[list[str], outputs("html=report.html", _OUTPUT)]
DataCatalogue = Annotated[
    str | None,
    _option(
        "--data-catalogue",
        metavar="FILE",
        help="Sensitivity levels, and names for data catalogues, a TOML file (docs/data-catalogues.md).",
        rich_help_panel=_OUTPUT,
    ),
]
AllOutcomes = Annotated[bool, _option("--all-outcomes", help="JSON Lines: an outcome record for every object.", rich_help_panel=_OUTPUT)]
MaxOccurrences = Annotated[
    int,
    _option(
        "--max-occurrences", min=0, help="Most occurrences listed by identifier and object; counts are exact.", rich_help_panel=_OUTPUT
    ),
]
Reveal = Annotated[
    bool, _option("--reveal", help="JSON Lines: write the values themselves. Mind who can read the output.", rich_help_panel=_OUTPUT)
]
IntoScanned = Annotated[
    bool, _option("--into-scanned-bucket", help="Let --output s3://... write into a bucket that is scanned.", rich_help_panel=_OUTPUT)
]
FailOn = Annotated[Level | None, fail_on("this severe", _OUTPUT)]
Quiet = Annotated[bool, _option("--quiet", "-q", help="Nothing on standard error but errors.", rich_help_panel=_OUTPUT)]
ShowProgress = Annotated[
    bool | None,
    _option(
        "--progress/--no-progress",
        help="A progress bar on standard error.  [default: on a terminal]",
        show_default=False,
        rich_help_panel=_OUTPUT,
    ),
]

Workers = Annotated[
    int | None,
    _option(
        "--workers",
        min=0,
        help="Worker processes; 0 for none.  [default: one for each processor]",
        show_default=False,
        rich_help_panel=_LIMITS,
    ),
]
Timeout = Annotated[
    float, _option("--timeout", min=1.0, help="Seconds for one object, and one more for each MiB of it.", rich_help_panel=_LIMITS)
]
MaxDepth = Annotated[int, _option("--max-depth", min=0, help="Containers inside containers.", rich_help_panel=_LIMITS)]
MaxEntries = Annotated[int, _option("--max-entries", min=1, help="Members of all containers of one object.", rich_help_panel=_LIMITS)]
MaxExpanded = Annotated[
    str, _option("--max-expanded", metavar="SIZE", help="What may come out of the containers of one object.", rich_help_panel=_LIMITS)
]
MaxRatio = Annotated[
    int, _option("--max-ratio", min=1, help="Bytes that may come out for each byte of an object.", rich_help_panel=_LIMITS)
]

Incremental = Annotated[
    bool, _option("--incremental", help="Read only what is new or changed since the last run; tell what is new.", rich_help_panel=_STATE)
]
StatePath = Annotated[str | None, remembered_in(_STATE)]
Suppressions = Annotated[
    list[str],
    _option(
        "--suppressions",
        metavar="FILE",
        help="Rules for findings that are kept and counted, but not reported; a TOML file. Repeatable.",
        rich_help_panel=_STATE,
    ),
]
Baseline = Annotated[
    str | None,
    _option(
        "--baseline", metavar="FILE", help="Report only what is not in this JSON Lines output.", show_default=False, rich_help_panel=_STATE
    ),
]
ResumeListing = Annotated[
    bool,
    _option(
        "--resume-listing",
        help="Buckets: if the last run was broken off, list only what lies behind where it was.",
        rich_help_panel=_STATE,
    ),
]
Full = Annotated[bool, _option("--full", help="Read everything again, and remember it all the same.", rich_help_panel=_STATE)]

Posture = Annotated[
    bool,
    _option(
        "--posture",
        help="Also look who can have what is found: settings of buckets, modes of files. Findings open to others are one step worse.",
        rich_help_panel=_POSTURE,
    ),
]
Trust = Annotated[
    list[str],
    _option(
        "--trust",
        metavar="ID",
        help="With --posture: what counts as yours, as for dowse posture. Repeatable.",
        rich_help_panel=_POSTURE,
    ),
]
