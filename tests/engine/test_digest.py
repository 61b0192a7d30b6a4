"""The digest of a ruleset changes exactly when what is looked for does."""

from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version

from identifiers.model import ValidatorRef
from scanner.engine.digest import plain, ruleset_digest, run_id
from scanner.version import VERSION
from tests.engine.doubles import COLOUR

TREE = replace(COLOUR, id="TREE")


def test_the_order_of_identifiers_does_not_matter() -> None:
    assert ruleset_digest((COLOUR, TREE), "1") == ruleset_digest((TREE, COLOUR), "1")


def test_any_change_of_an_identifier_changes_the_digest() -> None:
    validated = replace(COLOUR, patterns=(replace(COLOUR.patterns[0], validator=ValidatorRef("weighted_mod", {"modulus": 11})),))
    variants = [
        (COLOUR,),
        (COLOUR, TREE),
        (replace(COLOUR, keywords=("paint",)),),
        (replace(COLOUR, ignore_values=frozenset({"red"})),),
        (replace(COLOUR, ignore_values=frozenset({"blue"})),),
        (validated,),
        (replace(COLOUR, matches=("«red»",)),),
    ]
    assert len({ruleset_digest(variant, "1") for variant in variants}) == len(variants)


def test_a_new_version_changes_the_digest() -> None:
    assert ruleset_digest((COLOUR,), "1") != ruleset_digest((COLOUR,), "2")


def test_sets_are_sorted_so_that_every_process_sees_the_same() -> None:
    assert plain(frozenset({"c", "a", "b"})) == ["a", "b", "c"]


def test_times_become_text() -> None:
    assert plain({"since": datetime(2026, 3, 1, tzinfo=UTC)}) == {"since": "2026-03-01T00:00:00+00:00"}


def test_equal_runs_have_equal_ids() -> None:
    assert run_id(("a",), "x") == run_id(("a",), "x")
    assert run_id(("a",), "x") != run_id(("a", "x"))


def test_the_version_is_that_of_the_distribution() -> None:
    assert version("dowse") == VERSION
