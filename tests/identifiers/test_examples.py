"""Example texts: how they are composed, and how their marks are read."""

import pytest

from identifiers.examples import Example, compose, marked


def test_a_split_literal_is_joined() -> None:
    assert compose("AK{+}IA1") == "AKIA1"


def test_random_characters_are_of_their_class_and_always_the_same() -> None:
    drawn = compose("x{random:200:A-C_}")

    assert len(drawn) == 201
    assert set(drawn[1:]) == set("ABC_")
    assert compose("x{random:200:A-C_}") == drawn


def test_two_draws_in_one_text_differ() -> None:
    first, second = compose("{random:30:a-z} {random:30:a-z}").split()

    assert first != second


@pytest.mark.parametrize("text", ['{"user": "x"}', "${VAR}", "{random}", "plain"])
def test_other_braces_stay(text: str) -> None:
    assert compose(text) == text


def test_marks_become_spans() -> None:
    assert marked("a «bc» d «e»") == Example("a bc d e", ((2, 4), (7, 8)))
    assert marked("none") == Example("none", ())


@pytest.mark.parametrize("text", ["«a", "a»", "»a«", "««a»»", "«a» «"])
def test_marks_must_pair(text: str) -> None:
    with pytest.raises(ValueError, match="the marks « and » do not pair"):
        marked(text)
