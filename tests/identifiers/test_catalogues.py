"""Loading: the built-in catalogue, and users' files beside it."""

from pathlib import Path

import pytest

from identifiers import IdentifierError, load_catalogue, load_custom

ANNOUNCED = r"""
[[identifier]]
id = "EMPLOYEE_ID"
name = "Employee id"
pattern = '[FP]-\d{8}'
keywords = ["employee"]
max_distance = 50
"""


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_catalogue_is_sorted_by_id_and_read_once() -> None:
    ids = [identifier.id for identifier in load_catalogue()]

    assert ids == sorted(ids)
    assert load_catalogue() is load_catalogue()


def test_the_employee_id_of_the_announcement_loads(tmp_path: Path) -> None:
    (employee,) = load_custom(written(tmp_path, ANNOUNCED))

    assert employee.keyword_required
    assert employee.max_distance == 50
    assert employee.patterns[0].max_length == 10


def test_custom_identifiers_come_sorted_by_id(tmp_path: Path) -> None:
    text = "\n".join(f"[[identifier]]\nid = \"{name}\"\npattern = 'x[0-9]'" for name in ("c", "a", "b"))

    assert [identifier.id for identifier in load_custom(written(tmp_path, text))] == ["a", "b", "c"]


def test_an_id_of_the_catalogue_is_taken(tmp_path: Path) -> None:
    with pytest.raises(
        IdentifierError, match=r"CREDIT_CARD_NUMBER: id: is taken, by a built-in identifier or one above it; choose another"
    ):
        load_custom(written(tmp_path, ANNOUNCED.replace("EMPLOYEE_ID", "CREDIT_CARD_NUMBER")))


def test_an_id_may_stand_in_a_file_once(tmp_path: Path) -> None:
    with pytest.raises(IdentifierError, match=r"my\.toml: EMPLOYEE_ID: id: is taken"):
        load_custom(written(tmp_path, ANNOUNCED + ANNOUNCED))


def test_a_catastrophic_regex_of_a_user_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(IdentifierError) as caught:
        load_custom(written(tmp_path, ANNOUNCED.replace(r"[FP]-\d{8}", "(a+)+$") + "max_length = 50\n"))

    assert str(caught.value) == (
        f"{tmp_path}/my.toml: EMPLOYEE_ID: pattern: could take for ever on some texts; "
        "let no repeat stand inside another, e.g. `a+` in place of `(a+)+`"
    )
