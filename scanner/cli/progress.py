"""The progress bar on standard error."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from identifiers.model import Identifier
from scanner.engine.progress import Progress
from scanner.model.outcome import Status
from scanner.model.result import ObjectResult


class Watch:
    """What a run came to so far, and whoever shows it.

    :param show: draws a moment of the run, with what was found in words
    """

    def __init__(self, show: Callable[[Progress, str], None] | None = None) -> None:
        self._show = show
        self._found: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()

    def __call__(self, progress: Progress) -> None:
        """Shows the moment."""
        if self._show:
            self._show(progress, self.words)

    def count(self, result: ObjectResult, identifiers: Mapping[str, Identifier]) -> None:
        """Counts an object that is done."""
        if not self._show:
            return
        from scanner.reports.severity import count_in, worst

        if counted := count_in(result.detections, identifiers):
            self._found[worst(counted).value] += 1
        if result.outcome.status is not Status.SCANNED:
            self._unread[result.outcome.status.value] += 1

    @property
    def words(self) -> str:
        """`3 high, 1 low; 2 skipped, 1 failed`; empty as long as there is nothing to tell."""
        parts = ((self._found, ("high", "medium", "low")), (self._unread, ("partial", "skipped", "failed")))
        listed = (", ".join(f"{counts[name]} {name}" for name in names if counts[name]) for counts, names in parts)
        return "; ".join(filter(None, listed))


@contextmanager
def progress_bar(*, wanted: bool | None) -> Iterator[Watch]:
    """Something to call with each progress; it draws a bar, or does nothing.

    :param wanted: None draws on a terminal only
    """
    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield Watch()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.fields[objects]}", style="bold"),
        BarColumn(bar_width=20),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}", style="bold yellow", markup=False),
        TextColumn("{task.fields[current]}", style="dim", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scan", total=None, objects="", found="", current="")

        def show(progress: Progress, found: str) -> None:
            total = progress.bytes_listed if progress.listed_all else None
            objects, current = _objects(progress), _current(progress)
            bar.update(task, completed=progress.bytes_done, total=total, objects=objects, found=found, current=current)

        yield Watch(show)


def _objects(progress: Progress) -> str:
    """How many objects are done; with a plus sign while more may be listed."""
    return f"{progress.objects_done} of {progress.objects_listed}{'' if progress.listed_all else '+'} objects"


def _current(progress: Progress) -> str:
    from scanner.reports.escape import visible

    return visible(progress.current.key)[-40:] if progress.current else ""
