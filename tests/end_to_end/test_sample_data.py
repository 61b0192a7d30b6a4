"""A scan of the sample data says what truth.toml says: nothing less, nothing more, nothing elsewhere."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sample_data.generate import HERE
from sample_data.sample import Truth
from sample_data.scanned import Scanned, disagreements, read_scan, stepped_in
from sample_data.truth import read_known_misses, read_truth

with open(os.path.join(HERE, "truth.toml"), encoding="utf-8") as file:
    TRUTH = read_truth(file.read())
with open(os.path.join(HERE, "known_misses.toml"), encoding="utf-8") as file:
    KNOWN_MISSES = read_known_misses(file.read())

Scan = Callable[..., list[bytes]]


@pytest.fixture(scope="session")
def scanned(all_found: list[bytes], sample_folder: Path) -> dict[str, Scanned]:
    return read_scan(all_found, str(sample_folder))


def test_every_file_has_an_outcome_and_no_other(scanned: dict[str, Scanned]) -> None:
    assert sorted(scanned) == sorted(TRUTH)


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_the_outcome_is_the_expected_one(scanned: dict[str, Scanned], name: str) -> None:
    assert scanned[name].outcome == TRUTH[name].outcome


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_findings_are_those_of_the_truth(scanned: dict[str, Scanned], name: str) -> None:
    different = sorted(disagreements(TRUTH[name], scanned[name]))
    assert different == KNOWN_MISSES.get(name, []), "\n" + "\n".join(different)


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_counts_are_those_of_the_listed_places(scanned: dict[str, Scanned], name: str) -> None:
    listed = [finding.identifier for finding in scanned[name].findings]
    assert scanned[name].counts == {identifier: listed.count(identifier) for identifier in listed}


@pytest.mark.parametrize("name", sorted(name for name, truth in TRUTH.items() if truth.traps))
def test_nothing_steps_into_a_trap(scanned: dict[str, Scanned], name: str) -> None:
    known = {line.removeprefix("+ ") for line in KNOWN_MISSES.get(name, []) if line.startswith("+ ")}
    caught = [line for trap in TRUTH[name].traps for line in stepped_in(trap, scanned[name])]
    surprising = [line for line in caught if line.partition("  -- ")[0] not in known]
    assert not surprising, "\n" + "\n".join(surprising)


def test_known_misses_name_files_that_there_are() -> None:
    assert set(KNOWN_MISSES) <= set(TRUTH)


def test_the_default_selection_finds_its_part_of_the_truth(scan_lines: Scan, sample_folder: Path) -> None:
    lines = scan_lines(sample_folder)
    selected = set(json.loads(lines[0])["identifiers"])
    found = read_scan(lines, str(sample_folder))
    different = [f"{name}: {line}" for name, truth in TRUTH.items() for line in disagreements(chosen(truth, selected), found[name])]
    known = [f"{name}: {line}" for name, lines in KNOWN_MISSES.items() for line in lines if line.split()[1] in selected]
    assert sorted(different) == sorted(known), "\n" + "\n".join(different)


def chosen(truth: Truth, selected: set[str]) -> Truth:
    """The part of a truth that concerns the selected identifiers."""
    return Truth(truth.about, truth.outcome, tuple(one for one in truth.findings if one.identifier in selected))
