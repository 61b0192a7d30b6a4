"""Looks after a state store."""

import os
from datetime import UTC, datetime

from scanner.cli.printing import print_text
from scanner.errors import ConfigError
from scanner.reports.amounts import in_bytes
from scanner.reports.files import open_output
from scanner.reports.jsonl import JsonlSink
from scanner.reports.options import SinkOptions
from scanner.sources.bounds import parse_moment
from scanner.state.declared import declared
from scanner.state.replay import replay
from scanner.state.store import open_store
from scanner.state.upkeep import problems, vacuum


def print_check(path: str) -> bool:
    """Say what is wrong with the store; whether nothing is."""
    with open_store(path) as store:
        found = list(problems(store))
    for problem in found:
        print_text(f"{path}: {problem}")
    if not found:
        print_text(f"{path}: sound")
    return not found


def tidy(path: str, older_than: str | None) -> None:
    """Give space back, and say how much."""
    try:
        before = parse_moment(older_than, datetime.now(UTC)) if older_than else None
    except ConfigError as error:
        raise ConfigError(f"--older-than: {error}") from None
    with open_store(path, write=True) as store:
        size = os.path.getsize(path)
        vacuum(store, before)
    print_text(f"{path}: {in_bytes(os.path.getsize(path))}, {in_bytes(size)} before")


def export_run(path: str, run_id: str | None) -> None:
    """Write the records of a run to standard output."""
    with open_store(path) as store, open_output("-") as out:
        run, results, summary = replay(store, run_id)
        sink = JsonlSink(out, SinkOptions(declared(store), all_outcomes=True))
        sink.begin(run)
        for result in results:
            sink.write(result)
        sink.finish(summary)
