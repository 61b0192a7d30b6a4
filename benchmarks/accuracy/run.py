"""Measures accuracy: `python -m benchmarks.accuracy.run`; writes benchmarks/results/accuracy.md and accuracy.json.

`--bulk` adds the files of a million random numbers, `--trees` source code and documentation; each takes minutes.
Cases are listed for the development part only.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final

from benchmarks.accuracy import peers
from benchmarks.accuracy.build import HERE, PARTS, Item, build
from benchmarks.accuracy.ours import find
from benchmarks.accuracy.quiet import measure
from benchmarks.accuracy.report import beside, bulk_lines, record, scores, section, tree_lines
from benchmarks.accuracy.score import expected, judge, no_reason, optional_unless
from benchmarks.accuracy.trees import measure_trees
from identifiers import load_catalogue
from scanner.version import VERSION

_RESULTS: Final = os.path.join(os.path.dirname(HERE), "results")
_SELECTIONS: Final = ("recommended", "all")
_ABOUT: Final = (
    "Dowse {version}, default confidence. Items that no identifier of the selection is for need not be found. A column counts as one item. "
    "See benchmarks/accuracy/README.md."
)


def meant(items: Iterable[Item], chosen: frozenset[str]) -> list[Item]:
    """Items that none of the chosen identifiers is for become optional."""
    known, reasons = expected(), chosen - no_reason()
    return optional_unless(items, lambda generator: bool(reasons.intersection(known[generator][1])))


def _chosen(words: str) -> frozenset[str]:
    return frozenset(each.id for each in load_catalogue() if words == "all" or each.recommended)


def measure_parts(parts: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    """Ours and the peers' on the same built files."""
    lines: list[str] = []
    told: dict[str, Any] = {"scores": {}, "peers": {}}
    versions = peers.versions()
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            place = os.path.join(folder, part)
            items = build(part, place)
            for words in _SELECTIONS:
                found = find(place, (words,))
                verdict = judge(meant(items, _chosen(words)), found)
                lines += section(part, words, verdict)
                told["scores"][f"{part}/{words}"] = scores(verdict)
            rows = peers.compare(items, found, place, versions)
            lines += beside(part, rows, versions, peers.labels())
            told["peers"][part] = [
                {"peer": row.peer, "family": row.family, "theirs": record(row.theirs), "ours": record(row.ours)} for row in rows
            ]
    return lines, told | {"versions": versions}


def main() -> None:
    """Measures, writes both files and prints the Markdown."""
    parser = argparse.ArgumentParser(description="Measure accuracy.")
    parser.add_argument("--bulk", action="store_true", help="count in a million random numbers too; takes minutes")
    parser.add_argument("--trees", action="store_true", help="count in source code and documentation too; takes minutes")
    parser.add_argument("--part", choices=PARTS, help="only this one")
    parser.add_argument("--output", default=_RESULTS, help="folder for the two files")
    asked = parser.parse_args()
    lines, told = measure_parts((asked.part,) if asked.part else PARTS)
    bulk = measure() if asked.bulk else []
    trees = measure_trees() if asked.trees else []
    told |= {"version": VERSION, "bulk": [asdict(each) for each in bulk], "trees": [asdict(each) for each in trees]}
    text = "\n".join(["# Accuracy", "", _ABOUT.format(version=VERSION), *lines, *bulk_lines(bulk), *tree_lines(trees)]) + "\n"
    os.makedirs(asked.output, exist_ok=True)
    for name, content in (("accuracy.md", text), ("accuracy.json", json.dumps(told, indent=1) + "\n")):
        with open(os.path.join(asked.output, name), "w", encoding="utf-8") as file:
            file.write(content)
    print(text)


if __name__ == "__main__":
    main()
