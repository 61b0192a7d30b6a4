"""Names behind kin and callings, with initials, at the end of a letter, before the colons of a chat."""

import doctest

import pytest

import scanner.names.around
from scanner.names.around import find_around
from scanner.names.lexicon import load_lexicon


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in find_around(text, load_lexicon())]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("de brieven van tante Ymkje gesorteerd", "Ymkje", "role"),
        ("hielt Gemeinderätin Dilara Gökçe nicht", "Dilara Gökçe", "role"),
        ("at my cousin Delphine's place", "Delphine", "role"),
        ("la fisioterapista Chiara Marangon", "Chiara Marangon", "role"),
        ("the shift of J. D. Hollingworth ended", "J. D. Hollingworth", "initials"),
        ("Met vriendelijke groet,\nSanne de Vries\nadviseur", "Sanne de Vries", "signature"),
        ("Atenciosamente,\nRoberval Assis Pimentel", "Roberval Assis Pimentel", "signature"),
    ],
)
def test_a_name_is_known_by_what_is_around(text: str, name: str, kind: str) -> None:
    assert found(text) == [(name, kind)]


def test_who_speaks_in_several_lines_has_a_name() -> None:
    chat = "Nuria: ha llegado\nJon Ander: quién\nNuria: una tal daniela\nJon Ander: pásala"
    assert [name for name, _ in found(chat)] == ["Nuria", "Jon Ander", "Nuria", "Jon Ander"]


@pytest.mark.parametrize(
    "text",
    [
        "Notice: see below\nNotice: see above",
        "GEO: input\nGEO: output",
        "Kind regards,\nThe support team",
        "M. Faye est venu",
        "bei 24 °C. Titration folgt",
        "the director General of it",
        'a doll called "Aunt Jemima"',
        "Mother nature and father time",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert found(text) == []


def test_examples_hold() -> None:
    assert doctest.testmod(scanner.names.around).failed == 0
