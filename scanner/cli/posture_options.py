"""The flags of `dowse posture`, each with its help."""

from enum import StrEnum
from typing import Annotated

import typer

from scanner.cli.completion import format_names
from scanner.cli.shared_options import fail_on, outputs, remembered_in
from scanner.cli.shared_options import option as _option


class Level(StrEnum):
    """Severities of findings on a bucket's set-up."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


_INPUT = "Where the settings come from"
Buckets = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="BUCKET",
        help="Only these; without any all that there are. Also gs://NAME and az://ACCOUNT/CONTAINER; gs:// and az:// are all.",
        show_default=False,
    ),
]
From = Annotated[
    str | None,
    _option(
        "--from",
        metavar="PATH",
        help="Read files instead of asking: a folder of dumps, a Terraform plan or state, a CloudFormation template, AWS Config items.",
        rich_help_panel=_INPUT,
    ),
]
DumpCommands = Annotated[
    bool, _option("--dump-commands", help="Print the commands that write a folder for --from, and exit.", rich_help_panel=_INPUT)
]
Account = Annotated[
    str | None,
    _option("--account", metavar="NUMBER", help="The buckets' own account, where the input does not say.", rich_help_panel=_INPUT),
]
Project = Annotated[
    str | None,
    _option(
        "--project",
        metavar="ID",
        help="Of Google, for gs://.  [default: that of the credentials]",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
Profile = Annotated[str | None, _option("--profile", help="Profile of the AWS configuration.", rich_help_panel=_INPUT)]
Region = Annotated[str | None, _option("--region", help="Where to ask first; all regions are read.", rich_help_panel=_INPUT)]
Endpoint = Annotated[str | None, _option("--endpoint-url", metavar="URL", help="An S3-compatible store.", rich_help_panel=_INPUT)]
Control = Annotated[
    str | None,
    _option(
        "--s3control-endpoint",
        metavar="URL",
        help="For access points and account settings.  [default: as --endpoint-url]",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
Accounts = Annotated[
    list[str], _option("--accounts", metavar="NUMBER", help="Ask in these accounts, as --role-name. Repeatable.", rich_help_panel=_INPUT)
]
Organization = Annotated[
    bool,
    _option(
        "--organization",
        help="Ask in all accounts of the organisation, as --role-name; all of them count as yours.",
        rich_help_panel=_INPUT,
    ),
]
Role = Annotated[str, _option("--role-name", metavar="ROLE", help="The role to assume in each of --accounts.", rich_help_panel=_INPUT)]
CloudFront = Annotated[
    bool, _option("--cloudfront", help="Also ask which CloudFront distributions have buckets as origins.", rich_help_panel=_INPUT)
]
Keys = Annotated[bool, _option("--keys", help="Also ask KMS who can use the keys of the default encryption.", rich_help_panel=_INPUT)]
ObjectAcls = Annotated[
    int,
    _option(
        "--object-acls",
        metavar="NUMBER",
        min=0,
        max=1000,
        help="Where lists of objects count: also ask for those of so many objects of each bucket.  [default: none]",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
Roles = Annotated[
    bool,
    _option(
        "--roles",
        help="Also list IAM roles that outsiders may assume and that reach a bucket, with their last use.",
        rich_help_panel=_INPUT,
    ),
]
Threads = Annotated[int, _option("--threads", min=1, max=200, help="Buckets asked for at once.", rich_help_panel=_INPUT)]
Trust = Annotated[
    list[str],
    _option(
        "--trust",
        metavar="ID",
        help="What counts as yours: account, o-..., vpc-..., canonical id, domain, projects/ID, subscription. Repeatable.",
    ),
]
Files = Annotated[
    str | None,
    _option(
        "--files",
        metavar="FILE",
        help="Instead of buckets: who can reach the files that a scan of folders found something in, by its findings (jsonl).",
        rich_help_panel=_INPUT,
    ),
]
Findings = Annotated[
    list[str],
    _option(
        "--findings",
        metavar="FILE",
        help="Findings of scans (jsonl), to rank buckets by what is inside; without, the state store's. Repeatable.",
    ),
]
Previous = Annotated[
    str | None, _option("--previous", metavar="FILE", help="Output of an earlier run (json or jsonl), to tell what has changed since.")
]
Incremental = Annotated[bool, _option("--incremental", help="Remember in the state store, and tell what has changed since earlier runs.")]
StatePath = Annotated[str | None, remembered_in()]
Format = Annotated[
    str | None,
    _option(
        "--format",
        metavar="FORMAT",
        autocompletion=format_names,
        help="table, json, jsonl, csv, html: buckets. asff, ocsf, sarif and others: findings, see docs/outputs.md.  "
        "[default: table on a terminal, jsonl in a pipe]",
        show_default=False,
    ),
]
Outputs = Annotated[list[str], outputs("sarif=a.sarif")]
FailOn = Annotated[Level | None, fail_on("that bad")]
