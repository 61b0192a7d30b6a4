"""truth.toml: what a scan of `sample_data/files` must say, one line a finding, to be read by people and by tests."""

import tomllib
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

import regex

from sample_data.places import Place
from sample_data.sample import SCANNED, Finding, Sample, Trap, Truth

_HEAD: Final = """\
# What a scan of sample_data/files must say, at the default confidence. Written by `python sample_data/generate.py`.
#
# One line a finding: the identifier, then the place (sample_data/places.py says how to read one). `rows 2-9` stands
# for one finding in each of these rows. A trap names what must not be found at a place, `*` for
# anything at all, and behind `--` the reason.
"""
_NUMBERED: Final = regex.compile(r"(?:^|(?<= ))(row|record) (\d+)(?=,? )")
_RANGES: Final = regex.compile(r"(?:^|(?<= ))(row|record)s (\d+(?:[,-]\d+)*)(?=,? )")
_SLICE: Final = regex.compile(r"\[\d+:\d+\]")


def write_truth(samples: Iterable[Sample]) -> str:
    """The text of truth.toml, sorted by file."""
    tables = (_table(sample.name, sample.truth) for sample in sorted(samples, key=lambda sample: sample.name))
    return "\n".join((_HEAD, *tables))


def read_truth(text: str) -> dict[str, Truth]:
    """File name to truth, from the text of truth.toml."""
    return {entry["name"]: _truth(entry) for entry in tomllib.loads(text)["file"]}


def read_known_misses(text: str) -> dict[str, list[str]]:
    """File name to the lines by which a scan of it still differs, from the text of known_misses.toml."""
    return {entry["name"]: sorted(entry["lines"].split("\n")[:-1]) for entry in tomllib.loads(text)["file"]}


def _table(name: str, truth: Truth) -> str:
    lines = ["[[file]]", f'name = "{name}"', f'about = "{truth.about}"']
    if truth.outcome != SCANNED:
        lines.append(f'outcome = "{truth.outcome}"')
    findings = [f"{finding.identifier}  {finding.place}" for finding in truth.findings]
    traps = [f"{' '.join(trap.identifiers)}  {trap.place}  -- {trap.why}" for trap in truth.traps]
    lines += _block("findings", findings) + _block("traps", traps)
    return "\n".join(lines) + "\n"


def _block(key: str, entries: list[str]) -> list[str]:
    return [f"{key} = '''", *_collapsed(entries), "'''"] if entries else []


def _truth(entry: Mapping[str, str]) -> Truth:
    findings = tuple(_finding(line) for line in _expanded(entry.get("findings", "")))
    traps = tuple(_trap(line) for line in _expanded(entry.get("traps", "")))
    return Truth(entry["about"], entry.get("outcome", SCANNED), findings, traps)


def _finding(line: str) -> Finding:
    identifier, place = line.split("  ", 1)
    return Finding(identifier, Place.parse(place))


def _trap(line: str) -> Trap:
    identifiers, place, why = line.split("  ", 2)
    return Trap(tuple(identifiers.split()), Place.parse(place), why.removeprefix("-- "))


def _collapsed(entries: list[str]) -> list[str]:
    """Entries that differ only in a row or record number become one; those of one column stay together."""
    numbers: dict[str, list[int]] = {}
    for entry in entries:
        numbers.setdefault(_shape(entry), []).append(_number(entry))
    columns = list(dict.fromkeys(_SLICE.sub("", shape) for shape in numbers))
    shapes = sorted(numbers, key=lambda shape: columns.index(_SLICE.sub("", shape)))
    return [_with_numbers(shape, numbers[shape]) for shape in shapes]


def _shape(entry: str) -> str:
    return _NUMBERED.sub(r"\1 *", entry, count=1)


def _number(entry: str) -> int:
    match = _NUMBERED.search(entry)
    return int(match[2]) if match else 0


def _with_numbers(shape: str, numbers: list[int]) -> str:
    if len(numbers) == 1:
        return shape.replace(" *", f" {numbers[0]}", 1)
    runs = [[number for _, number in run] for _, run in groupby(enumerate(sorted(numbers)), key=lambda item: item[1] - item[0])]
    ranges = ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return shape.replace(" *", f"s {ranges}", 1)


def _expanded(block: str) -> list[str]:
    return [single for line in block.splitlines() if line for single in _singles(line)]


def _singles(line: str) -> list[str]:
    match = _RANGES.search(line)
    if not match:
        return [line]
    bounds = [part.split("-") for part in match[2].split(",")]
    numbers = [number for first, *last in bounds for number in range(int(first), int((last or [first])[0]) + 1)]
    return [f"{line[: match.start()]}{match[1]} {number}{line[match.end() :]}" for number in numbers]
