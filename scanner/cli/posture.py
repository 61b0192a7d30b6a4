"""`dowse posture`."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from scanner.posture.inventory import Inventory
    from scanner.posture.judged import PostureReport


class Format(StrEnum):
    """How the command answers."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class FailOn(StrEnum):
    """Severities of findings on a bucket's set-up."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


_Buckets = Annotated[
    list[str] | None, typer.Argument(metavar="BUCKET", help="Only these buckets; without any all that there are.", show_default=False)
]
_From = Annotated[
    str | None,
    typer.Option("--from", metavar="PATH", help="Read settings from files instead of asking a store: a folder of dumps."),
]
_Trust = Annotated[
    list[str],
    typer.Option(
        "--trust", metavar="ID", help="What counts as yours: account, organisation o-..., vpc-..., vpce-..., canonical id. Repeatable."
    ),
]
_Account = Annotated[
    str | None, typer.Option("--account", metavar="NUMBER", help="The buckets' own account, where the input does not say.")
]
_Format = Annotated[Format | None, typer.Option("--format", help="[default: table on a terminal, jsonl in a pipe]", show_default=False)]
_FailOn = Annotated[FailOn | None, typer.Option("--fail-on", help="Exit with 1 if a finding is at least that bad.", show_default=False)]
_DumpCommands = Annotated[bool, typer.Option("--dump-commands", help="Print the commands that write a folder for --from, and exit.")]


def posture(
    buckets: _Buckets = None,
    *,
    source: _From = None,
    trust: _Trust = [],  # noqa: B006 - read by typer, never changed
    account: _Account = None,
    format: _Format = None,  # noqa: A002 - the flag's name
    fail_on: _FailOn = None,
    dump_commands: _DumpCommands = False,
) -> None:
    """Says who can reach each bucket and how it is protected.

    What may not be asked is unknown, never private: the missing permission is named. Exit codes: 0 everything is known, 1 a
    finding is at or above --fail-on, 2 the command line or an input is wrong, 3 some setting is unknown.
    """
    from scanner.posture.judged import judge_inventory
    from scanner.posture.trusted_words import trusted_from

    if dump_commands:
        _print_commands(buckets or [])
        return
    trusted = trusted_from(trust)
    report = judge_inventory(_with_account(_inventory(source), account), trusted, buckets or [])
    _check_found(report, buckets or [])
    _print(report, format or (Format.TABLE if sys.stdout.isatty() else Format.JSONL))
    raise typer.Exit(_exit_code(report, fail_on))


def _print_commands(buckets: list[str]) -> None:
    from scanner.cli.printing import print_text
    from scanner.posture.dumps import commands

    for line in commands(buckets):
        print_text(line)


def _inventory(source: str | None) -> "Inventory":
    from scanner.errors import ConfigError
    from scanner.posture.offline import read_offline

    if source is None:
        raise ConfigError("give --from PATH")
    return read_offline(source)


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


def _print(report: "PostureReport", chosen: Format) -> None:
    import json
    import shutil

    from scanner.cli.posture_table import csv_text, table_text
    from scanner.cli.printing import print_json, print_text

    records = [*(one.record for one in report.buckets), report.summary]
    if chosen is Format.TABLE:
        width = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 120
        print_text(table_text(report, width=width, colour=sys.stdout.isatty()).rstrip("\n"))
    elif chosen is Format.CSV:
        print_text(csv_text(report).rstrip("\n"))
    elif chosen is Format.JSON:
        print_json({"buckets": records[:-1], "summary": records[-1]})
    else:
        for record in records:
            print_text(json.dumps(record))


def _exit_code(report: "PostureReport", fail_on: FailOn | None) -> ExitCode:
    from scanner.posture.policy_findings import PolicySeverity

    if fail_on and any(finding.severity >= PolicySeverity[fail_on.name] for finding in report.findings):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if report.complete else ExitCode.INCOMPLETE
