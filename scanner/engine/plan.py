"""Turns listed objects into tasks: small objects together, others alone, large ones in parts.

Nothing here depends on the number of workers, so that the same objects always make the same tasks.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from scanner.engine.task import Entry, Pause, Settled, Task
from scanner.readers.base import ByteRange

MIB: Final = 1024 * 1024
# Small parts let workers finish at the same time, and each costs a little.
_MANY_PARTS: Final = 64
_LARGER: Final = 4


@dataclass(frozen=True, slots=True)
class TaskSizes:
    """How large tasks are.

    :param batch_objects: most objects of one batch
    :param batch_bytes: a batch is full when it has as many
    :param part_bytes: objects with more are read in parts where their format allows it; see `in_parts`
    """

    batch_objects: int = 64
    batch_bytes: int = 2 * MIB
    part_bytes: int = 16 * MIB


def plan(
    steps: Iterable[Entry | Settled | Pause], sizes: TaskSizes, splittable: Callable[[Entry], bool]
) -> Iterator[Task | Settled | Pause]:
    """Tasks for the entries, in their order but for batches, which wait until they are full or the listing pauses; what is settled
    is passed on at once.

    :param splittable: asked for objects larger than a part only
    """
    batch = _Batch(sizes)
    for step in steps:
        if isinstance(step, Settled):
            yield step
            continue
        if isinstance(step, Pause):
            if batch.entries:
                yield batch.task()
                batch = _Batch(sizes)
            yield step
            continue
        if batch.entries and not batch.fits(step):
            yield batch.task()
            batch = _Batch(sizes)
        if step.stored.size > sizes.part_bytes and splittable(step):
            yield from in_parts(step, sizes.part_bytes)
        else:
            batch.add(step)
    if batch.entries:
        yield batch.task()


class _Batch:
    """Entries that are done together."""

    def __init__(self, sizes: TaskSizes) -> None:
        self._sizes = sizes
        self._size = 0
        self.entries: list[Entry] = []

    def fits(self, entry: Entry) -> bool:
        if len(self.entries) == self._sizes.batch_objects or self.entries[0].portable != entry.portable:
            return False
        return self._size + entry.stored.size <= self._sizes.batch_bytes

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._size += entry.stored.size

    def task(self) -> Task:
        return Task(tuple(self.entries))


def in_parts(entry: Entry, part_bytes: int) -> Iterator[Task]:
    """One task for every `part_bytes` of the object; of a large one, which keeps all workers busy anyway, for four times as many."""
    size = entry.stored.size
    step = part_bytes if size <= _MANY_PARTS * part_bytes else _LARGER * part_bytes
    for number, start in enumerate(range(0, size, step)):
        yield Task((entry,), part=ByteRange(start, min(start + step, size)), number=number)
