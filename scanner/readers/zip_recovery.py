"""Members of a zip file without a usable directory, found by their local headers from the front."""

from collections.abc import Generator, Iterator
from typing import BinaryIO

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers.budget import MIB, Budget
from scanner.readers.decoded import buffered
from scanner.readers.zip_directory import ZipEntry, is_folder, local_entry, next_local
from scanner.readers.zip_member import open_entry, problem


def recover(stream: BinaryIO, budget: Budget) -> Iterator[ReaderItem]:
    """Every member that a local header announces; raises ReadError (MALFORMED) when there is none at all."""
    at = next_local(stream, 0)
    if at is None or local_entry(stream, at) is None:
        raise ReadError(Reason.MALFORMED, "it has neither a directory nor members")
    yield Problem(Reason.MALFORMED, "its directory is missing or damaged; members were looked for from the front")
    while at is not None and (found := local_entry(stream, at)):
        entry, start = found
        end = yield from _member(stream, start, entry, budget)
        at = next_local(stream, max(end, at + 1))


def _member(stream: BinaryIO, start: int, entry: ZipEntry, budget: Budget) -> Generator[ReaderItem, None, int]:
    """Gives the member and returns where its data end, or where they start if that is not known."""
    if is_folder(entry):
        budget.entry()
        return start
    opened = open_entry(stream, start, entry, budget)
    if isinstance(opened, Problem):
        budget.entry()
        yield opened
        return start + (entry.compressed or 0)
    data = buffered(opened)
    yield Member(entry.name, data, entry.size)
    while entry.compressed is None and data.read(MIB):
        pass  # only its decoder knows where it ends
    if opened.damage:
        yield problem(entry, opened.damage)
    if entry.compressed is None:
        return start if opened.damage else start + opened.consumed
    return start + entry.compressed
