"""`dowse jobs`: scans that are defined once and run again."""

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from scanner.cli.exit_codes import ExitCode
from scanner.cli.options import FailOn
from scanner.cli.shared_options import option as _option

if TYPE_CHECKING:
    from scanner.jobs.entries import JobEntry
    from scanner.jobs.events import Event
    from scanner.jobs.model import Job
    from scanner.jobs.registry import Registry

app = typer.Typer(help="Define scans once; run them by hand, on a schedule, or as they fall due.", no_args_is_help=True)


class Format(StrEnum):
    """How a command answers."""

    TABLE = "table"
    JSON = "json"


class Unit(StrEnum):
    """Whose words an example is in."""

    SYSTEMD = "systemd"
    CRON = "cron"
    KUBERNETES = "kubernetes"
    EVENTBRIDGE = "eventbridge"


_Folder = Annotated[
    str | None,
    _option("--folder", metavar="DIR", help="Where jobs are kept.  [default: dowse/jobs in the XDG state folder]", show_default=False),
]
_Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Job files, in TOML.", show_default=False)]
_Job = Annotated[str, typer.Argument(metavar="JOB", help="A job's name or id.", show_default=False)]
_OneJob = Annotated[str | None, typer.Argument(metavar="JOB", help="By this job's own schedule.", show_default=False)]
_Format = Annotated[Format, _option("--format", help="Text for people, or JSON for programs.")]
_ScanFormat = Annotated[
    str | None,
    _option("--format", metavar="FORMAT", help="Write findings to standard output, as dowse scan.", show_default=False),
]
_Outputs = Annotated[list[str], _option("--output", metavar="FORMAT=PATH", help="Also write findings to a file. Repeatable.")]
_Events = Annotated[
    str | None,
    _option("--events", metavar="PATH", help="Where events go, - for standard error.  [default: a file for each job]", show_default=False),
]
_Workers = Annotated[
    int | None, _option("--workers", min=0, help="Worker processes.  [default: one for each processor]", show_default=False)
]
_Quiet = Annotated[bool, _option("--quiet", "-q", help="Nothing on standard error but errors.")]
_Full = Annotated[bool, _option("--full", help="Read everything again.")]
_DryRun = Annotated[bool, _option("--dry-run", help="Only say what is due.")]
_Check = Annotated[bool, _option("--check", help="Only say whether the files are right; keep nothing.")]
_IfMissing = Annotated[bool, _option("--if-missing", help="Pass over jobs that are there already, and just so.")]
_NewName = Annotated[str, typer.Argument(metavar="NAME", help="The copy's name.", show_default=False)]
_To = Annotated[str | None, _option("--to", metavar="FILE", help="Write the copy to a file, to be edited and added, instead of adding it.")]
_MacieFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="What `aws macie2 describe-classification-job` prints, or - for standard input.", show_default=False
    ),
]
_Every = Annotated[int, _option("--every", metavar="MINUTES", min=1, max=59, help="How often to look whether a job is due.")]
_Kind = Annotated[Unit, _option("--kind", help="Whose words.")]
_Image = Annotated[str, _option("--image", help="A container image with dowse in it.")]


@app.callback()
def jobs(context: typer.Context, *, folder: _Folder = None) -> None:
    """Defines scans once; runs them by hand, on a schedule, or as they fall due."""
    from scanner.jobs.registry import default_folder

    context.obj = folder or default_folder(os.environ)


@app.command("add")
def add_jobs(context: typer.Context, files: _Files, *, check: _Check = False, if_missing: _IfMissing = False) -> None:
    """Adds jobs. A job never changes: to have it otherwise, copy it."""
    from scanner.cli.jobs_words import schedule_words
    from scanner.cli.printing import print_text
    from scanner.cli.run_job import utc_now
    from scanner.jobs.events import Event
    from scanner.jobs.loader import read_job
    from scanner.reports.escape import visible

    loaded = [(path, *read_job(path)) for path in files]
    for path, job, _ in loaded:
        _check_job(job, path)
    if check:
        return
    with _registry(context) as registry:
        for path, job, text in loaded:
            if if_missing and registry.text_of(job.name) == text:
                continue
            entry = registry.add(text, path, os.path.dirname(os.path.abspath(path)), utc_now())
            _tell(registry, entry, Event.JOB_CREATED, "The job was created.")
            print_text(f"{entry.id}  {visible(job.name)}  {schedule_words(job)}")


@app.command("list")
def list_jobs(context: typer.Context, *, format: _Format = Format.TABLE) -> None:  # noqa: A002 - the flag's name; so below
    """Lists the jobs with their states, and when they fall due."""
    from scanner.cli.jobs_words import job_record, jobs_table
    from scanner.cli.printing import print_json, print_text
    from scanner.cli.run_job import utc_now

    with _registry(context) as registry:
        entries, now = registry.jobs(), utc_now()
        _tell_broken(registry)
    if format is Format.JSON:
        print_json([job_record(one, now) for one in entries])
    else:
        print_text(jobs_table(entries, now))


