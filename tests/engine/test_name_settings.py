"""What is said before a run when something is missing to look for names."""

from pathlib import Path

import pytest

from identifiers import load_catalogue
from scanner.config import ScanConfig
from scanner.engine.name_settings import missing_for_names
from scanner.errors import ConfigError
from scanner.model.names_mode import NamesMode

EVERYTHING = load_catalogue()
NOT_NAMES = tuple(one for one in EVERYTHING if not one.judged)


def nothing(_module: str) -> None:
    return None


def test_without_spacy_one_line_says_what_is_not_looked_for() -> None:
    said = missing_for_names(ScanConfig(("x",)), EVERYTHING, nothing)
    assert "spaCy is not installed" in said
    assert "ADDRESS, NAME" in said
    assert "\n" not in said


@pytest.mark.parametrize("config", [ScanConfig(("x",), names=NamesMode.TABLES), ScanConfig(("x",), names=NamesMode.OFF)])
def test_nothing_is_said_where_prose_is_not_asked_for(config: ScanConfig) -> None:
    assert missing_for_names(config, EVERYTHING, nothing) == ""


def test_nothing_is_said_where_no_name_is_selected() -> None:
    assert missing_for_names(ScanConfig(("x",)), NOT_NAMES, nothing) == ""


def test_nothing_is_said_where_all_is_there() -> None:
    assert missing_for_names(ScanConfig(("x",)), EVERYTHING, str) == ""


@pytest.mark.parametrize("name", ["no_such_pipeline_here", "no/such/folder", "."])
def test_a_pipeline_that_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises(ConfigError, match="--names-model"):
        missing_for_names(ScanConfig(("x",), names_model=name), EVERYTHING)


def test_a_folder_with_a_pipeline_is_enough(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}")
    assert missing_for_names(ScanConfig(("x",), names_model=str(tmp_path)), EVERYTHING, str) == ""
