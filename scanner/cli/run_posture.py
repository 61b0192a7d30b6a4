"""Runs `dowse posture`: reads the settings, judges them, compares with earlier runs, writes."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.cli.exit_codes import ExitCode
from scanner.cli.outputs import Output, tell_failures
from scanner.cli.posture_input import PostureInput, listing_calls, missing_in, read_input
from scanner.cli.posture_known import Known, inside_of, posture_memory
from scanner.cli.posture_outputs import write
from scanner.cli.posture_written import Written
from scanner.posture.parties import Trusted

if TYPE_CHECKING:
    from scanner.cli.posture_options import Level
    from scanner.posture.judged import PostureReport
    from scanner.state.postures import PostureMemory


@dataclass(frozen=True, slots=True)
class PostureRequest:
    """What the command line asks for.

    :param fail_on: the least severity of findings that the exit code is to tell of; None for none
    """

    asked: PostureInput
    trusted: Trusted
    known: Known
    outputs: Sequence[Output]
    fail_on: "Level | None"


def run(request: PostureRequest) -> ExitCode:
    """Says what there is to say.

    :raises DowseError: if the command line, an input or the state store is wrong
    """
    with posture_memory(request.known, request.asked.store, request.asked.options.endpoint) as memory:
        report = judged(request, memory)
        failures = _write(request, report, memory)
    tell_failures(failures)
    return ExitCode.UNDELIVERED if failures else exit_code(report, request.fail_on)


def judged(request: PostureRequest, memory: "PostureMemory | None") -> "PostureReport":
    """The verdicts on all buckets that are asked for.

    :raises TargetError: if one of them does not exist
    """
    from scanner.errors import TargetError
    from scanner.posture.judged import judge_inventory

    asked = request.asked
    inside = inside_of(request.known, asked.store, memory)
    report = judge_inventory(read_input(asked), request.trusted, asked.plain, inside)
    # What could not be listed may well have them.
    missing = missing_in(asked, {one.verdicts.settings.name for one in report.buckets})
    if missing and not any(one.call in listing_calls() for one in report.unknowns):
        raise TargetError(f"no such bucket: {', '.join(missing)}; check the spelling, and whose credentials these are")
    if not report.buckets:
        # Nothing says so in the records of buckets, for there are none.
        sys.stderr.writelines(f"dowse: {one.call}: {one.reason}\n" for one in report.unknowns)
    return report


def _write(request: PostureRequest, report: "PostureReport", memory: "PostureMemory | None") -> Mapping[str, str]:
    """Writes the report and then, if there is a memory, remembers it; gives what could not be delivered."""
    from scanner.engine.clock import start_clock
    from scanner.posture.changes import changes_since
    from scanner.posture.earlier import records_in

    started = start_clock(os.environ).started
    previous, words = request.known.previous, request.asked.words
    if memory is None:
        changes = changes_since(records_in(previous), report) if previous else None
        return write(Written(report, changes, started, words), request.outputs)
    from scanner.cli.ended_policies import ended_policies
    from scanner.state.postures import PostureRun, lives_of

    remembered = memory.compare(report)
    ended = ended_policies(remembered, request.asked.store)
    failures = write(Written(report, remembered.changes, started, words, lives_of(remembered), ended), request.outputs)
    memory.keep(report, remembered, PostureRun(started, words, delivered=not failures))
    return failures


def exit_code(report: "PostureReport", fail_on: "Level | None") -> ExitCode:
    """Findings that the user asked to fail on come before what is not known."""
    from scanner.posture.finding_kinds import PolicySeverity

    if fail_on and any(finding.severity >= PolicySeverity[fail_on.name] for finding in report.findings):
        return ExitCode.FINDINGS
    return ExitCode.COMPLETE if report.complete else ExitCode.INCOMPLETE


def print_commands(buckets: Sequence[str]) -> None:
    """The commands that write a folder of dumps."""
    from scanner.cli.printing import print_text
    from scanner.posture.dumps import commands

    for line in commands(buckets):
        print_text(line)
