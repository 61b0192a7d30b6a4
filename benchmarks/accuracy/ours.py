"""What Dowse finds in the built files, scanned as a user would."""

import os
from collections.abc import Iterator

import scanner
from benchmarks.accuracy.score import Found
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.location import CellLocation, LineLocation, Location


def find(folder: str, words: tuple[str, ...]) -> list[Found]:
    """All occurrences at default confidence below `folder`.

    :param words: as `--select` takes them
    :raises RuntimeError: if a file could not be read whole or has more occurrences than are listed: a score would be wrong
    """
    config = ScanConfig((), select=words, workers=WorkerConfig(processes=0), max_occurrences=100_000)
    found = []
    for result in scanner.scan(folder, config=config):
        name = os.path.basename(result.object.ref.key)
        if result.outcome.status.name != "SCANNED":
            raise RuntimeError(f"{name}: {result.outcome}; scoring needs every file read whole")
        text = _Lines(os.path.join(folder, name))
        for detection in result.detections:
            if len(detection.occurrences) != detection.count:
                raise RuntimeError(f"{name}: {detection.count} of {detection.identifier}, {len(detection.occurrences)} listed")
            found += [text.place(name, detection.identifier, each.location) for each in detection.occurrences]
    return found


class _Lines:
    """Turns lines and columns of a file into character offsets."""

    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8", newline="") as file:
            self._text = file.read()
        self._starts = list(self._line_starts())

    def _line_starts(self) -> Iterator[int]:
        start = 0
        for line in self._text.split("\n"):
            yield start
            start += len(line) + 1

    def place(self, file: str, label: str, location: Location) -> Found:
        """Where an occurrence lies.

        :raises RuntimeError: if the location is of a kind that the corpus does not label
        """
        match location:
            case LineLocation():
                start = self._starts[location.start - 1] + location.start_column - 1
                return Found(file, label, start, self._starts[location.end - 1] + location.end_column)
            case CellLocation():
                return Found(file, label, row=location.row, column=location.column)
            case _:
                raise RuntimeError(f"{file}: {location}; this format has no labelled places")
