"""Vectorscan against RE2 as the first pass, on each kind of input: `python -m benchmarks.prefilters [--size 8MB]`.

Both look for the same expressions: the shapes that are reported without a keyword, and all keywords. RE2 can look for a set only to tell
*whether* something occurs in a buffer, not where; so it is timed line by line (`Set`), and as one alternation that gives every place
(`alternation`). Vectorscan gives every place in one pass. Times are of the pass alone, called from Python as the program would.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Final

import hyperscan
import re2

from benchmarks.machine import machine
from benchmarks.make_data import STREAMED, parse_size, write_kind
from benchmarks.run import RESULTS
from identifiers import load_catalogue
from identifiers.factor import factor
from scanner.detection.keywords import index_keywords
from scanner.detection.rules import make_rules

_MB: Final = 1_000_000
_RUNS: Final = 3
_RE2_MEMORY: Final = 1 << 30


def expressions() -> tuple[list[str], list[str]]:
    """Shapes that both engines take, and keywords."""
    rules = make_rules(load_catalogue())
    shapes = dict.fromkeys(filter(None, (factor(rule.pattern.regex) for rule in rules if rule.alone is not None)))
    words = [r"[ _\-]?".join(re2.escape(word) for word in keyword.split(" ")) for keyword in index_keywords(rules).keywords]
    return [shape for shape in shapes if _taken(shape)], words


def _taken(shape: str) -> bool:
    try:
        re2.compile(shape.encode(), _options(caseless=False))
        _database([shape], hyperscan.HS_FLAG_PREFILTER)
    except (re2.error, hyperscan.error):
        return False
    return True


def _options(*, caseless: bool) -> "re2.Options":
    options = re2.Options()
    options.max_mem = _RE2_MEMORY
    options.case_sensitive = not caseless
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    return options


def _database(shapes: list[str], flags: int) -> "hyperscan.Database":
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(expressions=[shape.encode() for shape in shapes], ids=list(range(len(shapes))), elements=len(shapes), flags=flags)
    return database


def _vectorscan(expressions_: list[str], flags: int) -> Callable[[bytes], int]:
    database = _database(expressions_, flags)

    def run(data: bytes) -> int:
        ends: list[int] = []

        def note(_number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ends.append(end)

        database.scan(data, match_event_handler=note)
        return len(ends)

    return run


def _re2_set(expressions_: list[str], *, caseless: bool) -> Callable[[bytes], int]:
    members = re2.Set.SearchSet(_options(caseless=caseless))
    for expression in expressions_:
        members.Add(expression.encode())
    members.Compile()
    return lambda data: sum(bool(members.Match(line)) for line in data.splitlines())


def _re2_alternation(expressions_: list[str], *, caseless: bool) -> Callable[[bytes], int]:
    compiled = re2.compile("|".join(f"(?:{expression})" for expression in expressions_).encode(), _options(caseless=caseless))
    return lambda data: sum(1 for _ in compiled.finditer(data))


def _ways() -> Iterator[tuple[str, Callable[[bytes], int]]]:
    shapes, words = expressions()
    yield "shapes, Vectorscan", _vectorscan(shapes, hyperscan.HS_FLAG_PREFILTER)
    yield "shapes, RE2 Set by line", _re2_set(shapes, caseless=False)
    yield "shapes, RE2 alternation", _re2_alternation(shapes, caseless=False)
    yield "keywords, Vectorscan", _vectorscan(words, hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SOM_LEFTMOST)
    yield "keywords, RE2 Set by line", _re2_set(words, caseless=True)
    yield "keywords, RE2 alternation", _re2_alternation(words, caseless=True)


def rate(run: Callable[[bytes], int], data: bytes) -> tuple[float, int]:
    """MB in a CPU second, the best of some runs, and how many candidates there were."""
    seconds, found = [], 0
    for _ in range(_RUNS):
        before = time.process_time()
        found = run(data)
        seconds.append(time.process_time() - before)
    return len(data) / _MB / max(min(seconds), 1e-6), found


def _sample(folder: str, kind: str, size: int) -> bytes:
    write_kind(folder, kind, size, 0)
    with open(os.path.join(folder, kind), "rb") as file:
        return file.read(size)


def main() -> None:
    """Measures every way on every kind of input; writes results/prefilters.* and prints the table."""
    parser = argparse.ArgumentParser(description="Compare prefilters.")
    parser.add_argument("--size", type=parse_size, default=4 * _MB)
    asked = parser.parse_args()
    about, ways = machine() | {"google-re2": re2.__dict__.get("__version__", "")}, dict(_ways())
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in STREAMED:
            data = _sample(folder, kind, asked.size)
            rows[kind] = {way: rate(run, data) for way, run in ways.items()}
            print(f"  {kind}: {rows[kind]}", flush=True)
    lines = [
        "# Prefilters",
        "",
        f"Written by `make bench-prefilters`: MB in a CPU second over {asked.size / _MB:g} MB; in brackets candidates, or lines.",
    ]
    lines += ["", "; ".join(f"{name} {value}" for name, value in about.items() if value) + ".", ""]
    lines += ["| input | " + " | ".join(ways) + " |", "|---|" + "---|" * len(ways)]
    lines += [f"| {kind} | " + " | ".join(f"{speed:.1f} ({found:,})" for speed, found in row.values()) + " |" for kind, row in rows.items()]
    text = "\n".join(lines) + "\n"
    os.makedirs(RESULTS, exist_ok=True)
    with open(os.path.join(RESULTS, "prefilters.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(RESULTS, "prefilters.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": about, "rows": rows}, file, indent=1)
        file.write("\n")
    print(text)


if __name__ == "__main__":
    main()
