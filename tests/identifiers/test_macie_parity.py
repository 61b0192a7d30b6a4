"""Our catalogue beside Macie's: ids, categories, countries, severities, keyword rules, keywords and the recommended set.

`macie_facts.csv` holds what the user guide says (mdis-reference-*, findings-severity and discovery-jobs-mdis-recommended under
https://docs.aws.amazon.com/macie/latest/user/). Where we differ on purpose, it is said here, and why.
"""

import csv
import os

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.keywords import keyword_regex
from identifiers.macie import macie_recommended
from identifiers.selection import select

CATALOGUE = {identifier.id: identifier for identifier in load_catalogue()}

# Not yet declared.
PENDING: set[str] = set()
# Macie asks for a keyword. Their prefix, check digits or grouping say enough without one.
ALSO_WITHOUT_KEYWORD = {
    "AWS_CREDENTIALS",
    "BRAZIL_CNPJ_NUMBER",
    "BRAZIL_CPF_NUMBER",
    "FRANCE_NATIONAL_IDENTIFICATION_NUMBER",
    "GCP_API_KEY",
    "ITALY_NATIONAL_IDENTIFICATION_NUMBER",
    "USA_SOCIAL_SECURITY_NUMBER",
}
# Misspelt in Macie's lists, or of another language; the right words are in ours.
WRONG_KEYWORDS = {
    # The verb is conducir.
    "SPAIN_DRIVERS_LICENSE": {
        "carnet conducer",
        "el carnet de conducer",
        "licencia conducer",
        "número carnet conducer",
        "número de carnet de conducer",
        "número de permiso conducer",
        "número de permiso de conducer",
        "número licencia conducer",
        "número permiso conducer",
        "permiso conducer",
    },
}
# Macie names no countries where ours says more, or the other way round.
# An address of any country is one.
OTHER_COUNTRIES: dict[str, tuple[str, ...]] = {"ADDRESS": ()}

with open(os.path.join(os.path.dirname(__file__), "macie_facts.csv"), encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file))

PRESENT = [fact for fact in FACTS if fact["id"] not in PENDING]
each_fact = pytest.mark.parametrize("fact", PRESENT, ids=lambda fact: fact["id"])


def test_every_identifier_of_macie_is_ours() -> None:
    theirs = {fact["id"] for fact in FACTS}

    assert len(theirs) == len(FACTS) == 166
    assert theirs - CATALOGUE.keys() == PENDING


@each_fact
def test_category_countries_and_severity_are_macies(fact: dict[str, str]) -> None:
    identifier = CATALOGUE[fact["id"]]

    assert identifier.category == fact["category"]
    assert identifier.countries == OTHER_COUNTRIES.get(identifier.id, tuple(fact["countries"].split()))
    assert " ".join(level.severity for level in identifier.severity_levels) == fact["severity"]
    assert [level.occurrences for level in identifier.severity_levels] == [1, 2, 100]


@each_fact
def test_a_keyword_is_required_where_macie_requires_one(fact: dict[str, str]) -> None:
    """`bban`: only for the national form of an account number; `national`: only for phone numbers without country code."""
    needs = CATALOGUE[fact["id"]].keyword_required

    assert needs == (fact["keyword"] == "yes" and fact["id"] not in ALSO_WITHOUT_KEYWORD)


@pytest.mark.parametrize("fact", [fact for fact in PRESENT if fact["keyword"] == "bban"], ids=lambda fact: fact["id"])
def test_the_national_form_of_an_account_number_needs_a_keyword(fact: dict[str, str]) -> None:
    by_form = {pattern.regex.startswith(fact["countries"]): pattern.alone for pattern in CATALOGUE[fact["id"]].patterns}

    assert by_form == {True: "high", False: "none"}


@each_fact
def test_every_keyword_of_macie_is_one_of_ours(fact: dict[str, str]) -> None:
    ours = [keyword_regex(keyword) for keyword in CATALOGUE[fact["id"]].keywords]
    theirs = {word for word in fact["keywords"].split(";") if word}
    missing = {word for word in theirs if not any(keyword.fullmatch(word) for keyword in ours)}

    assert missing == WRONG_KEYWORDS.get(fact["id"], set())


@each_fact
def test_what_macie_recommends_is_recommended(fact: dict[str, str]) -> None:
    assert CATALOGUE[fact["id"]].recommended or fact["recommended"] == "no"


def test_select_macie_is_what_macie_recommends() -> None:
    theirs = {fact["id"] for fact in FACTS if fact["recommended"] == "yes"}

    assert len(theirs) == 35
    assert macie_recommended() == theirs
    assert {identifier.id for identifier in select(load_catalogue(), ["macie"])} == theirs - PENDING
