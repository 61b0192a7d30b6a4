"""The units of work: what is handed to a worker, and what comes back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from scanner.detection.tally import Tally
from scanner.model.objects import StoredObject
from scanner.model.outcome import Problem
from scanner.model.result import ObjectResult
from scanner.model.segment import Extent
from scanner.model.traffic import Traffic
from scanner.readers.base import ByteRange


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed object in hand.

    :param position: its place in the listing, from 0; results are given out in this order
    :param portable: whether another process can open it
    """

    position: int
    stored: StoredObject
    portable: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """Work for one worker: several small objects of one source, one object, or one part of a large one.

    :param part: the bytes of the single entry to read; None for whole objects
    :param number: which part of the object it is, from 0
    :param alone: the second and last attempt, with no other object at risk
    """

    entries: tuple[Entry, ...]
    part: ByteRange | None = None
    number: int = 0
    alone: bool = False

    @property
    def id(self) -> str:
        """16 hex digits, the same in every run over the same objects."""
        names = [(entry.stored.ref.uri, entry.stored.ref.version, entry.stored.etag) for entry in self.entries]
        return hashlib.sha256(repr((names, self.part)).encode()).hexdigest()[:16]

    @property
    def portable(self) -> bool:
        """Whether another process can do it."""
        return all(entry.portable for entry in self.entries)

    @property
    def size(self) -> int:
        """Bytes that are to be read."""
        if self.part is not None:
            return self.part.end - self.part.start
        return sum(entry.stored.size for entry in self.entries)

    def after(self, count: int) -> "Task":
        """What is left of it when its first `count` entries are done."""
        return replace(self, entries=self.entries[count:])

    def first(self, count: int) -> "Task":
        """Its first `count` entries."""
        return replace(self, entries=self.entries[:count])

    def apart(self) -> "tuple[Task, ...]":
        """The same work as tasks of one object or part each, for a second attempt."""
        return tuple(replace(self, entries=(entry,), alone=True) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reading of an object, or of one part of it, went, and what detection found.

    :param stored: the object as it was when it was opened
    :param read: whether any segment came out of it
    :param bytes_read: of the object itself
    :param problems: what could not be read inside it, in the order met
    :param stop: why reading ended early
    :param changed: the object was written to while it was read
    :param extent: what a part really covered; None when it was not read to its end, and for whole objects
    :param traffic: requests that were made meanwhile
    """

    stored: StoredObject
    tally: Tally = field(default_factory=Tally)
    media_type: str = ""
    read: bool = False
    bytes_read: int = 0
    problems: tuple[Problem, ...] = ()
    stop: Problem | None = None
    changed: bool = False
    extent: Extent | None = None
    traffic: Traffic = field(default=Traffic(), compare=False)


Done = ObjectResult | Reading
"""What became of one entry of a task: of a whole object its result, of a part what it came to."""

TaskResult = Sequence[ObjectResult] | Reading
"""A result for each entry of a task, or what one part came to."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A result that needs no work: of something that the source met but does not offer for reading, or that is known already.

    :param known: it comes from the state store
    """

    position: int
    result: ObjectResult
    known: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """The source has nothing to list at the moment; more may come. What was listed should not wait for it."""


PAUSE: Final = Pause()
"""The only one there need be."""
