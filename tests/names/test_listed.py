"""Names by rule: a given name with a surname behind it, both of the lists."""

import pytest

from scanner.names.lexicon import load_lexicon
from scanner.names.listed import find_listed
from scanner.names.tokens import tokenise


def found(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[start:end] for start, end in find_listed(tokens, load_lexicon().flags(tokens.words))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Meet Michael Jackson, the new director.", ["Michael Jackson"]),
        ("user Nancy B. Miller logged in", ["Nancy B. Miller"]),
        ("John White and Mary Ann Smith signed.", ["John White", "Mary Ann Smith"]),
        ("Saludos, Carlos García", ["Carlos García"]),
    ],
)
def test_a_given_name_with_a_surname_is_found(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "turn into Charlotte Street there",
        "the Michael\nJackson",
        "import Kevin-Miller",
        "Nancy Miller Ltd sells it",
        "michael jackson",
        "Will Short Cuts Hurt",
        "Avenue Victor Hugo",
    ],
)
def test_what_is_part_of_something_else_is_none(text: str) -> None:
    assert found(text) == []