@app.command("show")
def show_job(context: typer.Context, job: _Job, *, format: _Format = Format.TABLE) -> None:  # noqa: A002
    """Shows a job: its file, which can be edited and added under another name; or its state, as JSON."""
    from scanner.cli.jobs_words import job_record
    from scanner.cli.printing import print_json, print_text
    from scanner.cli.run_job import utc_now
    from scanner.jobs.copying import with_folder

    with _registry(context) as registry:
        entry = registry.job(job)
    if format is Format.JSON:
        print_json(job_record(entry, utc_now()) | {"definition": entry.text, "folder": entry.folder})
    else:
        print_text(with_folder(entry, entry.text).rstrip("\n"))


@app.command("run")
def run_now(
    context: typer.Context,
    job: _Job,
    *,
    format: _ScanFormat = None,  # noqa: A002
    output: _Outputs = [],  # noqa: B006 - read by typer, never changed
    events: _Events = None,
    workers: _Workers = None,
    full: _Full = False,
    fail_on: FailOn = None,
    quiet: _Quiet = False,
) -> None:
    """Runs a job now, whether it is due or not. Reads what is new or changed since its last run. Exit codes as of dowse scan."""
    from scanner.cli.run_job import RunFlags, run_one
    from scanner.engine.interrupt import interruptible
    from scanner.jobs.entries import Call, Cause

    flags = RunFlags(format, tuple(output), events, workers, quiet=quiet, full=full, fail_on=fail_on)
    with _registry(context) as registry, interruptible() as interrupt:
        entry = registry.job(job)
        cause = Cause.RESUMED if entry.unfinished else Cause.MANUAL
        code = run_one(registry, entry, Call(cause), flags, interrupt)
    raise typer.Exit(interrupt.exit_code or code)


@app.command("due")
def run_due(
    context: typer.Context,
    *,
    dry_run: _DryRun = False,
    events: _Events = None,
    workers: _Workers = None,
    fail_on: FailOn = None,
    quiet: _Quiet = False,
) -> None:
    """Runs the jobs that are due, one after another, and ends: the one line for cron.

    Runs that were missed are made good by one. Exit codes: 0 everything was scanned or nothing was due, 1 a finding is at or above
    --fail-on, 3 something was not scanned, 4 an output could not be delivered.
    """
    from scanner.cli.run_job import RunFlags, run_apart, utc_now
    from scanner.engine.interrupt import interruptible
    from scanner.jobs.serve import due_jobs

    if dry_run:
        _print_due(context)
        return
    flags = RunFlags(None, (), events, workers, quiet=quiet, on_terminal=False, fail_on=fail_on)
    codes, tried = [ExitCode.COMPLETE], set[str]()
    with _registry(context) as registry, interruptible() as interrupt:
        # With a fresh look each time: a run may take hours, and another process have run the next job meanwhile.
        while due := [one for one in due_jobs(registry, utc_now()) if one.entry.id not in tried and not interrupt.wanted]:
            tried.add(due[0].entry.id)
            codes.append(run_apart(registry, due[0].entry, due[0].call, flags, interrupt))
        if _tell_broken(registry):
            codes.append(ExitCode.INCOMPLETE)
    raise typer.Exit(interrupt.exit_code or _worst(codes))


@app.command("serve")
def serve(context: typer.Context, *, events: _Events = None, workers: _Workers = None, quiet: _Quiet = False) -> None:
    """Stays in the foreground and runs what falls due, until it is interrupted."""
    import time

    from scanner.cli.run_job import RunFlags, run_apart, utc_now
    from scanner.engine.interrupt import interruptible
    from scanner.jobs.serve import DueJob, Server

    flags = RunFlags(None, (), events, workers, quiet=quiet, on_terminal=False)
    with _registry(context) as registry, interruptible() as interrupt:
        registry.jobs()
        _tell_broken(registry)

        def run(one: DueJob) -> None:
            run_apart(registry, one.entry, one.call, flags, interrupt)

        Server(registry, run, utc_now, time.sleep, interrupt).serve()


@app.command("pause")
def pause_job(context: typer.Context, job: _Job) -> None:
    """Lets a job rest. A run of it that is going on ends within seconds, and goes on from there when the job is resumed."""
    from scanner.jobs.events import Event

    with _registry(context) as registry:
        _tell(registry, registry.pause(registry.job(job)), Event.JOB_PAUSED_BY_USER, "The job was paused by a user.")


@app.command("resume")
def resume_job(context: typer.Context, job: _Job) -> None:
    """Lets a paused job go on: with the run that was going on, and with what fell due meanwhile."""
    from scanner.jobs.events import Event

    with _registry(context) as registry:
        _tell(registry, registry.resume(registry.job(job)), Event.JOB_RESUMED_BY_USER, "The job was resumed by a user.")


@app.command("cancel")
def cancel_job(context: typer.Context, job: _Job) -> None:
    """Ends a job for good. What it found and its history stay."""
    from scanner.jobs.events import Event

    with _registry(context) as registry:
        if not registry.cancel_broken(job):
            _tell(registry, registry.cancel(registry.job(job)), Event.JOB_CANCELLED, "The job was cancelled by a user.")


