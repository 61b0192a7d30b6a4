"""Who can have a file, as the findings in it say it."""

from collections.abc import Iterator, Sequence

from scanner.model.exposure import ObjectExposure, Reachable
from scanner.posture.local_files import FileReach, file_reach


def file_exposure(path: str, exports: Sequence[str]) -> ObjectExposure | None:
    """None if only its owner can, or it cannot be told.

    :param exports: folders that are exported to other machines
    """
    reach = file_reach(path, exports)
    if reach.open:
        return ObjectExposure(Reachable.MACHINE, tuple(_words(reach)))
    return ObjectExposure(Reachable.GROUP, ("its group can read it",)) if reach.group_reads else None


def _words(reach: FileReach) -> Iterator[str]:
    if reach.everybody_writes:
        yield "everybody on this machine can change it"
    if reach.everybody_reads:
        yield "everybody on this machine can read it"
    if reach.exported:
        yield f"exported to other machines with {reach.exported}"
    if reach.synced:
        yield f"kept in step with a server by {reach.synced}"
