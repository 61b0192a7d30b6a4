"""Names in plain sentences that say by themselves that a person is meant."""

import pytest

from scanner.names.lexicon import load_lexicon
from scanner.names.personal import find_personal
from scanner.names.prose import ProseSearch

_LEXICON = load_lexicon()


def told(text: str) -> list[str]:
    return sorted(text[start:end] for start, end in find_personal(text, _LEXICON))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I am John Sanchez and I need a card.", ["John Sanchez"]),
        ("Hi, this is Helen Bennett, calling again", ["Helen Bennett"]),
        ("Hallo, ich heiße Sabine und bin neu", ["Sabine"]),
        ("Bonjour, je m'appelle Odile Perrin.", ["Odile Perrin"]),
        ("Me llamo Ernesto Villar, hablamos ayer", ["Ernesto Villar"]),
        ("Mi chiamo Gennaro Esposito.", ["Gennaro Esposito"]),
        ("Ik ben Wilma van den Berg.", ["Wilma van den Berg"]),
        ("here is Mark's address and Alice's new place", ["Alice", "Mark"]),
        ("The Fergusons and the Ferguson family", ["Ferguson"]),
        ("la famille Dupont et la familia Ortega", ["Dupont", "Ortega"]),
        ("I told Amy that we asked Brian to come.", ["Amy", "Brian"]),
        ("Robin Miller vs. Cooper Ltd", ["Robin Miller"]),
        ("caller Uma Brandt, phone below", ["Uma Brandt"]),
        ("the transaction of Lewis Porter on my statement", ["Lewis Porter"]),
    ],
)
def test_the_sentence_tells(text: str, names: list[str]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "I am Groot & Sons, and this is Paris in spring.",
        "This is Java, and this is Monday.",
        "I am Henry Ford Museum's guide",
        "the Windows family, the Monday family",
        "Victoria's secret and McDonald's fries",
        "We told Microsoft that we asked Google to come.",
        "Holland, Miller and Perez vs. Cooper Ltd",
        "the transaction of Cooper Ltd on my statement",
        "customer Service Desk, patient Care Center, client Mira Web",
        "name is required, number of Items",
    ],
)
def test_it_does_not(text: str) -> None:
    assert told(text) == []


def test_the_search_says_which_rule_it_was() -> None:
    text = "How do I open my credit card statement? I am John Sanchez, ssn follows."
    found = [one for one in ProseSearch("").find_in(text) if text[one.start : one.end] == "John Sanchez"]
    assert [one.evidence for one in found] in ([("rule:sentence",)], [("rule:listed",)])
