"""Every built-in identifier passes every acceptance check, the same that `dowse identifiers check` runs on users' files."""

from itertools import combinations

import pytest

from identifiers import load_catalogue
from identifiers.model import Identifier
from scanner.acceptance.bench import Bench
from scanner.acceptance.cross_talk import allowed_groups, claims
from scanner.acceptance.runner import CHECKS

# What is judged has no patterns to try; tests/names and benchmarks/names prove it.
CATALOGUE = tuple(identifier for identifier in load_catalogue() if not identifier.judged)


@pytest.fixture(scope="module")
def bench() -> Bench:
    """One for all tests: its detectors take longer to build than most checks to run."""
    return Bench(CATALOGUE)


@pytest.mark.parametrize("identifier", CATALOGUE, ids=lambda identifier: identifier.id)
def test_a_built_in_identifier_passes_every_check(identifier: Identifier, bench: Bench) -> None:
    """All checks in one test: they share its detector, and hundreds of identifiers would be thousands of tests."""
    failures = [failure for check in CHECKS.values() for failure in check(identifier, bench)]

    assert [f"{failure.check}: {failure.message}" for failure in failures] == []


def test_every_allowed_group_has_a_reason_and_is_still_needed(bench: Bench) -> None:
    pairs = {
        (identifier.id, other)
        for identifier in CATALOGUE
        for number in range(len(identifier.matches))
        for other in claims(identifier, bench, number)
    }

    assert [group.ids for group in allowed_groups() if not group.reason.strip() or not any(group.holds(*pair) for pair in pairs)] == []


def test_no_two_built_in_identifiers_are_the_same_but_for_their_names() -> None:
    declared = [(one.id, (one.patterns, one.keywords)) for one in CATALOGUE]

    assert [(one, other) for (one, mine), (other, yours) in combinations(declared, 2) if mine == yours] == []
