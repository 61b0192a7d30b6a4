"""Jobs for tests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from scanner.jobs.entries import JobEntry
from scanner.jobs.registry import Registry

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONCE = 'name = "once"\ntargets = ["data"]\n'
DAILY = 'name = "daily"\ntargets = ["data"]\n[schedule]\nevery = "day"\nat = "03:00"\n'
LATER = 'name = "later"\ntargets = ["data"]\ninitial_run = false\n[schedule]\nevery = "day"\nat = "03:00"\n'


def added(registry: Registry, text: str, folder: Path | str = "/srv", now: datetime = START) -> JobEntry:
    return registry.add(text, "job.toml", str(folder), now)


def at(days: int, hours: int = 0, minutes: int = 0) -> datetime:
    """So long after START."""
    return START + timedelta(days=days, hours=hours, minutes=minutes)
