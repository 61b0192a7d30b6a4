"""Compressed files: gzip (RFC 1952), bzip2, xz and the lzma format before it, Zstandard (RFC 8878).

Each is one object in another coding, given as one member. What is behind damage is lost, what is before it is read.
"""

import functools
from collections.abc import Iterator
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Member, ReaderItem
from scanner.readers.base import Content
from scanner.readers.budget import Budget
from scanner.readers.decoded import DecodedStream, buffered
from scanner.readers.decoders import MakeDecoder, bz2_decoder, gzip_decoder, xz_decoder, zstd_decoder
from scanner.readers.extensions import ending

SUFFIXES: Final = frozenset({".bz2", ".gz", ".gzip", ".lzma", ".xz", ".z", ".zst", ".zstd"})
TARRED: Final = frozenset({".tbz", ".tbz2", ".tgz", ".txz", ".tzst"})
HAS_NAME: Final = 8  # flag FNAME, RFC 1952 2.3.1
HAS_EXTRA: Final = 4  # flag FEXTRA


def read_gzip(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """What a gzip file holds, all its members in one."""
    return _read(content, budget, gzip_decoder, stored_name(content.head))


def read_bz2(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """What a bzip2 file holds."""
    return _read(content, budget, bz2_decoder)


def read_xz(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """What an xz or lzma file holds."""
    return _read(content, budget, functools.partial(xz_decoder, budget.limits.memory_bytes))


def read_zstd(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """What a zstd file holds."""
    return _read(content, budget, zstd_decoder)


def _read(content: Content, budget: Budget, make: MakeDecoder, stored: str = "") -> Iterator[ReaderItem]:
    stream = DecodedStream(content.stream, make, budget)
    yield Member(inner_name(content.name, stored), buffered(stream))
    if stream.damage:
        yield Problem(Reason.MALFORMED, stream.damage)


def inner_name(name: str, stored: str = "") -> str:
    """The name of what `name` holds, a hint only: `data.csv` for `data.csv.gz`, `x.tar` for `x.tgz`.

    :param stored: the name in a gzip header, used when `name` gives no extension
    """
    suffix = ending(name)
    if suffix in TARRED:
        return name[: -len(suffix)] + ".tar"
    inner = name[: -len(suffix)] if suffix in SUFFIXES else name
    return inner if not stored or (inner != name and ending(inner)) else stored


def stored_name(head: bytes) -> str:
    """The file name in a gzip header; empty if there is none or it is no plain file name."""
    if len(head) < 12 or not head[3] & HAS_NAME:
        return ""
    start = 12 + int.from_bytes(head[10:12], "little") if head[3] & HAS_EXTRA else 10
    raw, end, _ = head[start : start + 256].partition(b"\0")
    name = raw.decode("latin-1")
    return name if end and name.isprintable() else ""
