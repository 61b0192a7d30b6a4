"""What names and addresses in tables cost: CPU seconds of their judgement beside those of reading and of all other detection.

python -m benchmarks.make_data FOLDER wide.csv dense.csv wide.parquet dense.parquet events.jsonl --size 20MB
python -m benchmarks.names.cost FOLDER
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial

from identifiers import load_catalogue
from scanner.detection.detector import Detector
from scanner.detection.judged import TableNames
from scanner.detection.redact import Redactor
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Tally
from scanner.model.segment import ColumnSegment, Segment, ShortColumns, TextSegment
from scanner.readers.budget import Limits
from scanner.readers.dispatch import read_object

_ROUNDS = 3
_SETTINGS = DetectionSettings(key=b"costs keep no fingerprints")


def main() -> None:
    """A row for each file of the folder."""
    parser = argparse.ArgumentParser(description="CPU seconds of names in tables.")
    parser.add_argument("folder")
    folder = parser.parse_args().folder
    detector = Detector(tuple(one for one in load_catalogue() if not one.judged), _SETTINGS)
    print("| file | MB | reading | other detection | names | names add |")
    print("|---|---|---|---|---|---|")
    for name in sorted(name for name in os.listdir(folder) if name.endswith((".csv", ".parquet", ".jsonl"))):
        path = os.path.join(folder, name)
        reading = _least(partial(_segments, path))
        segments = _segments(path)
        others = _least(partial(_others, detector, segments))
        names = _least(partial(_names, segments))
        share = names / (reading + others)
        print(f"| {name} | {os.path.getsize(path) / 1e6:.0f} | {reading:.2f} s | {others:.2f} s | {names:.3f} s | {share:.1%} |")


def _least(work: Callable[[], object]) -> float:
    """The least CPU seconds of several rounds."""
    return min(_timed(work) for _ in range(_ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _segments(path: str) -> list[Segment]:
    with open(path, "rb") as stream:
        opened = read_object(stream, os.path.basename(path), os.path.getsize(path), limits=Limits())
        return [item for _, item in opened.items if isinstance(item, (ColumnSegment, ShortColumns, TextSegment))]


def _others(detector: Detector, segments: list[Segment]) -> Tally:
    return detector.tally(((), segment) for segment in segments)


def _names(segments: list[Segment]) -> Tally:
    tally = Tally()
    names = TableNames(tally, _SETTINGS, Redactor(lambda _text: []), frozenset({"NAME", "ADDRESS"}))
    for segment in segments:
        columns = segment.columns if isinstance(segment, ShortColumns) else (segment,) if isinstance(segment, ColumnSegment) else ()
        for column in columns:
            names.add((), column)
    names.finish()
    return tally


if __name__ == "__main__":
    main()
