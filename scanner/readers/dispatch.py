"""From an object to segments: recognise it, run its reader, and do the same with every member inside it.

The member path of an item names the containers' members from the outside in, each as its container has it. A compressed
file (gz, bz2, xz, zst) is the same object in another coding and adds no step: the file `a.csv` in `x.tar.gz` has the
path `("a.csv",)`, and `x.csv.gz` itself the empty path.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from scanner.errors import MissingExtraError, ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Extent, Member, ReaderItem, Segment
from scanner.model.unread import MayHold
from scanner.readers import registry
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget, Limits
from scanner.readers.gather import gathered
from scanner.readers.heads import Peeked
from scanner.readers.magic import recognise

MemberPath = tuple[str, ...]
Item = Segment | Problem | Extent
Items = Iterator[tuple[MemberPath, Item]]

ENDS_ALL: Final = frozenset({Reason.BUDGET_BYTES, Reason.BUDGET_RATIO, Reason.BUDGET_ENTRIES})
"""What ends the whole object even when it strikes inside a member: nothing is left to spend on other members."""

_TABLES: Final = frozenset({"text/csv", "text/tab-separated-values"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A recognised object. Iterate over it once.

    :param media_type: as the content shows, e.g. `text/csv`
    :param items: segments, problems and the extent, each with the member path that it belongs to. Raises ReadError when
        the object cannot be read (further); what came before counts.
    """

    media_type: str
    items: Items

    def __iter__(self) -> Items:
        return self.items


def read_object(
    stream: BinaryIO, name: str, size: int | None, *, limits: Limits, part: ByteRange | None = None, may_hold: MayHold | None = None
) -> Opened:
    """Open an object for reading.

    :param stream: at its first byte; need not be able to seek
    :param name: its name, a hint only
    :param size: in bytes, None if unknown
    :param part: only this part of it, where its format can be read in parts
    :param may_hold: what columns are worth reading; None for all
    :raises ReadError: EMPTY for an object without bytes
    """
    if size is None and stream.seekable():
        size = _length(stream)
    budget = Budget(limits, size)
    peeked = Peeked(stream, budget)
    if not peeked.head:
        raise ReadError(Reason.EMPTY)
    media_type = recognise(peeked.head, name, size)
    content = Content(peeked.stream, name, size, peeked.head, media_type, part, may_hold)
    return Opened(media_type, _items(peeked, content, budget, ()))


def _length(stream: BinaryIO) -> int:
    start = stream.tell()
    end = stream.seek(0, os.SEEK_END)
    stream.seek(start)
    return end - start


def _items(peeked: Peeked, content: Content, budget: Budget, path: MemberPath) -> Items:
    """The items of `content`; read as something else when a structured format turns out not to be it before anything was given."""
    row = registry.row(content.media_type)
    if not row.names_member:
        yield from _recoded(content, budget, path)
        return
    given = False
    try:
        for item in gathered(_run(content, budget)):
            given = True
            if isinstance(item, Member):
                yield from _member(item, budget, (*path, item.name))
            else:
                yield path, _at(item, path)
    except ReadError as error:
        if given or not row.structured or error.reason is not Reason.MALFORMED or not peeked.rewind():
            raise
        yield from _items(peeked, replace(content, stream=peeked.stream, media_type=_instead(content)), budget, path)


def _instead(content: Content) -> str:
    """What text is when it is not what it was taken for: a table in spite of its name, or plain text."""
    kind = recognise(content.head, "", content.size)
    return kind if kind != content.media_type and kind in _TABLES else registry.TEXT


def _recoded(content: Content, budget: Budget, path: MemberPath) -> Items:
    """The items of a compressed file. What keeps its content from being read is raised, but its damage is told first."""
    failure: ReadError | None = None
    for item in _run(content, budget):
        if not isinstance(item, Member):
            yield path, _at(item, path)
            continue
        try:
            yield from _inside(item, budget, path)
        except ReadError as error:
            failure = error
    if failure:
        raise failure


def _run(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    try:
        return registry.load(content.media_type)(content, budget)
    except MissingExtraError as error:
        raise ReadError(Reason.UNSUPPORTED_TYPE, str(error)) from error


def _at(item: Item, path: MemberPath) -> Item:
    return replace(item, member=path + item.member) if isinstance(item, Problem) else item


def _member(member: Member, budget: Budget, path: MemberPath) -> Items:
    """The items of a member. When it cannot be read, that is a problem of its own and its container goes on."""
    try:
        yield from _inside(member, budget, path)
    except ReadError as error:
        if error.reason in ENDS_ALL:
            raise
        yield path, Problem(error.reason, error.detail, path)


def _inside(member: Member, budget: Budget, path: MemberPath) -> Items:
    """The items of what is in `member`, one container deeper. One without bytes has none."""
    budget.entry()
    budget.enter()
    try:
        peeked = Peeked(member.stream)
        if peeked.head:
            media_type = recognise(peeked.head, member.name, member.size)
            yield from _items(peeked, Content(peeked.stream, member.name, member.size, peeked.head, media_type), budget, path)
    finally:
        budget.leave()
