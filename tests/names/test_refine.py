"""What is left of the names that a model tells: the same without what does not belong to them, or nothing."""

import doctest
from types import ModuleType

import pytest

import scanner.names.beside
import scanner.names.brands
import scanner.names.extent
import scanner.names.refine
from scanner.names.features import features_of
from scanner.names.lexicon import load_lexicon
from scanner.names.refine import refined


def left(marked: str) -> list[str]:
    """What is left of the one name that stands between « and »."""
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    return [text[first:behind] for first, behind in refined(features_of(text, load_lexicon()), [(start, end)])]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Ask «Ann Hill» about it.", "Ann Hill"),
        ("Ask «Mr Ann Hill» about it.", "Ann Hill"),
        ("SALARY «SMITH, ALVARO R LEGISLATIVE» 2,100", "SMITH, ALVARO R"),
        ("See «Housner», G. W. (1963), and others.", "Housner, G. W."),
        ("Author: G. «Pastorino», 2019", "G. Pastorino"),
        ("By «Housner», G. Wood and others.", "Housner"),
        ("yesterday «Grace» called", "Grace"),
        ("Collega Ebru «Çelikkol» kijkt mee", "Ebru Çelikkol"),
        ("dank aan «Willem» van der Hoogenband, die", "Willem van der Hoogenband"),
        ("tips naar «Jan-Willem» van Os, graag", "Jan-Willem van Os"),
        ("Ms. Delacroix-«Hinton» said", "Delacroix-Hinton"),
        ("i. A. «Detlef Schwesinger»", "Detlef Schwesinger"),
        ("Ing. «Monja Baum B.»Sc. und", "Monja Baum"),
        ("«I, Rutherford B. Alcantar», am over eighteen", "Rutherford B. Alcantar"),
        ("21 «Rosângela Alves dos Santos Injeção» 2258", "Rosângela Alves dos Santos"),
    ],
)
def test_a_name_is_cut_to_what_belongs_to_it(marked: str, name: str) -> None:
    assert left(marked) == [name]


@pytest.mark.parametrize(
    "marked",
    [
        "Fax: «N/A» Phone: none",
        "as the «U.S.» government says",
        "to «harm» others",
        "read the «Loan Fact Sheets» first",
        "from the «Latin Language» he",
        "«ANNAPURNA KIRANA» total 12.00",
        "«Acidosis» is treated; acidosis can return.",
        "«Lorem» follows",
        "the «GOVERNOR» spoke",
        "«ValueError» is raised",
        "sold by «Hill» & Sons",
        "the «Arnold Palmer» Suite is closed",
        "il liceo «Galileo Galilei» riapre",
        "shares in «Hugo Boss» fell",
    ],
)
def test_what_is_no_name_is_dropped(marked: str) -> None:
    assert left(marked) == []


def test_two_sentences_hold_two_names() -> None:
    assert left("À l'ombre, «Dieudonné triche. Marie-Ange» aussi.") == ["Dieudonné", "Marie-Ange"]


@pytest.mark.parametrize("module", [scanner.names.refine, scanner.names.extent, scanner.names.beside, scanner.names.brands])
def test_examples_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
