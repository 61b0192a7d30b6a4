"""Measures names and addresses in prose on the locked documents: `python -m benchmarks.names.prose_run`.

Writes benchmarks/results/names-prose.md: precision, recall and F1 by language and genre, what the gate loses, false alarms, speed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from benchmarks import texts
from benchmarks.names.alarms import alarms_in
from benchmarks.names.corpus import Document, Span, for_test, read_corpus
from benchmarks.names.score import Score, overlapping, score
from benchmarks.planted import Block
from scanner.names.features import features_of
from scanner.names.judge import OWN, make_judge
from scanner.names.lexicon import load_lexicon
from scanner.names.prose import ProseSearch, settle

_HERE: Final = os.path.dirname(os.path.abspath(__file__))
RESULT: Final = os.path.join(os.path.dirname(_HERE), "results", "names-prose.md")
PEERS: Final = os.path.join(os.path.dirname(os.path.dirname(_HERE)), ".venv-peers", "bin", "python")
_SPEED_BYTES: Final = 2_000_000
_TEXTS: Final = {"logs": texts.log_lines, "prose": texts.prose_lines}
_WINDOW: Final = 1 << 20


def found_by(search: ProseSearch, documents: Sequence[Document]) -> list[list[Span]]:
    """What is found in each document, gate and all."""
    return [[Span(one.start, one.end, one.kind) for one in search.find_in(document.text)] for document in documents]


def found_without_gate(documents: Sequence[Document]) -> list[list[Span]]:
    """What rules and model find when they see everything."""
    told = [features_of(document.text, load_lexicon()) for document in documents]
    judged = make_judge(OWN).judge(told)
    pairs = zip(told, judged, strict=True)
    return [[Span(one.start, one.end, one.kind) for one in settle(known, named, OWN)] for known, named in pairs]


def table(scores: dict[tuple[str, str], Score]) -> list[str]:
    """Lines of Markdown, a row for each group."""
    lines = ["| group | names | P | R | F1 | addresses | P | R | F1 |", "|---|---|---|---|---|---|---|---|---|"]
    for group in sorted({group for _, group in scores}, key=lambda group: (group != "all", group.startswith("genre"), group)):
        cells = [_cells(scores.get((kind, group), Score())) for kind in ("NAME", "ADDRESS")]
        lines.append(f"| {group} | {' | '.join(cells)} |")
    return lines


def _cells(one: Score) -> str:
    return f"{one.right + one.missed} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f}"


def speed(search: ProseSearch, make: Callable[[np.random.Generator], Block]) -> float:
    """MB for each CPU second that the search for names takes, of texts of a kind."""
    rng = np.random.default_rng(20260214)
    content = b""
    while len(content) < _SPEED_BYTES:
        content += make(rng).content
    text = content[:_SPEED_BYTES].decode("utf-8", "ignore")
    windows = [text[start : start + _WINDOW] for start in range(0, len(text), _WINDOW)]
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        for window in windows:
            for _found in search.find(window, window.encode(), (0, len(window))):
                pass
        best = min(best, time.process_time() - started)
    return len(text) / best / 1_000_000


def peers_lines() -> list[str]:
    """What presidio-analyzer finds, if it is installed beside us."""
    if not os.path.exists(PEERS):
        return ["presidio-analyzer was not measured: `.venv-peers` is not there."]
    told = subprocess.run([PEERS, "-m", "benchmarks.names.prose_peers"], check=False, capture_output=True, text=True)
    return told.stdout.splitlines() if told.returncode == 0 else [f"presidio-analyzer could not be measured: exit code {told.returncode}."]


def main() -> None:
    """Measure and write."""
    documents = read_corpus()
    locked = for_test(documents)
    search = ProseSearch()
    scores = score(locked, found_by(search, locked))
    open_ended = score(locked, found_without_gate(locked))
    lines = [
        "# Names and addresses in prose",
        "",
        "Written by `python -m benchmarks.names.prose_run`.",
        "",
        f"Corpus: {len(documents)} documents of {sum(len(one.text) for one in documents)} characters; {len(locked)} are locked: nothing",
        "was trained or tuned on them. A span counts when both ends are right.",
        "",
        *table(scores),
        "",
        "The same where a span counts when it overlaps one that is wanted:",
        "",
        *table({key: one for key, one in overlapping(locked, found_by(search, locked)).items() if not key[1].startswith("genre")}),
        "",
        "What the gate loses: " + "; ".join(_loss(kind, open_ended, scores) for kind in ("NAME", "ADDRESS")) + ".",
        "",
        "## False alarms",
        "",
        *(_alarm_line(search, kind) for kind in ("source code", "documentation", "logs")),
        "",
        "What is found there includes real authors; `python -m benchmarks.names.alarms` lists all of it.",
        "",
        "## Speed",
        "",
        "The search for names alone, MB for each second of CPU time on one core: "
        + ", ".join(f"{kind} {speed(search, make):.1f}" for kind, make in _TEXTS.items())
        + ".",
        "",
        "## Peers",
        "",
        *peers_lines(),
    ]
    with open(RESULT, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    sys.stdout.write("\n".join(lines) + "\n")


def _loss(kind: str, without: dict[tuple[str, str], Score], gated: dict[tuple[str, str], Score]) -> str:
    return f"{kind} recall {without[kind, 'all'].recall:.3f} without it, {gated[kind, 'all'].recall:.3f} with it"


def _alarm_line(search: ProseSearch, kind: str) -> str:
    size, found = alarms_in(search, kind)
    return f"- {kind}: {found.total()} in {size} bytes, {20_000 * found.total() / size:.2f} in 20 kB"


if __name__ == "__main__":
    main()
