"""Identifiers that Macie has too carry its id, category, severity and keywords; what it recommends, we recommend.

The facts are those of the user guide: mdis-reference-quick, findings-severity and discovery-jobs-mdis-recommended under
https://docs.aws.amazon.com/macie/latest/user/
"""

import csv
import os

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.keywords import keyword_regex

CATALOGUE = {identifier.id: identifier for identifier in load_catalogue()}

with open(os.path.join(os.path.dirname(__file__), "macie_facts.csv"), encoding="utf-8", newline="") as file:
    FACTS = list(csv.DictReader(file))

each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])


@each_fact
def test_category_and_severity_are_macies_and_its_recommendations_are_ours(fact: dict[str, str]) -> None:
    identifier = CATALOGUE[fact["id"]]
    assert identifier.category == fact["category"]
    assert " ".join(level.severity for level in identifier.severity_levels) == fact["severity"]
    assert [level.occurrences for level in identifier.severity_levels] == [1, 2, 100]
    assert identifier.recommended or fact["recommended"] == "no"


@each_fact
def test_every_keyword_of_macie_is_one_of_ours(fact: dict[str, str]) -> None:
    ours = [keyword_regex(keyword) for keyword in CATALOGUE[fact["id"]].keywords]
    words = [word for word in fact["keywords"].split(";") if word]
    assert [word for word in words if not any(keyword.fullmatch(word) for keyword in ours)] == []


def test_all_ibans_of_macie_are_there() -> None:
    assert sum(fact["id"].endswith("_BANK_ACCOUNT_NUMBER") for fact in FACTS) == 52
