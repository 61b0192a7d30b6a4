"""Every built-in identifier against its own examples and the rules of the house, file by file."""

import os
import random

import pytest

import identifiers
from identifiers.catalogues import catalogue_files, load_catalogue
from identifiers.check import check_identifier
from identifiers.compile import compile_pattern, value_span
from identifiers.examples import marked
from identifiers.form import BUILT_IN
from identifiers.loader import load_file
from identifiers.model import Certainty, Identifier, Pattern, Verdict
from identifiers.validators import resolve
from tests.identifiers.finding import found_spans
from tests.identifiers.random_shapes import random_text

FOLDER = os.path.join(os.path.dirname(identifiers.__file__), "catalogue")
FILES = {name: load_file(os.path.join(FOLDER, name), BUILT_IN) for name in catalogue_files()}
CATALOGUE = load_catalogue()
each_file = pytest.mark.parametrize("found", FILES.values(), ids=FILES)


@each_file
def test_each_example_gives_exactly_the_marked_spans(found: tuple[Identifier, ...]) -> None:
    for identifier in found:
        for example in map(marked, identifier.matches):
            assert found_spans(identifier, example.text) == example.spans, (identifier.id, example.text)


@each_file
def test_nothing_is_found_in_the_texts_to_leave_alone(found: tuple[Identifier, ...]) -> None:
    for identifier in found:
        for text in identifier.ignores:
            assert found_spans(identifier, text) == (), (identifier.id, text)


@each_file
def test_regexes_and_settings_of_validators_hold_the_full_check(found: tuple[Identifier, ...]) -> None:
    for identifier in found:
        check_identifier(identifier, "catalogue")


@each_file
def test_each_identifier_is_proven_and_explained(found: tuple[Identifier, ...]) -> None:
    bare = [identifier.id for identifier in found if not identifier.references]
    bare += [one.id for one in found if not one.judged and min(len(one.matches), len(one.ignores)) < 3]

    assert bare == []


@each_file
def test_each_pattern_has_an_example(found: tuple[Identifier, ...]) -> None:
    pairs = [(identifier, pattern) for identifier in found for pattern in identifier.patterns if _can_have_example(identifier, pattern)]

    assert [(identifier.id, pattern.regex) for identifier, pattern in pairs if not _has_example(identifier, pattern)] == []


def _can_have_example(identifier: Identifier, pattern: Pattern) -> bool:
    """Not for whole cells, which need a name over them; nor where the certainty is too low to be reported."""
    best = pattern.supported if identifier.keywords else pattern.alone
    return not pattern.regex.startswith(r"\A") and best is not Certainty.LOW


def _has_example(identifier: Identifier, pattern: Pattern) -> bool:
    examples = map(marked, identifier.matches)
    return any(value_span(match) in example.spans for example in examples for match in compile_pattern(pattern).finditer(example.text))


@each_file
def test_ids_stand_sorted_in_their_file(found: tuple[Identifier, ...]) -> None:
    ids = [identifier.id for identifier in found]

    assert ids == sorted(ids)


def test_only_names_and_addresses_do_without_patterns() -> None:
    assert [identifier.id for identifier in CATALOGUE if identifier.judged] == ["ADDRESS", "NAME"]
    assert [identifier.id for identifier in CATALOGUE if not identifier.patterns] == ["ADDRESS", "NAME"]


def test_ids_are_unique() -> None:
    assert len({identifier.id for identifier in CATALOGUE}) == len(CATALOGUE)


def test_no_word_speaks_both_for_and_against_an_identifier() -> None:
    assert [identifier.id for identifier in CATALOGUE if set(identifier.keywords) & set(identifier.not_names)] == []


def test_weakly_checked_numbers_of_digits_alone_need_a_keyword() -> None:
    pairs = [(identifier, pattern) for identifier in CATALOGUE for pattern in identifier.patterns]
    sure = {identifier.id for identifier, pattern in pairs if _is_bare_and_weak(pattern)}

    assert sure == {"CREDIT_CARD_NUMBER_(NO_KEYWORD)"}


def _is_bare_and_weak(pattern: Pattern) -> bool:
    """Whether a match may be digits without separators, more than one of a hundred passes, and it is reported without a keyword."""
    text = random_text(pattern.regex, random.Random(1))
    return text.isdigit() and pattern.chance > 0.01 and pattern.alone not in (Certainty.NONE, Certainty.LOW)


MEASURED = [
    pytest.param(identifier, pattern, id=f"{identifier.id}-{number}")
    for identifier in CATALOGUE
    for number, pattern in enumerate(identifier.patterns)
    # One country stands for all IBANs. Nearly every random value of some is accepted, and long ones are slow to draw. What must stand
    # before a match is not drawn.
    if pattern.validator
    and pattern.chance < 0.95
    and pattern.max_length < 100
    and "(?<=" not in pattern.regex
    and (pattern.validator.name != "iban" or "GERM" in identifier.id)
]


@pytest.mark.parametrize(("identifier", "pattern"), MEASURED)
def test_the_declared_chance_is_about_the_measured_one(identifier: Identifier, pattern: Pattern) -> None:
    source = random.Random(identifier.id)
    passed = tried = 0
    while tried < 1000:
        match = compile_pattern(pattern).fullmatch(random_text(pattern.regex, source))
        if match and pattern.validator:
            start, end = value_span(match)
            passed += resolve(pattern.validator)(match.string[start:end]) is not Verdict.INVALID
            tried += 1
    # Four standard deviations of the measurement, and half of the value for what no random text can show.
    allowed = 4 * (pattern.chance * (1 - pattern.chance) / tried) ** 0.5 + pattern.chance / 2
    assert abs(passed / tried - pattern.chance) <= allowed
