"""Identifiers in words."""

from dataclasses import replace

import pytest

from identifiers.model import Certainty, KeywordSide, Pattern, Severity, SeverityLevel, ValidatorRef
from scanner.cli.identifier_words import certainty_words, check_words, keyword_rule, severity_words
from tests.acceptance.making import EMPLOYEE

LOW, MEDIUM, HIGH = Severity.LOW, Severity.MEDIUM, Severity.HIGH


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (((1, HIGH), (2, HIGH), (100, HIGH)), "high"),
        (((1, LOW), (2, MEDIUM), (100, HIGH)), "low, medium from 2 occurrences, high from 100"),
        (((1, MEDIUM), (2, HIGH), (100, HIGH)), "medium, high from 2 occurrences"),
        (((5, LOW), (50, HIGH)), "low from 5 occurrences, high from 50"),
    ],
)
def test_severity_names_each_step_once(levels: tuple[tuple[int, Severity], ...], words: str) -> None:
    assert severity_words(replace(EMPLOYEE, severity_levels=tuple(SeverityLevel(*level) for level in levels))) == words


def test_keywords_of_users_stand_before_and_those_of_the_catalogue_on_either_side() -> None:
    assert keyword_rule(EMPLOYEE) == "one is required, before the match: at most 50 characters from its end to the end of the match"
    assert keyword_rule(replace(EMPLOYEE, keyword_side=KeywordSide.EITHER)) == "one is required, at most 50 characters before or behind"


def test_a_keyword_that_may_be_missing_makes_a_match_surer() -> None:
    pattern = Pattern("a", alone=Certainty.LOW)

    assert keyword_rule(replace(EMPLOYEE, patterns=(pattern,), keyword_side=KeywordSide.EITHER)).startswith("one makes it surer")
    assert certainty_words(pattern, has_keywords=True) == "low confidence alone, high with a keyword"
    assert certainty_words(pattern, has_keywords=False) == "low confidence alone"


def test_a_check_is_told_with_its_settings_and_its_chance() -> None:
    ref = ValidatorRef("weighted_mod", {"weights": [2, 3], "modulus": 11})

    assert check_words(Pattern("a", ref, chance=0.09)) == "weighted_mod (modulus = 11, weights = [2, 3]), passed by 9 % of random values"
    assert check_words(Pattern("a")) == ""
