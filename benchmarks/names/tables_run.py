"""Precision and recall of NAME and ADDRESS over labelled columns, in three formats.

    python -m benchmarks.names.tables_run

writes benchmarks/results/names-tables.md. With `--wrong` it prints each column of the open tables that was judged wrongly; those of the
locked ones are never shown by name, so that nobody tunes on them.
"""

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.names.labelled import KINDS, WRITERS, Labelled, is_as_locked, read_tables
from scanner.api import scan
from scanner.config import ScanConfig, WorkerConfig
from scanner.model.location import CellLocation, RecordLocation
from scanner.model.result import Detection

_RESULT: Final = os.path.join(os.path.dirname(os.path.dirname(__file__)), "results", "names-tables.md")
_FOUND: Final = ("NAME", "ADDRESS")


@dataclass(frozen=True, slots=True)
class Judged:
    """One column in one format: what it holds, and what was found in it."""

    table: str
    column: str
    format: str
    wanted: str
    found: str


def main() -> None:
    """Scan, score, write."""
    arguments = argparse.ArgumentParser(description="Precision and recall of names and addresses in tables.")
    arguments.add_argument("--wrong", action="store_true", help="print the columns of the open tables that are judged wrongly")
    if not is_as_locked():
        raise SystemExit("benchmarks/names/tables/locked.txt is not what locked.sha256 pins: restore it")
    wrong = arguments.parse_args().wrong
    judged = {name: list(judge_all(read_tables(name))) for name in ("locked", "open")}
    text = "\n".join(_report(judged)) + "\n"
    print(text)
    if wrong:
        print(
            "\n".join(
                f"{one.table:24} {one.column:24} {one.format:8} wanted {one.wanted or '-':8} found {one.found or '-'}"
                for one in _wrong(judged["open"])
            )
        )
        return
    with open(_RESULT, "w", encoding="utf-8") as file:
        file.write(text)


def judge_all(tables: Iterable[Labelled], formats: Sequence[str] = tuple(WRITERS)) -> Iterator[Judged]:
    """Each scored column in each of `formats` that can hold its table."""
    for table in tables:
        for extension in formats if table.header else ("csv",):
            found = _found_in(table, extension)
            for place, label in enumerate(table.labels, start=1):
                wanted = KINDS[label]
                if wanted != "?":
                    name = table.header[place - 1] if table.header else str(place)
                    yield Judged(table.id, name, extension, wanted, found.get(name, ""))


def _found_in(table: Labelled, extension: str) -> dict[str, str]:
    """Column name (number without a header) -> what a scan finds in it."""
    with tempfile.TemporaryDirectory() as folder:
        WRITERS[extension](table, os.path.join(folder, f"table.{extension}"))
        config = ScanConfig((folder,), select=_FOUND, workers=WorkerConfig(processes=0))
        detections = [detection for result in scan(config=config) for detection in result.detections]
    return {column: detection.identifier for detection in detections for column in _columns_of(detection)}


def _columns_of(detection: Detection) -> Iterator[str]:
    """The names of the columns that hold a detection: where it is located, and those that its evidence names."""
    for occurrence in detection.occurrences:
        location = occurrence.location
        if isinstance(location, CellLocation):
            yield location.column_name or str(location.column)
        elif isinstance(location, RecordLocation):
            yield _last_name(location.json_path)
        for phrase in occurrence.evidence:
            if phrase.startswith("with:"):
                yield from phrase.removeprefix("with:").split(",")


def _last_name(path: str) -> str:
    return path.rpartition("['")[2].removesuffix("']").replace("\\'", "'") if path.endswith("']") else path.rpartition(".")[2]


def _wrong(judged: Iterable[Judged]) -> list[Judged]:
    return [one for one in judged if one.wanted != one.found]


def _report(judged: dict[str, list[Judged]]) -> Iterator[str]:
    yield "# Names and addresses in tables"
    yield ""
    yield "Written by `python -m benchmarks.names.tables_run`. A column counts as found when an occurrence is located in it or names it"
    yield "as a further part. The locked columns were written before any of them was scanned, and are pinned by a hash."
    for name, those in judged.items():
        columns = {(one.table, one.column): one.wanted for one in those}
        kinds = Counter(columns.values())
        yield ""
        counted = f"{kinds['NAME']} of names, {kinds['ADDRESS']} of addresses, {kinds['']} of neither"
        yield f"## {name.capitalize()}: {len(columns)} columns ({counted})"
        yield ""
        yield "| format | what | precision | recall | found | missed | false |"
        yield "|---|---|---|---|---|---|---|"
        for extension in (*WRITERS, "all"):
            chosen = [one for one in those if extension in ("all", one.format)]
            for kind in (*_FOUND, "both"):
                yield _row(extension, kind, chosen)


def _row(extension: str, kind: str, judged: list[Judged]) -> str:
    kinds = _FOUND if kind == "both" else (kind,)
    right = sum(one.found == one.wanted and one.wanted in kinds for one in judged)
    missed = sum(one.found != one.wanted and one.wanted in kinds for one in judged)
    false = sum(one.found != one.wanted and one.found in kinds for one in judged)
    precision, recall = right / max(right + false, 1), right / max(right + missed, 1)
    return f"| {extension} | {kind} | {precision:.3f} | {recall:.3f} | {right} | {missed} | {false} |"


if __name__ == "__main__":
    main()
