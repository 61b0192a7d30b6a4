"""What docs/custom-identifiers.md says of scanning, keys and limits is so. Its `console` blocks are run by test_documents."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import regex
from typer.testing import CliRunner

from identifiers import load_custom
from identifiers.errors import IdentifierError
from scanner.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "custom-identifiers.md").read_text("utf-8")
[EMPLOYEE] = regex.findall(r"```toml\n(.*?)```", PAGE, regex.DOTALL)
LIMITS, BEYOND = (regex.findall(r"^\| (`.*?)\s\| ", table, regex.MULTILINE) for table in PAGE.split("## Keys")[1].split("Beyond Macie:"))


def keys(cells: list[str]) -> set[str]:
    return {key for cell in cells for key in regex.findall("`([a-z_]+)`", cell)}


def declared(folder: Path, **changed: object) -> Path:
    """An identifier file with the keys of the walk-through, some of them changed."""
    table = {"id": "EMPLOYEE_ID", "pattern": r"[FP]-\d{8}", "keywords": ["employee"], **changed}
    path = folder / "employee.toml"
    path.write_text("[[identifier]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in table.items()), "utf-8")
    return path


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


def test_the_scan_of_the_walk_through_finds_what_is_near_the_word_or_under_the_column(tmp_path: Path) -> None:
    [command] = [line for line in PAGE.splitlines() if line.startswith("dowse scan ")]
    (tmp_path / "employee.toml").write_text(EMPLOYEE, "utf-8")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "mail.txt").write_text("The employee F-12345678 asked for order F-87654321" + " again" * 9 + " F-11111111.\n")
    (tmp_path / "exports" / "staff.csv").write_text("employee_id,order\nF-12345678,F-00000001\nP-87654321,P-00000002\n")

    done = subprocess.run(
        [sys.executable, "-m", "scanner", *shlex.split(command)[1:]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    findings = [record for record in map(json.loads, done.stdout.splitlines()) if record["record"] == "finding"]
    counted = {
        os.path.basename(finding["resourcesAffected"]["s3Object"]["key"]): [
            (one["identifier"], one["count"]) for one in finding["detections"]
        ]
        for finding in findings
    }
    assert counted == {"mail.txt": [("EMPLOYEE_ID", 2)], "staff.csv": [("EMPLOYEE_ID", 2)]}
    assert {finding["type"] for finding in findings} == {"SensitiveData:S3Object/CustomIdentifier"}


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        ({"id": "A" * 128}, {"id": "A" * 129}),
        ({"name": "n" * 200}, {"name": "n" * 201}),
        ({"description": "d" * 512}, {"description": "d" * 513}),
        ({"pattern": "x" * 512}, {"pattern": "x" * 513}),
        ({"keywords": [f"word{n}" for n in range(50)]}, {"keywords": [f"word{n}" for n in range(51)]}),
        ({"keywords": ["abc", "k" * 90]}, {"keywords": ["ab"]}),
        ({"max_distance": 300}, {"max_distance": 301}),
        ({"max_distance": 1}, {"max_distance": 0}),
        ({"ignore_words": [f"word{n}" for n in range(10)]}, {"ignore_words": [f"word{n}" for n in range(11)]}),
        ({"ignore_words": ["four", "w" * 90]}, {"ignore_words": ["two"]}),
        (
            {"severity_levels": [{"occurrences": n, "severity": "low"} for n in (1, 2, 3)]},
            {"severity_levels": [{"occurrences": n, "severity": "low"} for n in (1, 2, 3, 4)]},
        ),
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_each_limit_of_the_table_holds_exactly(allowed: dict[str, object], refused: dict[str, object], tmp_path: Path) -> None:
    [found] = load_custom(str(declared(tmp_path, **allowed)))
    assert found.id

    [key] = refused
    with pytest.raises(IdentifierError, match=key):
        load_custom(str(declared(tmp_path, **refused)))


def test_the_table_names_every_key_there_is(tmp_path: Path) -> None:
    with pytest.raises(IdentifierError, match="zzzz") as caught:
        load_custom(str(declared(tmp_path, zzzz="?")))

    known = set(str(caught.value).rpartition("known are ")[2].split(", "))
    # Users' identifiers are always of the category `custom`, so there is nothing to say about it.
    assert known - {"category"} <= keys(LIMITS) | keys(BEYOND)


def test_the_defaults_of_the_table_are_those_of_the_loader(tmp_path: Path) -> None:
    [found] = load_custom(str(declared(tmp_path)))

    assert (found.name, found.max_distance, found.keyword_side.value, found.keyword_required) == ("EMPLOYEE_ID", 50, "before", True)
    assert [(pattern.alone, pattern.supported, pattern.boundary) for pattern in found.patterns] == [("none", "high", "none")]
    assert [(level.occurrences, level.severity) for level in found.severity_levels] == [(1, "medium")]


def test_every_command_named_in_the_page_has_help() -> None:
    named = set(regex.findall(r"dowse ((?:identifiers )?[a-z]+)", PAGE))

    assert named >= {"identifiers check", "identifiers test", "scan"}
    for command in named:
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0
