"""Numbers what a source lists."""

from collections.abc import Callable, Iterator

from scanner.engine.task import Entry, Settled
from scanner.model.objects import StoredObject, Unlisted
from scanner.model.result import ObjectResult
from scanner.sources.base import Source


class Listing:
    """The objects of a source in their order.

    :param recall: the result of an object that need not be read, None for one that must be; None to read all

    :param objects: listed so far
    :param size: bytes of those among them that are to be read
    :param over: whether that is all
    """

    def __init__(self, source: Source, recall: Callable[[StoredObject], ObjectResult | None] | None = None) -> None:
        self._source = source
        self._recall = recall
        self.objects = 0
        self.size = 0
        self.over = False

    def steps(self) -> Iterator[Entry | Settled]:
        """An entry for each object, and the result of what is not offered for reading or need not be read."""
        for position, met in enumerate(self._source.objects()):
            self.objects += 1
            if isinstance(met, Unlisted):
                yield Settled(position, ObjectResult(StoredObject(met.ref, met.size), met.outcome))
            elif self._recall and (known := self._recall(met)):
                yield Settled(position, known, known=True)
            else:
                self.size += met.size
                yield Entry(position, met, self._source.portable(met))
        self.over = True
