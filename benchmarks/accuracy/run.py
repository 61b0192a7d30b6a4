"""Measures accuracy: `python -m benchmarks.accuracy.run [--bulk]`; writes benchmarks/results/accuracy.md and accuracy.json.

`--bulk` adds the files of a million random numbers. Cases are listed for the development part only.
"""

import argparse
import json
import os
import tempfile
from collections import Counter
from dataclasses import asdict
from typing import Any, Final

from benchmarks.accuracy.build import HERE, PARTS, build
from benchmarks.accuracy.ours import find
from benchmarks.accuracy.quiet import BulkResult, measure
from benchmarks.accuracy.score import Score, Verdict, judge, summed, wilson
from benchmarks.accuracy.trees import TreeResult, measure_trees
from scanner.version import VERSION

_RESULTS: Final = os.path.join(os.path.dirname(HERE), "results")
_SELECTIONS: Final = ("recommended", "all")
_HEAD: Final = "| | items | reported | precision (95 %) | recall (95 %) | F1 |\n|---|---|---|---|---|---|"


def _share(right: int, count: int) -> str:
    if not count:
        return "-"
    low, high = wilson(right, count)
    return f"{right / count:.3f} ({low:.3f}-{high:.3f})"


def _row(name: str, score: Score) -> str:
    f1 = "-" if score.f1 is None else f"{score.f1:.3f}"
    precision = _share(score.reported - score.wrong, score.reported)
    return f"| {name} | {score.wanted} | {score.reported} | {precision} | {_share(score.hits, score.wanted)} | {f1} |"


def _section(part: str, words: str, verdict: Verdict) -> list[str]:
    lines = ["", f"## {part}, `--select {words}`", "", _HEAD, _row("**total**", verdict.total)]
    if part == "locked":
        return lines
    lines += [_row(name, score) for name, score in sorted(verdict.by_family.items())]
    lines += ["", _HEAD, *(_row(name, score) for name, score in sorted(verdict.by_identifier.items()))]
    alarms = Counter((report.file, report.label) for report in verdict.false_alarms)
    lines += ["", "Missed:", "", *(f"- {file}: {name}, {count}" for (file, name), count in sorted(summed(verdict.missed).items()))]
    return [*lines, "", "False alarms:", "", *(f"- {file}: {label}, {count}" for (file, label), count in sorted(alarms.items()))]


def _record(score: Score) -> dict[str, float | int | None]:
    return {
        "items": score.wanted,
        "hits": score.hits,
        "reported": score.reported,
        "wrong": score.wrong,
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
    }


def _bulk_lines(bulk: list[BulkResult]) -> list[str]:
    if not bulk:
        return ["", "Bulk files: not measured in this run."]
    rows = (
        f"| {each.name} | {each.rows} | {', '.join(f'{name} {count}' for name, count in each.found.items()) or 'none'} |" for each in bulk
    )
    return ["", "## Bulk files", "", "| file | values | found |", "|---|---|---|", *rows]


def _tree_lines(trees: list[TreeResult]) -> list[str]:
    if not trees:
        return ["", "Source code and documentation: not measured in this run."]
    rows = (
        f"| {each.path} | {each.bytes_read / 1e6:.1f} | {each.unread} | "
        f"{', '.join(f'{name} {count}' for name, count in each.found.items()) or 'none'} |"
        for each in trees
    )
    return ["", "## Source code and documentation", "", "| folder | MB | not wholly read | found |", "|---|---|---|---|", *rows]


def run(*, bulk: bool) -> tuple[str, dict[str, Any]]:
    """The report as Markdown and as a value for JSON."""
    lines = [f"Dowse {VERSION}, default confidence. Other tools: not measured."]
    record: dict[str, Any] = {"version": VERSION, "scores": {}}
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            items = build(part, os.path.join(folder, part))
            for words in _SELECTIONS:
                verdict = judge(items, find(os.path.join(folder, part), (words,)))
                lines += _section(part, words, verdict)
                record["scores"][f"{part}/{words}"] = _scores(part, verdict)
    results = measure() if bulk else []
    record["bulk"] = [{"name": each.name, "values": each.rows, "found": each.found} for each in results]
    trees = measure_trees() if bulk else []
    record["trees"] = [asdict(each) for each in trees]
    return "\n".join([*lines, *_bulk_lines(results), *_tree_lines(trees)]) + "\n", record


def _scores(part: str, verdict: Verdict) -> dict[str, Any]:
    if part == "locked":
        return {"total": _record(verdict.total)}
    return {
        "total": _record(verdict.total),
        "families": {name: _record(score) for name, score in sorted(verdict.by_family.items())},
        "identifiers": {name: _record(score) for name, score in sorted(verdict.by_identifier.items())},
    }


def main() -> None:
    """Measures, writes both files and prints the Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bulk", action="store_true", help="count in a million random numbers too; takes minutes")
    text, record = run(bulk=parser.parse_args().bulk)
    os.makedirs(_RESULTS, exist_ok=True)
    for name, content in (("accuracy.md", text), ("accuracy.json", json.dumps(record, indent=1) + "\n")):
        with open(os.path.join(_RESULTS, name), "w", encoding="utf-8") as file:
            file.write(content)
    print(text)


if __name__ == "__main__":
    main()
