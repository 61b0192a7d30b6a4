"""Jobs and their runs as text for people and as plain JSON values."""

from datetime import datetime

from scanner.cli.drawn_table import drawn_table
from scanner.jobs.entries import JobEntry, RunEntry, next_due
from scanner.jobs.lifecycle import RunStatus
from scanner.jobs.model import Job
from scanner.reports.amounts import grouped, in_bytes

Json = dict[str, object]


def job_record(entry: JobEntry, now: datetime) -> Json:
    """Macie's names of fields where it has them."""
    due = next_due(entry, now)
    job = entry.job
    return {
        "record": "job",
        "jobId": entry.id,
        "name": job.name,
        "description": job.description,
        "jobType": "SCHEDULED" if job.schedule else "ONE_TIME",
        "jobStatus": entry.status,
        "schedule": {"cron": job.schedule.cron, "timezone": job.schedule.timezone} if job.schedule else None,
        "initialRun": job.initial_run,
        "discovers": job.discover is not None,
        "createdAt": entry.created.isoformat(),
        "copiedFrom": entry.copied_from,
        "nextDue": due.isoformat() if due else None,
        "lastRunTime": entry.last_run.started.isoformat() if entry.last_run else None,
        "lastRunErrorStatus": {"code": "ERROR" if _erred(entry.last_run) else "NONE"},
        "statistics": {"numberOfRuns": entry.last_run.number if entry.last_run else 0},
        "lastRun": run_record(entry.last_run) if entry.last_run else None,
    }


def run_record(run: RunEntry) -> Json:
    """One run."""
    return {
        "record": "job_run",
        "number": run.number,
        "status": run.status,
        "cause": run.cause,
        "slot": run.slot.isoformat() if run.slot else None,
        "missed": run.missed,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "detail": run.detail,
        "summary": dict(run.summary) or None,
    }


def jobs_table(entries: list[JobEntry], now: datetime) -> str:
    """One row for each job."""
    rows = [
        (
            one.job.name,
            one.status.value,
            schedule_words(one.job),
            _moment(next_due(one, now)),
            f"{_moment(one.last_run.started)} {one.last_run.status}" if one.last_run else "never",
        )
        for one in entries
    ]
    return drawn_table(("JOB", "STATUS", "SCHEDULE", "NEXT", "LAST RUN"), rows) if rows else "there are no jobs yet"


def history_table(runs: list[RunEntry]) -> str:
    """One row for each run, the last one first."""
    rows = [(str(one.number), _moment(one.started), one.status.value, one.cause.value, *_counts(one), one.detail) for one in reversed(runs)]
    titles = (
        "RUN",
        "STARTED",
        "STATUS",
        "CAUSE",
        "OBJECTS",
        "UNCHANGED",
        "READ",
        "NOT PLAINLY SCANNED",
        "FINDINGS",
        "SINCE THE RUN BEFORE",
        "DETAIL",
    )
    return drawn_table(titles, rows) if rows else "the job has not run yet"


def schedule_words(job: Job) -> str:
    """`30 2 * * *, Europe/Berlin`, or `once`."""
    return f"{job.schedule.cron}, {job.schedule.timezone}" if job.schedule else "once"


def _erred(run: RunEntry | None) -> bool:
    return run is not None and run.status in (RunStatus.FAILED, RunStatus.DIED)


def _moment(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S %Z") if moment else "-"


def _counts(run: RunEntry) -> tuple[str, ...]:
    summary = run.summary
    if "objects" not in summary:
        return ("-",) * 6
    counts = {name: int(str(summary.get(name, 0))) for name in ("objects", "unchanged", "bytes_read")}
    unread, found, life = (_pairs(summary.get(name)) for name in ("reasons", "findings", "life"))
    return (
        grouped(counts["objects"]),
        grouped(counts["unchanged"]),
        in_bytes(counts["bytes_read"]),
        unread or "-",
        found or "none",
        life or "-",
    )


def _pairs(counts: object) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items()) if isinstance(counts, dict) else ""
