"""The full check of one identifier."""

from collections.abc import Mapping

import pytest

from identifiers.check import check_identifier
from identifiers.errors import IdentifierError
from identifiers.model import Category, Identifier, Pattern, ValidatorRef

SOUND = Pattern("B[0-9]{4}", max_length=5)


def badge(*patterns: Pattern, matches: tuple[str, ...] = (), ignores: tuple[str, ...] = ()) -> Identifier:
    return Identifier(
        id="BADGE", name="Badge", category=Category.CUSTOM, patterns=patterns, severity_levels=(), matches=matches, ignores=ignores
    )


def refusal(identifier: Identifier) -> str:
    with pytest.raises(IdentifierError) as caught:
        check_identifier(identifier, "my.toml")
    return str(caught.value)


def test_a_sound_identifier_passes() -> None:
    check_identifier(badge(SOUND, matches=("badge «B1234»",), ignores=("B12",)), "my.toml")


def test_the_number_of_a_bad_pattern_is_named_where_there_are_several() -> None:
    bad = Pattern("B[0-9", max_length=5)

    assert refusal(badge(bad)) == "my.toml: BADGE: pattern: is no valid regex: unterminated character set at position 5"
    assert refusal(badge(SOUND, bad)) == "my.toml: BADGE: pattern 2: is no valid regex: unterminated character set at position 5"


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [
        ("weighted_mod", {"modulus": 11}, "missing a required argument: 'weights'"),
        ("luhn", {"weights": [1]}, "got an unexpected keyword argument 'weights'"),
    ],
)
def test_settings_that_a_validator_lacks_or_does_not_know_are_refused(name: str, options: Mapping[str, object], reason: str) -> None:
    answer = refusal(badge(Pattern("B[0-9]{4}", ValidatorRef(name, options), max_length=5)))

    assert answer.startswith(f"my.toml: BADGE: pattern: validator: the settings of {name} do not fit: ")
    assert reason in answer


@pytest.mark.parametrize("module", ["be.nothing", "os", "..os", "numdb", 5, ["be", "nn"]])
def test_a_module_that_checks_no_numbers_is_refused(module: object) -> None:
    answer = refusal(badge(Pattern("B[0-9]{4}", ValidatorRef("stdnum", {"module": module}), max_length=5)))

    assert answer == f"my.toml: BADGE: pattern: validator: module: python-stdnum has no module {str(module)!r} that checks numbers"


@pytest.mark.parametrize(
    ("matches", "ignores", "expected"),
    [
        (("badge B1234",), (), "my.toml: BADGE: matches 1: marks nothing; put « and » around what is to be found"),
        (("«B1234»", "badge «B1234"), (), "my.toml: BADGE: matches 2: the marks « and » do not pair"),
        ((), ("«B1234»",), "my.toml: BADGE: ignores 1: must have no « and »"),
    ],
)
def test_marks_in_examples_must_make_sense(matches: tuple[str, ...], ignores: tuple[str, ...], expected: str) -> None:
    assert refusal(badge(SOUND, matches=matches, ignores=ignores)) == expected
