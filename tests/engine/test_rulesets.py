"""Which identifiers a run looks for."""

from pathlib import Path

import pytest

from scanner.engine.rulesets import choose_identifiers
from scanner.errors import ConfigError

EMPLOYEE = """
[[identifier]]
id = "EMPLOYEE_ID"
name = "Employee id"
pattern = '[FP]-\\d{8}'
keywords = ["employee"]
"""


def test_without_a_word_the_recommended_ones_are_chosen_by_id() -> None:
    chosen = [identifier.id for identifier in choose_identifiers(("recommended",), (), ())]
    assert "CREDIT_CARD_NUMBER" in chosen
    assert chosen == sorted(chosen)


def test_identifiers_of_the_user_are_added(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(EMPLOYEE)
    assert [identifier.id for identifier in choose_identifiers(("none",), (), (str(file),))] == ["EMPLOYEE_ID"]


def test_a_file_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(EMPLOYEE)
    assert len(choose_identifiers(("none",), (), (str(file), str(file)))) == 1


def test_the_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    files = [tmp_path / "mine.toml", tmp_path / "yours.toml"]
    for file in files:
        file.write_text(EMPLOYEE)
    with pytest.raises(ConfigError, match=r"yours.toml: EMPLOYEE_ID is declared in another identifier file, too; rename one of the two"):
        choose_identifiers(("none",), (), tuple(map(str, files)))


def test_an_empty_choice_is_refused() -> None:
    with pytest.raises(ConfigError, match="no identifier is selected, so nothing could be found; add --select recommended or name some"):
        choose_identifiers(("none",), (), ())
