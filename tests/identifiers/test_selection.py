"""Which identifiers a user asks for."""

import pytest

from identifiers.errors import IdentifierError
from identifiers.model import Category, Identifier, Pattern, Severity, SeverityLevel
from identifiers.selection import select


def made(name: str, category: Category, *, recommended: bool = False, countries: tuple[str, ...] = ()) -> Identifier:
    levels = (SeverityLevel(1, Severity.LOW),)
    return Identifier(name, name, category, (Pattern("x"),), levels, recommended=recommended, countries=countries)


KNOWN = (
    made("PAN", Category.FINANCIAL, recommended=True),
    made("IBAN", Category.FINANCIAL, countries=("DE", "FR")),
    made("SSN", Category.PERSONAL, recommended=True, countries=("US",)),
    made("EIN", Category.PERSONAL, countries=("US",)),
    made("badge", Category.CUSTOM),
)


def ids(*words: str, deselect: tuple[str, ...] = ()) -> list[str]:
    return [identifier.id for identifier in select(KNOWN, words, deselect)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ["PAN", "SSN", "badge"]),
        (("recommended",), ["PAN", "SSN", "badge"]),
        (("all",), ["EIN", "IBAN", "PAN", "SSN", "badge"]),
        (("none",), ["badge"]),
        (("EIN",), ["EIN", "badge"]),
        (("EIN", "IBAN"), ["EIN", "IBAN", "badge"]),
        (("recommended", "EIN"), ["EIN", "PAN", "SSN", "badge"]),
        (("category:financial",), ["IBAN", "PAN", "badge"]),
        (("country:US",), ["EIN", "SSN", "badge"]),
        (("country:us",), ["EIN", "SSN", "badge"]),
        (("country:FR", "category:personal"), ["EIN", "IBAN", "SSN", "badge"]),
    ],
)
def test_words_add_up_and_custom_identifiers_always_belong(words: tuple[str, ...], expected: list[str]) -> None:
    assert ids(*words) == expected


def test_deselected_identifiers_go_whatever_selected_them() -> None:
    assert ids("all", deselect=("country:US", "badge")) == ["IBAN", "PAN"]
    assert ids("SSN", deselect=("all",)) == []
    assert ids("recommended", deselect=("none",)) == ["PAN", "SSN", "badge"]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("IBAM", "did you mean 'IBAN'?"),
        ("iban", "did you mean 'IBAN'?"),
        ("recomended", "did you mean 'recommended'?"),
        ("category:finance", "did you mean 'category:financial'?"),
        ("country:UK", "did you mean 'country:US'?"),
        ("zzz", "`dowse identifiers list` shows what there is"),
    ],
)
def test_a_word_that_names_nothing_is_refused_with_a_suggestion(word: str, remedy: str) -> None:
    with pytest.raises(IdentifierError) as caught:
        ids(word)

    assert str(caught.value) == f"--select: {word!r} names no identifier; {remedy}"


def test_a_wrong_word_to_deselect_names_its_flag() -> None:
    with pytest.raises(IdentifierError, match=r"--deselect: 'SNS' names no identifier; did you mean 'SSN'\?"):
        ids(deselect=("SNS",))
