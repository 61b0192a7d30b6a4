"""Sensitivity levels of columns."""

from pathlib import Path

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.model import Category
from scanner.errors import ConfigError
from scanner.reports.catalogue_settings import CatalogueSettings, load_catalogue_settings
from scanner.reports.levels import Levels
from tests.reports.build import EMPLOYEE

KINDS = {one.id: one for one in load_catalogue()}


def settings(folder: Path, text: str) -> CatalogueSettings:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return load_catalogue_settings(str(path), KINDS)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("USA_SOCIAL_SECURITY_NUMBER", "restricted"),
        ("CREDIT_CARD_NUMBER", "restricted"),
        ("CREDIT_CARD_EXPIRATION", "restricted"),
        ("AWS_ACCESS_KEY_ID", "restricted"),
        ("EMAIL_ADDRESS", "confidential"),
        ("BANK_IDENTIFIER_CODE", "internal"),
    ],
)
def test_levels_without_a_file(name: str, level: str) -> None:
    assert Levels().of(KINDS[name]) == level


def test_a_custom_identifier_has_the_level_of_its_severity() -> None:
    assert EMPLOYEE.category is Category.CUSTOM
    assert Levels().of(EMPLOYEE) == "internal"


def test_the_highest_level_counts_and_none_is_the_least() -> None:
    assert Levels().highest(["internal", "restricted", "public"]) == "restricted"
    assert Levels().highest([]) == "public"


def test_an_identifier_named_in_a_file_has_that_level_and_the_rest_is_as_before(tmp_path: Path) -> None:
    levels = settings(tmp_path, '[levels.identifier]\nEMAIL_ADDRESS = "public"').levels
    assert levels.of(KINDS["EMAIL_ADDRESS"]) == "public"
    assert levels.of(KINDS["CREDIT_CARD_NUMBER"]) == "restricted"


def test_a_file_may_have_an_order_of_its_own(tmp_path: Path) -> None:
    text = '[levels]\norder = ["green", "red"]\n[levels.category]\nfinancial = "red"\n[levels.regulation]\nHIPAA = "red"'
    levels = settings(tmp_path, text).levels
    assert [levels.of(KINDS[name]) for name in ("INTERNATIONAL_BANK_ACCOUNT_NUMBER", "DATE_OF_BIRTH", "AWS_CREDENTIALS")] == [
        "red",
        "red",
        "green",
    ]


def test_names_of_databases_and_services_come_from_the_file(tmp_path: Path) -> None:
    read = settings(tmp_path, '[glue]\ndatabase = "lake"\n[datahub]\nenv = "TEST"\n[dbt]\nsource = "raw"')
    assert (read.glue.database, read.datahub.env, read.dbt.source) == ("lake", "TEST", "raw")
    assert read.openmetadata == CatalogueSettings().openmetadata


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[levels.severity]\nhigh = "secret"', r"mine.toml: levels: severity.high: 'secret' is no level; there are public, internal"),
        ('[levels.identifier]\nEMAIL_ADRESS = "public"', r"levels: identifier: 'EMAIL_ADRESS' is unknown; did you mean 'EMAIL_ADDRESS'\?"),
        ('[levels.regulation]\nGPDR = "public"', r"levels: regulation: 'GPDR' is unknown; did you mean"),
        ("[levels]\nseverity = 3", r"levels: severity: must be a table"),
        ('[glue]\ndatabse = "x"', r"mine.toml: glue: databse: is no key that is known here; did you mean 'database'\?"),
        ("glue = 1", r"mine.toml: glue: must be a table"),
        ("[other]", r"mine.toml: other: is no key"),
        ("[", r"mine.toml: is not valid TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        settings(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none.toml: cannot be read \(No such file"):
        load_catalogue_settings(str(tmp_path / "none.toml"), KINDS)
