"""Regexes that are refused, and those that look alike but are harmless."""

import time

import pytest

from identifiers.errors import IdentifierError
from identifiers.lint import attacks, check_regex
from identifiers.model import Boundary, Pattern
from identifiers.shape import parse

CATASTROPHIC = [
    "(a+)+$",
    "(a|aa)+$",
    "(.*a){20}",
    r"(\w+\s?)+$",
    "(x+x+)+y",
    "((ab)*)*c",
    "([a-zA-Z]+)*@",
    "(a{1,50}){2,}b",
    "(?:[0-9]+,?)+x",
]
HARMLESS = [
    r"[FP]-\d{8}",
    r"(?:[a-z]+\.)+[a-z]{2,}",
    "[a-z]+@[a-z.]+",
    r"\d+-\d+",
    "(?:ab|ac)+",
    r"(?i)[a-z]+(?:[ -][a-z]+)*",
    '"(?:[^"\\\\]|\\\\.)*"',
    "(?>a+)+b",
    "(?:a++)+b",
    r"[A-Z]{2}\d{100,1000}",
    ".*foo.*bar",
]


def refusal(shape: str) -> str:
    with pytest.raises(IdentifierError) as caught:
        check_regex(Pattern(shape, boundary=Boundary.NONE), "my.toml: X: pattern")
    return str(caught.value)


@pytest.mark.parametrize("shape", CATASTROPHIC)
def test_catastrophic_regexes_are_refused_in_well_under_a_second(shape: str) -> None:
    start = time.process_time()

    assert "could take for ever on some texts" in refusal(shape)
    assert time.process_time() - start < 1


@pytest.mark.parametrize("shape", HARMLESS)
def test_harmless_regexes_pass(shape: str) -> None:
    check_regex(Pattern(shape, boundary=Boundary.NONE), "my.toml: X: pattern")


@pytest.mark.parametrize("shape", ["a*", "(?:a|b?)", r"(?<=\s)\b", "(?=a)", "^$", "a{0,5}"])
def test_a_regex_that_can_match_nothing_is_refused(shape: str) -> None:
    assert refusal(shape) == "my.toml: X: pattern: can match the empty text; let it match at least one character"


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("(a", "missing ) at position 2"),
        ("[a-", "unterminated character set at position 3"),
        ("*a", "nothing to repeat at position 0"),
    ],
)
def test_an_invalid_regex_is_refused_with_the_place_in_it(shape: str, reason: str) -> None:
    assert refusal(shape) == f"my.toml: X: pattern: is no valid regex: {reason}"


def test_an_attack_leads_to_the_loop_repeats_it_and_ends_in_a_dead_end() -> None:
    (attack,) = attacks(parse("id=(?:ab|c+)[0-9]{3}"))

    assert attack == "id=" + "c" * 1000 + "\0"
