"""What the sinks for data catalogues have in common: they gather the columns and write when the run is over."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.catalogues.labels import Label, labelled
from scanner.reports.datasets import Dataset
from scanner.reports.inventory import Inventory
from scanner.reports.options import SinkOptions
from scanner.reports.severity import count_in

Labelled = Sequence[tuple[Dataset, list[Label]]]


class CatalogueSink(ABC):
    """Gathers columns, about half a kilobyte each, and writes them by dataset."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._options = options
        self._inventory = Inventory(most=None, documents=False)
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Takes the columns of an object in."""
        counted = count_in(result.detections, self._options.identifiers)
        if counted:
            self._inventory.add(result, counted)

    def finish(self, summary: Summary) -> None:  # noqa: ARG002 - columns say nothing of the run's end
        """Writes everything."""
        assert self._run is not None, "finish comes after begin"
        for piece in self.content(list(labelled(self._inventory, self._options.catalogues)), self._run):
            self._out.write(piece)
        self._out.flush()

    @abstractmethod
    def content(self, datasets: Labelled, run: Run) -> Iterator[bytes]:
        """The file, in pieces."""
