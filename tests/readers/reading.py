"""Runs a reader on bytes, whole or in parts, and tells what it gave in a form that is easy to compare."""

import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from scanner.model.location import Location
from scanner.model.outcome import Problem
from scanner.model.segment import ColumnSegment, Extent, ReaderItem, TextSegment
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget, Limits
from scanner.readers.locators import shift

Read = Callable[[Content, Budget], Iterator[ReaderItem]]


class Unseekable(io.RawIOBase):
    """A stream like that of an archive's member: it gives few bytes at a time and cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub knows only typeshed's own buffer type
        data = self._inner.read(min(len(buffer), 1000))
        buffer[: len(data)] = data
        return len(data)


def content_of(data: bytes, part: ByteRange | None = None, name: str = "", *, seekable: bool = True) -> Content:
    stream = io.BytesIO(data) if seekable else io.BufferedReader(Unseekable(data))
    return Content(stream, name, len(data) if seekable else None, data[: 64 * 1024], "", part)


def items(read: Read, data: bytes, part: ByteRange | None = None, *, seekable: bool = True) -> list[ReaderItem]:
    """All items, checked for what every reader owes: no lone surrogates, an extent exactly for parts."""
    found = list(read(content_of(data, part, seekable=seekable), Budget(Limits(), len(data))))
    for item in found:
        if isinstance(item, TextSegment):
            item.text.encode("utf-8")
        if isinstance(item, ColumnSegment):
            pa.chunked_array([item.values] if isinstance(item.values, pa.Array) else item.values.chunks, item.values.type).validate(
                full=True
            )
    assert isinstance(found[-1], Extent) if part and found else not any(isinstance(item, Extent) for item in found)
    return found


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value of a column, and where it lies."""

    key: str
    names: tuple[str, ...]
    location: Location
    text: str


def texts(values: "pa.Array | pa.ChunkedArray") -> list[str | None]:
    """The values as detection sees them."""
    plain = values.cast(values.type.value_type) if pa.types.is_dictionary(values.type) else values
    as_text: list[str | None] = plain.cast(pa.string()).to_pylist()
    return as_text


def values(found: Iterable[ReaderItem], units: int = 0) -> list[Value]:
    """The values of all columns in the order in which they come, shifted by `units`."""
    return [
        Value(item.key, item.names, shift(item.locator.at(index, 0, len(text)), units), text)
        for item in found
        if isinstance(item, ColumnSegment)
        for index, text in enumerate(texts(item.values))
        if text is not None
    ]


def text_of(found: Iterable[ReaderItem]) -> str:
    """All text segments but context, joined."""
    return "".join(item.text for item in found if isinstance(item, TextSegment) and item.counted)


def problems(found: Iterable[ReaderItem]) -> list[Problem]:
    return [item for item in found if isinstance(item, Problem)]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the parts of an object give together."""

    items: list[ReaderItem]
    values: list[Value]
    lines: list[tuple[Location, str]]


def joined(read: Read, data: bytes, borders: Sequence[int]) -> Joined:
    """Reads `data` in parts as the engine does: a part that does not begin where the one before ended is read again from there."""
    edges = [0, *sorted(borders), len(data)]
    result, position, units = Joined([], [], []), 0, 0
    for start, end in itertools.pairwise(edges):
        if start and position >= end:
            continue
        found = items(read, data, ByteRange(start, end))
        extent = found[-1]
        assert isinstance(extent, Extent)
        if start and extent.start != position != start:
            found = items(read, data, ByteRange(position, end))
            extent = found[-1]
            assert isinstance(extent, Extent)
        result.items.extend(found)
        result.values.extend(values(found, units))
        result.lines.extend(lines(found, units))
        position, units = extent.end, units + extent.units
    return result


def lines(found: Iterable[ReaderItem], units: int = 0) -> list[tuple[Location, str]]:
    """Every text segment but context with the place of its first character."""
    counted = [item for item in found if isinstance(item, TextSegment) and item.counted]
    return [(shift(item.locator.at(item.text, 0, 1), units), item.text) for item in counted]