@app.command("history")
def history(context: typer.Context, job: _Job, *, format: _Format = Format.TABLE) -> None:  # noqa: A002
    """Shows the runs of a job: what they looked at, what they left out and why, what they found."""
    from scanner.cli.jobs_words import history_table, run_record
    from scanner.cli.printing import print_json, print_text

    with _registry(context) as registry:
        runs = registry.runs(registry.job(job))
    if format is Format.JSON:
        print_json([run_record(one) for one in runs])
    else:
        print_text(history_table(runs))


@app.command("state")
def print_state(context: typer.Context, job: _Job) -> None:
    """Prints where the findings of a job are remembered: for --state of other commands."""
    from scanner.cli.printing import print_text

    with _registry(context) as registry:
        print_text(registry.state_of(registry.job(job)))


@app.command("copy")
def copy_job(context: typer.Context, job: _Job, name: _NewName, *, to: _To = None) -> None:
    """Makes another job like one that is there. A copy begins anew: it knows nothing of what the other one has read."""
    from scanner.cli.run_job import utc_now
    from scanner.jobs.copying import renamed, with_folder
    from scanner.jobs.events import Event

    with _registry(context) as registry:
        entry = registry.job(job)
        text = renamed(entry, name)
        if to is not None:
            _write(to, with_folder(entry, text))
            return
        copied = registry.add(text, f"copy of {entry.job.name}", entry.folder, utc_now(), copied_from=entry)
        _tell(registry, copied, Event.JOB_CREATED, f"The job was created as a copy of {entry.job.name}.")


@app.command("from-macie")
def from_macie(file: _MacieFile) -> None:
    """Prints a job of Amazon Macie as a job file, to be read and added. What only Macie knows is left to be written."""
    from scanner.cli.printing import print_text
    from scanner.cli.trial import read_sample
    from scanner.jobs.from_macie import job_file

    text = read_sample("-", None) if file == "-" else read_sample(None, file)
    print_text(job_file(text, file).rstrip("\n"))


@app.command("unit")
def print_unit(
    context: typer.Context,
    job: _OneJob = None,
    *,
    kind: _Kind = Unit.SYSTEMD,
    every: _Every = 5,
    image: _Image = "registry.example.com/dowse:latest",
) -> None:
    """Prints an example that has systemd, cron, Kubernetes or EventBridge Scheduler run what is due."""
    from scanner.errors import ConfigError
    from scanner.jobs.units import Kind, Occasion, program_path, unit

    schedule = None
    if job is not None:
        with _registry(context) as registry:
            schedule = registry.job(job).job.schedule
        if schedule is None:
            raise ConfigError(f"job {job!r} runs once and has no schedule; leave its name out")
    folder = os.path.abspath(context.obj)
    sys.stdout.write(unit(Kind(kind.value), Occasion(every, schedule, program_path(sys.argv[0]), folder, image)))


def _registry(context: typer.Context) -> "Registry":
    from scanner.jobs.registry import Registry

    return Registry(context.obj)


def _check_job(job: "Job", path: str) -> None:
    """What a run would complain of only when it begins. Raises ConfigError, which names the file and what of it is wrong.

    :param path: of its file
    """
    from identifiers.errors import IdentifierError
    from scanner.cli.job_checks import CHECKS
    from scanner.errors import ConfigError, DowseError

    for key, check in CHECKS.items():
        try:
            check(job)
        except (DowseError, IdentifierError) as error:
            # The same checks speak of flags elsewhere.
            raise ConfigError(f"{path}: {key}: {str(error).removeprefix('--select: ').removeprefix('--output ')}") from None
    for target in job.targets:
        if "://" not in target and not os.path.lexists(target):
            sys.stderr.write(f"dowse: warning: {path}: targets: {target} is not there now; a run fails as long as it is not\n")


def _tell(registry: "Registry", entry: "JobEntry", event: "Event", description: str) -> None:
    from scanner.cli.run_job import opened_log

    with opened_log(registry, entry, None) as log:
        log.write(event, description)


def _print_due(context: typer.Context) -> None:
    from scanner.cli.printing import print_text
    from scanner.cli.run_job import utc_now
    from scanner.jobs.serve import due_jobs
    from scanner.reports.escape import visible

    with _registry(context) as registry:
        for one in due_jobs(registry, utc_now()):
            print_text(f"{visible(one.entry.job.name)}  {one.call.cause}")


def _tell_broken(registry: "Registry") -> bool:
    """Tells of the jobs that are of no use; whether there are any."""
    sys.stderr.writelines(f"dowse: {error}\n" for error in registry.broken.values())
    return bool(registry.broken)


def _worst(codes: "list[ExitCode]") -> ExitCode:
    """What was not delivered comes first, then findings that the user asked to fail on, then incomplete coverage, as for a scan."""
    order = (ExitCode.UNDELIVERED, ExitCode.FINDINGS)
    return next((code for code in order if code in codes), max(codes))


def _write(path: str, text: str) -> None:
    from scanner.errors import ConfigError

    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}; name another file") from None
