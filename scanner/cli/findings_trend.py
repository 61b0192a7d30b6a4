"""Shows how runs went, one after another."""

import itertools
from collections.abc import Mapping
from typing import Final

from scanner.cli.columns import columns
from scanner.cli.findings_list import write_record
from scanner.cli.printing import print_text
from scanner.errors import ConfigError
from scanner.model.life import Life
from scanner.reports.amounts import grouped, in_bytes
from scanner.reports.escape import visible
from scanner.reports.run_records import summary_record
from scanner.reports.times import timestamp
from scanner.state.runs import RunEntry, runs
from scanner.state.store import open_store

_HEAD: Final = ("RUN", "STARTED", "STATUS", "OBJECTS", "READ", "NOT AGAIN", "SKIPPED", "FAILED", "HIGH", "MEDIUM", "LOW")


def print_trend(path: str, job: str | None, limit: int, *, as_json: bool) -> None:
    """The latest runs, the earliest of them first."""
    with open_store(path) as store:
        entries = list(itertools.islice(runs(store, job), limit))[::-1]
    if job is not None and not entries:
        raise ConfigError(f"{path}: there is no run of a job {job!r}; without --job all runs are shown")
    if as_json:
        for entry in entries:
            write_record(_record(entry))
        return
    rows = [_row(entry) for entry in entries]
    for line in columns((*_HEAD, *(life.value.upper() for life in Life), "TARGETS"), rows, right=range(3, len(_HEAD) + len(Life))):
        print_text(line)


def _row(entry: RunEntry) -> list[str]:
    summary = entry.summary
    head = [entry.run.id[:12], timestamp(entry.started)[:16].replace("T", " "), entry.status]
    targets = visible(" ".join(entry.run.targets))
    if summary is None:
        return [*head, *("-" * (len(_HEAD) - len(head) + len(Life))), targets]
    outcomes, found = summary.outcomes, summary.findings
    counts = (summary.unchanged, outcomes.get("skipped", 0), outcomes.get("failed", 0), *_levels(found))
    lives = (summary.life.get(life.value, 0) for life in Life)
    return [*head, grouped(summary.objects), in_bytes(summary.bytes_read), *map(grouped, counts), *map(grouped, lives), targets]


def _levels(found: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(found.get(level, 0) for level in ("high", "medium", "low"))


def _record(entry: RunEntry) -> dict[str, object]:
    """The run with its summary, as one value."""
    ended = {"ended": timestamp(entry.ended)} if entry.ended else {}
    job = {"job": entry.job} if entry.job else {}
    summary = {"summary": summary_record(entry.summary)} if entry.summary else {}
    started = {"started": timestamp(entry.started), "status": entry.status, "targets": list(entry.run.targets)}
    return {"record": "trend", "id": entry.run.id, **job, **started, **ended, **summary}
