"""The progress bar on standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scanner.engine.progress import Progress


@contextmanager
def progress_bar(*, wanted: bool | None) -> Iterator[Callable[[Progress], None]]:
    """A function to call with each progress; it draws a bar, or does nothing.

    :param wanted: None draws on a terminal only
    """
    if wanted is False or (wanted is None and not sys.stderr.isatty()):
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.fields[objects]}", style="bold"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[current]}", style="dim", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scan", total=None, objects="", current="")

        def show(progress: Progress) -> None:
            total = progress.bytes_listed if progress.listed_all else None
            bar.update(task, completed=progress.bytes_done, total=total, objects=_objects(progress), current=_current(progress))

        yield show


def _objects(progress: Progress) -> str:
    """How many objects are done; with a plus sign while more may be listed."""
    return f"{progress.objects_done} of {progress.objects_listed}{'' if progress.listed_all else '+'} objects"


def _current(progress: Progress) -> str:
    from scanner.reports.escape import visible

    return visible(progress.current.key)[-40:] if progress.current else ""
