"""Lists of words that identifiers share."""

import pytest

from identifiers.errors import IdentifierError
from identifiers.words import spelled_out


def test_a_list_stands_for_its_words_in_place() -> None:
    words = spelled_out(("first", "@phones", "last"), "x.toml: X: not_names")

    assert words[0] == "first"
    assert "telephone" in words
    assert words[-1] == "last"


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(
        IdentifierError, match=r"x\.toml: X: not_names: there is no list 'ordinary number'; did you mean 'ordinary numbers'\?"
    ):
        spelled_out(("@ordinary number",), "x.toml: X: not_names")
