"""Puts the parts of one large object together again.

A part is cut at a fixed byte and guesses where its first record begins. The guess was right when the part before ended
just there; if not (a line break inside quotes), the part is read again from the right byte.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.detection.tally import Tally, join
from scanner.engine.judge import judge
from scanner.engine.plan import in_parts
from scanner.engine.problems import Problems
from scanner.engine.task import Entry, Reading, Task
from scanner.model.objects import StoredObject
from scanner.model.outcome import Problem, Reason
from scanner.model.result import Detection, ObjectResult
from scanner.model.segment import Extent
from scanner.readers.base import ByteRange


@dataclass(slots=True)
class _Joined:
    """The parts so far that follow on each other."""

    stored: StoredObject
    parts: int = 0
    position: int = 0
    units: int = 0
    tally: Tally = field(default_factory=Tally)
    problems: Problems = field(default_factory=Problems)
    media_type: str = ""
    read: bool = False
    bytes_read: int = 0
    stop: Problem | None = None

    def add(self, reading: Reading, limit: int) -> None:
        self.stored = reading.stored
        self.tally = join([(self.tally, 0), (reading.tally, self.units)], limit)
        self.problems.add(reading.problems)
        self.media_type = self.media_type or reading.media_type
        self.read |= reading.read
        self.bytes_read += reading.bytes_read
        self.stop = reading.stop
        # A reader that tells no extent has read all there is.
        extent = reading.extent or Extent(0, reading.stored.size, 0)
        self.position = extent.end
        self.units += extent.units


class Assembly:
    """The parts of one object, as they come in.

    :param entry: the object as it was planned
    :param max_occurrences: most occurrences kept for one group of a tally
    :param conclude: makes detections of the joined tally
    :param count_allowed: tells what of it is allowed
    """

    def __init__(
        self,
        entry: Entry,
        part_bytes: int,
        max_occurrences: int,
        conclude: Callable[[Tally], tuple[Detection, ...]],
        count_allowed: Callable[[Tally], Mapping[str, int]] = lambda _tally: {},
    ) -> None:
        self._entry = entry
        self._part_bytes = part_bytes
        self._limit = max_occurrences
        self._conclude = conclude
        self._count_allowed = count_allowed
        self._attempts = 0
        self._start()

    @property
    def finished(self) -> bool:
        """Whether every part is in its place."""
        return self._joined.parts == self._count

    def receive(self, task: Task, reading: Reading) -> Sequence[Task]:
        """Take in a part. What comes back is to be done next: a part that was guessed wrong, or all of them because the object changed."""
        self._came[task.number] = (task, reading)
        self._seen.add(reading.stored)
        self._changed |= reading.changed or len(self._seen) > 1 or reading.stored != self._entry.stored
        misplaced = self._advance()
        if self.finished and self._changed and self._attempts == 1:
            self._entry = replace(self._entry, stored=reading.stored)
            return self._start()
        return misplaced

    def result(self) -> ObjectResult:
        """The object as a whole, once it is finished."""
        joined = self._joined
        problems = joined.problems.listed()
        outcome = judge(read=joined.read, problems=problems, stop=joined.stop, changed=self._changed)
        detections, allowed = self._conclude(joined.tally), self._count_allowed(joined.tally)
        return ObjectResult(joined.stored, outcome, joined.media_type, joined.bytes_read, detections, problems, allowed)

    def _start(self) -> Sequence[Task]:
        self._attempts += 1
        self._joined = _Joined(self._entry.stored)
        self._came: dict[int, tuple[Task, Reading]] = {}
        self._seen: set[StoredObject] = set()
        self._changed = False
        tasks = tuple(in_parts(self._entry, self._part_bytes))
        self._count = len(tasks)
        if not tasks:
            self._joined.stop = Problem(Reason.EMPTY, "it was emptied while it was read")
        return tasks

    def _advance(self) -> Sequence[Task]:
        """Add what follows on what is there; the part that must be read again, if that stops it."""
        while self._joined.parts in self._came:
            task, reading = self._came.pop(self._joined.parts)
            if not self._is_covered(task):
                if self._is_misplaced(task, reading):
                    return (replace(task, part=ByteRange(self._joined.position, _range(task).end), alone=False),)
                self._joined.add(reading, self._limit)
            self._joined.parts += 1
        return ()

    def _is_covered(self, task: Task) -> bool:
        """Whether the parts before reach over all of this one, or broke off."""
        return self._joined.stop is not None or self._joined.position >= _range(task).end

    def _is_misplaced(self, task: Task, reading: Reading) -> bool:
        """Whether the part began elsewhere than the one before ended; not asked again of one that began where it was told."""
        if task.number == 0 or reading.extent is None:
            return False
        return reading.extent.start != self._joined.position != _range(task).start


def _range(task: Task) -> ByteRange:
    assert task.part is not None, "only parts are assembled"
    return task.part
