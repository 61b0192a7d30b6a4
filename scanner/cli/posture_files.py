"""`dowse posture --files`: who can reach the files that a scan found something in."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanner.cli.exit_codes import ExitCode
from scanner.cli.exports import exported
from scanner.cli.printing import print_json, print_text

if TYPE_CHECKING:
    from scanner.cli.outputs import Output
    from scanner.cli.posture_options import Level
    from scanner.posture.sensitive_files import SensitiveFile


def files_alone(path: str, outputs: "Sequence[Output]", *, given: bool, fail_on: "Level | None") -> ExitCode:
    """As `report_files`, in the format for standard output.

    :param given: whether the user asked for other outputs
    :raises ConfigError: if so
    """
    from scanner.errors import ConfigError

    if given:
        raise ConfigError("--files: its answer goes to standard output; leave out --output")
    return report_files(path, outputs[0].format, fail_on)


def report_files(path: str, chosen: str, fail_on: "Level | None") -> ExitCode:
    """Prints a line or record for each file of the findings at `path`.

    :raises ConfigError: if they cannot be read, or for CSV
    """
    from scanner.errors import ConfigError
    from scanner.posture.earlier import records_in
    from scanner.posture.finding_kinds import PolicySeverity
    from scanner.posture.sensitive_files import sensitive_files

    if chosen not in ("table", "json", "jsonl"):
        raise ConfigError("--files: give --format table, json or jsonl")
    files = sensitive_files(records_in(path), exported())
    if chosen == "table":
        print_text(_table(files))
    elif chosen == "json":
        print_json([one.record for one in files])
    else:
        for one in files:
            print_text(json.dumps(one.record))
    if fail_on and any(one.reach.open and one.severity >= PolicySeverity[fail_on.name] for one in files):
        return ExitCode.FINDINGS
    unknown = any(one.reach.everybody_reads is None for one in files)
    return ExitCode.INCOMPLETE if unknown else ExitCode.COMPLETE


def _table(files: "Sequence[SensitiveFile]") -> str:
    from scanner.reports.amounts import of
    from scanner.reports.escape import visible

    lines = [f"{one.severity.name.lower():<9} {visible(one.reach.path)}  {_who(one)}" for one in files]
    opened = sum(one.reach.open for one in files)
    return "\n".join([*lines, f"{of(len(files), 'file')} with sensitive data: {opened} open to others"])


def _who(one: "SensitiveFile") -> str:
    from scanner.reports.escape import visible

    reach = one.reach
    if reach.everybody_reads is None:
        return "cannot be told: the file is not there, or may not be looked at"
    words = [
        "everybody can change it" if reach.everybody_writes else "",
        "everybody can read it" if reach.everybody_reads else "",
        "its group can read it" if reach.group_reads else "",
        f"exported with {visible(reach.exported)}" if reach.exported else "",
        f"kept in step with a server by {visible(reach.synced)}" if reach.synced else "",
    ]
    return ", ".join(filter(None, words)) or "its owner only"
