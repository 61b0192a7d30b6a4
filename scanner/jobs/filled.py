"""Fills in what the file of a job leaves to each run."""

import regex

from scanner.jobs.entries import JobEntry, RunEntry


def filled(text: str, entry: JobEntry, run: RunEntry) -> str:
    """`text` with the job's name for `{job}`, the run's number for `{run}`, and the day it began for `{date}`."""
    name = regex.sub(r"[^\w.-]", "_", entry.job.name)
    for mark, value in {"{job}": name, "{run}": str(run.number), "{date}": run.started.strftime("%Y-%m-%d")}.items():
        text = text.replace(mark, value)
    return text
