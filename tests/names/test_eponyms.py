"""Names that stand for a test, a disease or a theorem."""

import pytest

from scanner.names.eponyms import is_eponym


@pytest.mark.parametrize(
    "marked",
    [
        "de ziekte van «Crohn»",
        "signo de «Murphy» negativo",
        "«Murphy» positief",
        "Duncan: separated by «Duncan»'s test",
        "équations de «Navier-Stokes»",
        "le théorème d'«Euler»",
        "Morbus «Basedow»",
        "the «Levenberg–Marquardt» step",
    ],
)
def test_names_of_things_are_told(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    start = marked.index("«")
    assert is_eponym(text, start, marked.index("»") - 1)


@pytest.mark.parametrize(
    "marked", ["the wife of «Crohn»", "«Murphy» was positive", "«Anna Test» test", "tante van «Euler»", "«Lee-Jones» came"]
)
def test_names_of_people_are_left(marked: str) -> None:
    text = marked.replace("«", "").replace("»", "")
    start = marked.index("«")
    assert not is_eponym(text, start, marked.index("»") - 1)
