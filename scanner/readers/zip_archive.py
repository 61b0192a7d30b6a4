"""Zip archives, member by member and streaming. Nothing is written to disk, no name is used as a path.

Sizes in headers are not trusted. A member that overlaps the one before it is refused, which stops bombs whose members
share their data; `zipfile` does so only from Python 3.11.8 on (CVE-2024-0450).
"""

from collections.abc import Iterator
from typing import BinaryIO

from scanner.model.outcome import Problem
from scanner.model.segment import Member, ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.decoded import buffered
from scanner.readers.zip_directory import ZipEntry, is_folder, list_entries, local_entry
from scanner.readers.zip_member import open_entry, problem
from scanner.readers.zip_recovery import recover


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The members in the order in which they lie in the file. Folders have no bytes and are passed over."""
    stream = budget.seekable(content.stream)
    listed = list_entries(stream, budget)
    if listed is None:
        yield from recover(stream, budget)
        return
    covered = 0
    for entry in listed:
        start = _data_start(stream, entry, covered)
        if isinstance(start, Problem):
            budget.entry()
            yield start
            continue
        covered = start + (entry.compressed or 0)
        yield from _member(stream, start, entry, budget)


def _data_start(stream: BinaryIO, entry: ZipEntry, covered: int) -> int | Problem:
    if entry.offset < covered:
        return problem(entry, "its data overlap another member")
    found = local_entry(stream, entry.offset)
    return found[1] if found else problem(entry, "its header is damaged")


def _member(stream: BinaryIO, start: int, entry: ZipEntry, budget: Budget) -> Iterator[ReaderItem]:
    if is_folder(entry):
        budget.entry()
        return
    opened = open_entry(stream, start, entry, budget)
    if isinstance(opened, Problem):
        budget.entry()
        yield opened
        return
    yield Member(entry.name, buffered(opened), entry.size)
    if opened.damage:
        yield problem(entry, opened.damage)
