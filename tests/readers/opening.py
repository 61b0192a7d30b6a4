"""Reads whole objects as the engine does, and tells what came out in a form that is easy to compare."""

import io
from dataclasses import dataclass, field

from scanner.errors import ReadError
from scanner.model.location import Location
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, ShortColumns, TextSegment
from scanner.readers.budget import Limits
from scanner.readers.dispatch import MemberPath, read_object
from tests.readers.reading import Unseekable


@dataclass(slots=True)
class Found:
    """What came out of one object.

    :ivar texts: for each member path its text, all segments joined
    :ivar columns: (member path, names, values) of each column segment
    :ivar failure: the error that ended it
    """

    media_type: str = ""
    texts: dict[MemberPath, str] = field(default_factory=dict)
    columns: list[tuple[MemberPath, tuple[str, ...], list[str | None]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    segments: list[TextSegment] = field(default_factory=list)
    column_segments: list[ColumnSegment] = field(default_factory=list)
    failure: ReadError | None = None

    @property
    def reasons(self) -> list[tuple[Reason, MemberPath]]:
        """What could not be read, and where."""
        return [(problem.reason, problem.member) for problem in self.problems]

    def place(self, value: str) -> Location:
        """Where `value` stands in the first text that has it."""
        segment = next(segment for segment in self.segments if value in segment.text)
        start = segment.text.index(value)
        return segment.locator.at(segment.text, start, start + len(value))


def opened(data: bytes, name: str, limits: Limits | None = None, *, seekable: bool = True) -> Found:
    """Reads `data` as an object of that name."""
    found = Found()
    stream = io.BytesIO(data) if seekable else io.BufferedReader(Unseekable(data))
    try:
        items = read_object(stream, name, len(data) if seekable else None, limits=limits or Limits())
        found.media_type = items.media_type
        for path, item in items:
            _sort(found, path, item)
    except ReadError as error:
        found.failure = error
    return found


def _sort(found: Found, path: MemberPath, item: object) -> None:
    if isinstance(item, TextSegment):
        found.texts[path] = found.texts.get(path, "") + item.text
        found.segments.append(item)
    elif isinstance(item, ShortColumns):
        for column in item.columns:
            _sort(found, path, column)
    elif isinstance(item, ColumnSegment):
        found.columns.append((path, item.names, item.values.to_pylist()))
        found.column_segments.append(item)
    elif isinstance(item, Problem):
        found.problems.append(item)


def is_sound(found: Found) -> bool:
    """Whether it was read or refused as it should be: text that can be encoded, and a place for its first and last character."""
    for segment in found.segments:
        segment.text.encode("utf-8")
        segment.locator.at(segment.text, 0, 1)
        segment.locator.at(segment.text, len(segment.text) - 1, len(segment.text))
    return bool(found.media_type) and all(problem.detail for problem in found.problems)
