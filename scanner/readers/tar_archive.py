"""Tar archives (ustar, pax, GNU, and those before POSIX), streaming from front to back.

Regular files are read. Folders, links, devices and FIFOs have no bytes of their own and are passed over. The blocks that
mark the end are not believed: archives that were joined with `cat` are read to their last byte.
"""

import io
from collections.abc import Iterator
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.decoded import buffered
from scanner.readers.tar_header import TarHeader, parse
from scanner.readers.tar_pax import EXTENSIONS, GLOBAL, MAX_EXTENSION, Extension, extend
from scanner.readers.tar_sparse import old_map, sparse_stream
from scanner.readers.tar_stream import TarData, TarInput

WITHOUT_DATA: Final = frozenset({b"1", b"2", b"3", b"4", b"5", b"6", b"D"})
"""Links, devices, folders and FIFOs (POSIX `pax`, "typeflag"), and the lists of names in GNU incremental dumps."""
TRUNCATED: Final = "it ends too early"
NO_END: Final = "it ends without the blocks that mark the end; members may be missing"
DAMAGED: Final = "a part of it is no tar header; the next one was looked for behind it"
LONG: Final = "an extended header is too long and was passed over"


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The regular files in the order of the archive, a problem for each damaged part."""
    return _Archive(TarInput(content.stream), budget).items()


class _Archive:
    """Where the reading of one archive stands."""

    def __init__(self, source: TarInput, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._common = Extension()
        self._next = Extension()
        self._latest: tuple[str, ...] = ()

    def items(self) -> Iterator[ReaderItem]:
        """What follows from here to the end."""
        ended = damaged = False
        while block := self._source.block():
            header = parse(block)
            if header:
                yield from self._entry(header)
                ended = damaged = False
            elif not block.strip(b"\0"):
                ended = True
            elif not damaged and not self._source.truncated:
                damaged = True
                yield Problem(Reason.MALFORMED, DAMAGED)
        if self._source.truncated:
            yield Problem(Reason.MALFORMED, TRUNCATED, self._latest)
        elif not ended:
            yield Problem(Reason.MALFORMED, NO_END)

    def _entry(self, header: TarHeader) -> Iterator[ReaderItem]:
        if header.kind in EXTENSIONS:
            yield from self._extension(header)
            return
        extension, self._next = self._next, self._common
        declared = extension.number("size")
        size = header.size if declared is None else declared
        old = old_map(header, self._source)
        data = TarData(self._source, 0 if header.kind in WITHOUT_DATA - {b"D"} else size)
        if header.kind in WITHOUT_DATA or (header.name.endswith(b"/") and not size):
            self._budget.entry()
        else:
            raw: io.RawIOBase = sparse_stream(data, header, extension, old, self._budget) or data
            name = (extension.name or header.name).decode("utf-8", "surrogateescape")
            self._latest = (name,)
            yield Member(name, buffered(raw), size)
        data.finish()
        if not self._source.truncated:
            self._latest = ()

    def _extension(self, header: TarHeader) -> Iterator[ReaderItem]:
        self._budget.entry()
        data = TarData(self._source, header.size)
        if header.size > MAX_EXTENSION:
            yield Problem(Reason.MALFORMED, LONG)
        elif header.kind == GLOBAL:
            self._common = extend(self._common, header, _all(data))
            self._next = self._common
        else:
            self._next = extend(self._next, header, _all(data))
        data.finish()


def _all(data: TarData) -> bytes:
    return io.BufferedReader(data).read()
