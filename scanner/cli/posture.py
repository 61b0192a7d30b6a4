"""`dowse posture`."""

import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from scanner.cli.completion import format_names, output_starts
from scanner.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from scanner.posture.clients import StoreOptions
    from scanner.posture.inventory import Inventory
    from scanner.posture.judged import PostureReport
    from scanner.posture.sensitive import Sensitive


class FailOn(StrEnum):
    """Severities of findings on a bucket's set-up."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


_option = partial(typer.Option, show_envvar=False)

_INPUT = "Where the settings come from"
_Buckets = Annotated[
    list[str] | None, typer.Argument(metavar="BUCKET", help="Only these buckets; without any all that there are.", show_default=False)
]
_From = Annotated[
    str | None,
    _option(
        "--from",
        metavar="PATH",
        help="Read files instead of asking: a folder of dumps, a Terraform plan or state, a CloudFormation template, AWS Config items.",
        rich_help_panel=_INPUT,
    ),
]
_DumpCommands = Annotated[
    bool, _option("--dump-commands", help="Print the commands that write a folder for --from, and exit.", rich_help_panel=_INPUT)
]
_Account = Annotated[
    str | None,
    _option("--account", metavar="NUMBER", help="The buckets' own account, where the input does not say.", rich_help_panel=_INPUT),
]
_Profile = Annotated[str | None, _option("--profile", help="Profile of the AWS configuration.", rich_help_panel=_INPUT)]
_Region = Annotated[str | None, _option("--region", help="Where to ask first; all regions are read.", rich_help_panel=_INPUT)]
_Endpoint = Annotated[str | None, _option("--endpoint-url", metavar="URL", help="An S3-compatible store.", rich_help_panel=_INPUT)]
_Control = Annotated[
    str | None,
    _option(
        "--s3control-endpoint",
        metavar="URL",
        help="For access points and account settings.  [default: as --endpoint-url]",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
_Accounts = Annotated[
    list[str], _option("--accounts", metavar="NUMBER", help="Ask in these accounts, as --role-name. Repeatable.", rich_help_panel=_INPUT)
]
_Role = Annotated[str, _option("--role-name", metavar="ROLE", help="The role to assume in each of --accounts.", rich_help_panel=_INPUT)]
_CloudFront = Annotated[
    bool, _option("--cloudfront", help="Also ask which CloudFront distributions have buckets as origins.", rich_help_panel=_INPUT)
]
_Roles = Annotated[
    bool,
    _option(
        "--roles",
        help="Also list IAM roles that outsiders may assume and that reach a bucket, with their last use.",
        rich_help_panel=_INPUT,
    ),
]
_Threads = Annotated[int, _option("--threads", min=1, max=200, help="Buckets asked for at once.", rich_help_panel=_INPUT)]
_Trust = Annotated[
    list[str],
    _option(
        "--trust", metavar="ID", help="What counts as yours: account, organisation o-..., vpc-..., vpce-..., canonical id. Repeatable."
    ),
]
_Files = Annotated[
    str | None,
    _option(
        "--files",
        metavar="FILE",
        help="Instead of buckets: who can reach the files that a scan of folders found something in, by its findings (jsonl).",
        rich_help_panel=_INPUT,
    ),
]
_Findings = Annotated[
    list[str],
    _option("--findings", metavar="FILE", help="Findings of scans (jsonl), to rank buckets by what is inside. Repeatable."),
]
_Previous = Annotated[
    str | None, _option("--previous", metavar="FILE", help="Output of an earlier run (json or jsonl), to tell what has changed since.")
]
_Format = Annotated[
    str | None,
    _option(
        "--format",
        metavar="FORMAT",
        autocompletion=format_names,
        help="table, json, jsonl, csv: buckets. asff, ocsf, sarif and others: findings, see docs/outputs.md.  "
        "[default: table on a terminal, jsonl in a pipe]",
        show_default=False,
    ),
]
_Outputs = Annotated[
    list[str],
    _option("--output", metavar="FORMAT=PATH", autocompletion=output_starts, help="Also write or send it (sarif=a.sarif). Repeatable."),
]
_FailOn = Annotated[FailOn | None, _option("--fail-on", help="Exit with 1 if a finding is at least that bad.", show_default=False)]


def posture(
    buckets: _Buckets = None,
    *,
    source: _From = None,
    files: _Files = None,
    dump_commands: _DumpCommands = False,
    account: _Account = None,
    profile: _Profile = None,
    region: _Region = None,
    endpoint_url: _Endpoint = None,
    s3control_endpoint: _Control = None,
    accounts: _Accounts = [],  # noqa: B006 - read by typer, never changed; so below
    role_name: _Role = "OrganizationAccountAccessRole",
    cloudfront: _CloudFront = False,
    roles: _Roles = False,
    threads: _Threads = 20,
    trust: _Trust = [],  # noqa: B006
    findings: _Findings = [],  # noqa: B006
    previous: _Previous = None,
    format: _Format = None,  # noqa: A002 - the flag's name
    output: _Outputs = [],  # noqa: B006
    fail_on: _FailOn = None,
) -> None:
    """Says who can reach each bucket and how it is protected.

    What may not be asked is unknown, never private: the missing permission is named. Exit codes: 0 everything is known, 1 a
    finding is at or above --fail-on, 2 the command line or an input is wrong, 3 some setting is unknown.
    """
    from scanner.cli.outputs import tell_failures
    from scanner.cli.posture_outputs import choose, write
    from scanner.errors import ConfigError
    from scanner.posture.changes import changes_since
    from scanner.posture.clients import Clients, StoreOptions, open_session
    from scanner.posture.collect_roles import with_roles
    from scanner.posture.earlier import records_in
    from scanner.posture.judged import judge_inventory
    from scanner.posture.offline import read_offline
    from scanner.posture.trusted_words import trusted_from

    outputs = choose(format, output)
    if dump_commands:
        _print_commands(buckets or [])
        return
    if files is not None:
        from scanner.cli.posture_files import report_files

        if output:
            raise ConfigError("--files: its answer goes to standard output; leave out --output")

        raise typer.Exit(report_files(files, outputs[0].format, fail_on))
    trusted = trusted_from(trust)
    names = buckets or []
    options = StoreOptions(profile, region, endpoint_url, s3control_endpoint, account, threads, cloudfront)
    if roles and (source is not None or accounts):
        raise ConfigError("--roles asks one account; leave out --from and --accounts")
    if source is None:
        live = _Live(options, tuple(accounts), role_name)
        inventory = _asked(live, names)
    else:
        inventory = read_offline(source, account)
    report = judge_inventory(_with_account(inventory, account), trusted, names, _sensitive(findings))
    _check_found(report, names)
    if roles:
        report = with_roles(Clients(open_session(options), options), report, trusted)
    changes = changes_since(records_in(previous), report) if previous else None
    failures = write(report, changes, outputs, tuple(names) or (source or "all buckets",))
    tell_failures(failures)
    raise typer.Exit(ExitCode.UNDELIVERED if failures else _exit_code(report, fail_on))


def _print_commands(buckets: list[str]) -> None:
    from scanner.cli.printing import print_text
    from scanner.posture.dumps import commands

    for line in commands(buckets):
        print_text(line)


class _Live(NamedTuple):
    """What is asked, and as whom."""

    options: "StoreOptions"
    accounts: tuple[str, ...]
    role: str


def _asked(live: _Live, names: list[str]) -> "Inventory":
    from scanner.posture.live import collect_live

    def show(done: int, of_all: int) -> None:
        sys.stderr.write(f"\rdowse: {done} of {of_all} buckets{chr(10) if done == of_all else ''}")

    progress = show if sys.stderr.isatty() else None
    return collect_live(live.options, names, accounts=live.accounts, role=live.role, progress=progress)


def _sensitive(paths: list[str]) -> "dict[str, Sensitive] | None":
    from scanner.posture.earlier import records_in
    from scanner.posture.sensitive import sensitive_by_bucket

    return sensitive_by_bucket(record for path in paths for record in records_in(path)) if paths else None


def _with_account(inventory: "Inventory", account: str | None) -> "Inventory":
    """:raises ConfigError: if it is no account number"""
    from dataclasses import replace

    from scanner.errors import ConfigError
    from scanner.posture.arns import account_number

    if account is None:
        return inventory
    if not account_number(account):
        raise ConfigError(f"--account {account}: give 12 digits")
    return replace(inventory, buckets=tuple(replace(one, account=one.account or account) for one in inventory.buckets))


def _check_found(report: "PostureReport", names: list[str]) -> None:
    from scanner.errors import TargetError

    missing = set(names) - {one.verdicts.settings.name for one in report.buckets}
    if missing:
        raise TargetError(f"no such bucket: {', '.join(sorted(missing))}")


def _exit_code(report: "PostureReport", fail_on: FailOn | None) -> ExitCode:
    from scanner.posture.policy_findings import PolicySeverity

    if fail_on and any(finding.severity >= PolicySeverity[fail_on.name] for finding in report.findings):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if report.complete else ExitCode.INCOMPLETE
