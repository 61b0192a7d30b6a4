"""Gives results out in the order of the listing, in whatever order they are done."""

from collections.abc import Iterator
from typing import Final

from scanner.model.result import ObjectResult

# Bounds what waits for a slow object before it: a result counts one, each of its occurrences (about 0.5 KB) one more.
_MOST_WAITING: Final = 100_000


class Reorder:
    """Results by position; those that follow on the last one given out are ready."""

    def __init__(self, most_waiting: int = _MOST_WAITING) -> None:
        self._most = most_waiting
        self._waiting: dict[int, ObjectResult] = {}
        self._weight = 0
        self._next = 0

    @property
    def has_room(self) -> bool:
        """Whether more may be put in before something is taken out."""
        return self._weight < self._most

    def put(self, position: int, result: ObjectResult) -> None:
        """Take in the result of the object at `position`; each position comes once."""
        self._waiting[position] = result
        self._weight += _weight(result)

    def ready(self) -> Iterator[ObjectResult]:
        """Those without a gap before them; they are gone from here then."""
        while self._next in self._waiting:
            yield self._take(self._next)
            self._next += 1

    def rest(self) -> Iterator[ObjectResult]:
        """All others in order, gaps or not: for the end of an interrupted run."""
        for position in sorted(self._waiting):
            yield self._take(position)

    def _take(self, position: int) -> ObjectResult:
        result = self._waiting.pop(position)
        self._weight -= _weight(result)
        return result


def _weight(result: ObjectResult) -> int:
    return 1 + sum(len(detection.occurrences) for detection in result.detections)
