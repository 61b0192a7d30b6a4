"""The model is asked where the gate says so, in texts of every length, and in programs."""

import pytest

from scanner.names.gate import Gate
from scanner.names.lexicon import load_lexicon
from scanner.names.prose import ProseSearch

PLAIN = "these are plain words only and nothing else is said in them at all.\n" * 40
PROGRAM = 'def load(a, b):\n    x = {"a": [f(y) for y in z()]}\n    # thanks to Ondrej Vlasak for the patch\n    return g(x, b=(1, 2));\n'


def by_model(text: str) -> list[str]:
    """Names that nothing but the model speaks for."""
    return [text[one.start : one.end] for one in ProseSearch().find_in(text) if one.evidence == ("model:own",)]


@pytest.mark.parametrize("name", ["Tavrik Zoldenberg", "Oyelaranti", "Miroque Oyelaranti"])
def test_a_name_is_found_in_a_letter_and_far_inside_of_a_long_text(name: str) -> None:
    letter = f"We met {name} at the station, and he was glad to see us.\n"
    assert by_model(letter) == [name]
    assert by_model(PLAIN + letter + PLAIN) == [name]


@pytest.mark.parametrize("times", [1, 20])
def test_a_name_is_found_in_a_program_short_or_long(times: int) -> None:
    assert by_model(PROGRAM * times) == ["Ondrej Vlasak"] * times


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("it is in the Avenue 12 of it", [13]),
        ("it is 12 in the Avenue of it", [16]),
        ("it is in the Avenue of it", []),
        ("it is in the Avenue of it and then far from it come forty more letters than 12", []),
    ],
)
def test_the_word_for_a_street_counts_with_a_digit_near(text: str, places: list[int]) -> None:
    assert Gate(load_lexicon()).places(text.encode()).strong.tolist() == places
