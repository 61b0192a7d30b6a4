"""What Dowse finds in the built files, scanned as a user would."""

import io
import json
import os
from collections.abc import Iterator
from typing import Any, Final

import regex

import scanner
from benchmarks.accuracy.score import Found
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.location import CellLocation, LineLocation, Location, RecordLocation
from scanner.model.names_mode import NamesMode
from scanner.model.segment import ColumnSegment
from scanner.readers import sql
from scanner.readers.base import Content
from scanner.readers.budget import Budget, Limits

_STEP: Final = regex.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\['([^']*)'\]")
_DELIMITERS: Final = regex.compile(r"[,;\t]")


def find(folder: str, words: tuple[str, ...]) -> list[Found]:
    """All occurrences at default confidence below `folder`.

    :param words: as `--select` takes them
    :raises RuntimeError: if a file could not be read whole or has more occurrences than are listed: a score would be wrong
    """
    # The corpus labels no names and addresses; benchmarks/names measures those.
    config = ScanConfig((), select=words, names=NamesMode.OFF, workers=WorkerConfig(processes=0), max_occurrences=100_000)
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
                at = self._dumped(location) if file.endswith(".sql") else self._cell(location.row, location.column)
                start = at + location.start
                return Found(file, label, start, start + location.end - location.start, location.row, location.column)
            case RecordLocation():
                start = self._value(location) + location.start
                return Found(file, label, start, start + location.end - location.start)
            case _:
                raise RuntimeError(f"{file}: {location}; this format has no labelled places")

    def _cell(self, row: int, column: int) -> int:
        """Where a cell begins; enough for files whose cells hold no delimiters."""
        start = self._starts[row - 1]
        cells = _DELIMITERS.split(self._text[start:].partition("\n")[0])
        return start + sum(len(cell) + 1 for cell in cells[: column - 1])

    def _dumped(self, location: CellLocation) -> int:
        """Where a value in a dump of a database begins: at its first appearance, which is the only one of a generated value."""
        content = self._text.encode()
        for item in sql.read(Content(io.BytesIO(content), "", len(content), content, ""), Budget(Limits(), len(content))):
            if isinstance(item, ColumnSegment) and item.key == location.column_name:
                first = item.locator.at(0, 0, 0)
                index = location.row - first.row if isinstance(first, CellLocation) else -1
                if 0 <= index < len(item.values):
                    return self._text.index(str(item.values[index]))
        raise RuntimeError(f"{location}: no such cell")

    def _value(self, location: RecordLocation) -> int:
        """Where a string of a JSON document begins: at its first appearance, which is the only one of a generated value."""
        value: Any = json.loads(self._text)
        for name, index, quoted in _STEP.findall(location.json_path):
            value = value[int(index)] if index else value[name or quoted]
        return self._text.index(str(value))
