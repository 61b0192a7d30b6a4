"""Opens, reads and searches objects, one after another: what goes on inside a worker."""

import io
import os
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import BinaryIO, cast

from scanner.detection.detector import Detector
from scanner.engine.counted import CountedStream
from scanner.engine.executor import limit_of
from scanner.engine.items import Items
from scanner.engine.judge import judge
from scanner.engine.task import Done, Reading, Task
from scanner.errors import ReadError
from scanner.model.objects import StoredObject
from scanner.model.outcome import Problem, Reason
from scanner.model.result import Detection, ObjectResult
from scanner.readers.base import ByteRange
from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object
from scanner.sources.base import Source
from scanner.sources.traffic import TRAFFIC


@dataclass(frozen=True, slots=True)
class Judged:
    """What a tally came to; nothing for a part, which is not judged by itself. Fields as in ObjectResult."""

    detections: tuple[Detection, ...] = ()
    allowed: Mapping[str, int] = field(default_factory=dict)


class ObjectScan:
    """Does tasks with one detector.

    :param seconds: what one object may take, and one more for each MiB of it
    """

    def __init__(self, source: Source, detector: Detector, limits: Limits, seconds: float) -> None:
        self._source = source
        self._detector = detector
        self._limits = limits
        self._seconds = seconds

    def __call__(self, task: Task) -> Iterator[Done]:
        """A result for each entry, or what the part came to. Raises MemoryError, and nothing else."""
        self._source.expect([entry.stored for entry in task.entries], task.part.end if task.part else None)
        for entry in task.entries:
            reading, judged = self._attempt(entry.stored, task.part)
            done = _result(reading, judged) if task.part is None else reading
            yield replace(done, traffic=TRAFFIC.take())

    def _attempt(self, stored: StoredObject, part: ByteRange | None) -> tuple[Reading, Judged]:
        """What reading came to, and for a whole object also what was judged. The one place where any error is caught.

        Content is hostile and parsers are many: what none of them foresaw costs one object and not the run.
        """
        try:
            reading = self._read(stored, part)
            if reading.changed and part is None:
                reading = self._read(reading.stored, part)
            judged = Judged() if part else self._judged(reading)
            stored = self._source.described(reading.stored) if judged.detections else reading.stored
            return replace(reading, stored=stored), judged
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the border between hostile content and the run
            return Reading(stored, stop=Problem(Reason.CRASH, _told(error))), Judged()

    def _judged(self, reading: Reading) -> Judged:
        name = reading.stored.ref.key
        return Judged(self._detector.conclude(reading.tally, name), self._detector.count_allowed(reading.tally, name))

    def _read(self, stored: StoredObject, part: ByteRange | None) -> Reading:
        try:
            stream = self._source.open(stored)
        except ReadError as error:
            return Reading(stored, stop=Problem(error.reason, error.detail))
        with stream:
            if stream.seekable():
                return self._read_stream(self._source.current(stored, stream), stream, part)
            return self._read_forward(stored, stream)

    def _read_stream(self, stored: StoredObject, stream: BinaryIO, part: ByteRange | None) -> Reading:
        reading = self._search(stored, stream, part)
        bytes_read = _covered(reading, part) if reading.stop is None else max(0, stream.tell() - (part.start if part else 0))
        try:
            return replace(reading, bytes_read=bytes_read, changed=not self._source.unchanged(stored, stream))
        except ReadError as error:
            return replace(reading, bytes_read=bytes_read, stop=Problem(error.reason, error.detail))

    def _read_forward(self, stored: StoredObject, stream: BinaryIO) -> Reading:
        counted = CountedStream(stream)
        reading = self._search(stored, cast("BinaryIO", io.BufferedReader(counted)), None)
        return replace(reading, stored=replace(stored, size=stored.size or counted.count), bytes_read=counted.count)

    def _search(self, stored: StoredObject, stream: BinaryIO, part: ByteRange | None) -> Reading:
        items = Items(limit_of(part.end - part.start if part else stored.size, self._seconds))
        name = os.path.basename(stored.ref.key)
        may_hold = self._detector.may_hold
        opened = partial(read_object, stream, name, stored.size or None, limits=self._limits, part=part, may_hold=may_hold)
        tally = self._detector.tally(items.segments(opened))
        return Reading(stored, tally, items.media_type, items.read, 0, items.problems.listed(), items.stop, extent=items.extent)


def _result(reading: Reading, judged: Judged) -> ObjectResult:
    outcome = judge(read=reading.read, problems=reading.problems, stop=reading.stop, changed=reading.changed)
    return ObjectResult(
        reading.stored, outcome, reading.media_type, reading.bytes_read, judged.detections, reading.problems, judged.allowed
    )


def _covered(reading: Reading, part: ByteRange | None) -> int:
    if reading.extent is not None:
        return reading.extent.end - reading.extent.start
    return part.end - part.start if part else reading.stored.size


def _told(error: Exception) -> str:
    """The kind of `error` and the place in the code; its message may hold content and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.sep.join(frames[-1].filename.split(os.sep)[-2:])}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
