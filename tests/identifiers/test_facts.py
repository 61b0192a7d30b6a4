"""What is said of all matches of a pattern holds for those of the catalogue's own examples."""

import pytest
import regex

from identifiers import load_catalogue
from identifiers.compile import compile_pattern
from identifiers.examples import marked
from identifiers.extent import TOKEN_REGEX, digits_regex
from identifiers.factor import factor, sketch
from identifiers.facts import facts_of
from identifiers.model import Identifier, Pattern

CASES = [(identifier, pattern) for identifier in load_catalogue() for pattern in identifier.patterns]


def matched(identifier: Identifier, pattern: Pattern) -> list[str]:
    texts = [marked(example).text for example in identifier.matches]
    return [found.group() for text in texts for found in compile_pattern(pattern).finditer(text)]


@pytest.mark.parametrize("part", [factor, sketch])
def test_every_match_holds_the_part_that_is_looked_for(part: object) -> None:
    assert callable(part)
    without = [
        (identifier.id, pattern.regex[:60])
        for identifier, pattern in CASES
        for value in matched(identifier, pattern)
        if (expression := part(pattern.regex)) and not regex.search(expression, value, regex.ASCII)
    ]

    assert without == []


def test_every_match_has_the_least_of_everything() -> None:
    lacking = []
    for identifier, pattern in CASES:
        facts = facts_of(pattern.regex)
        for value in matched(identifier, pattern):
            enough_digits = facts.digits < 2 or regex.search(digits_regex(facts.digits), value)
            long_token = facts.token < 20 or regex.search(TOKEN_REGEX, value)
            if len(value) < facts.length or not enough_digits or not long_token:
                lacking.append((identifier.id, pattern.regex[:60], facts))

    assert lacking == []
