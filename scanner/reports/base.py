"""What a sink is: something that writes the records of a run in one format. One file a format; the registry names them."""

from typing import Protocol

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult


class Sink(Protocol):
    """Writes one run: `begin` once, `write` for each object in the order of their refs, `finish` once."""

    def begin(self, run: Run) -> None:
        """The run starts."""

    def write(self, result: ObjectResult) -> None:
        """One object is done."""

    def finish(self, summary: Summary) -> None:
        """The run is over; everything is flushed when this returns."""
