"""`dowse identifiers`: what each command prints, and its exit codes."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from identifiers.errors import IdentifierError
from scanner.cli.main import app
from scanner.errors import ConfigError

EMPLOYEE = r"""
[[identifier]]
id = "EMPLOYEE_ID"
name = "Employee id"
pattern = '[FP]-\d{8}'
keywords = ["employee"]
matches = ["Employee «F-12345678»"]
ignores = ["Invoice F-12345678"]
"""


@pytest.fixture
def employee(tmp_path: Path) -> str:
    return write(tmp_path, "employee.toml", EMPLOYEE)


def write(folder: Path, name: str, text: str) -> str:
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["identifiers", *arguments], input=stdin)


def answer(*arguments: str, stdin: bytes | None = None) -> Any:
    result = run(*arguments, "--format", "json", stdin=stdin)
    return json.loads(result.stdout)


def test_list_gives_one_row_for_each_identifier_sorted_by_id(employee: str) -> None:
    lines = run("list", "--identifiers", employee).stdout.splitlines()

    assert lines[0].split() == ["ID", "NAME", "CATEGORY", "COUNTRIES", "RECOMMENDED"]
    ids = [line.split()[0] for line in lines[1:]]
    assert ids == sorted(ids)
    assert {"EMPLOYEE_ID", "USA_SOCIAL_SECURITY_NUMBER"} <= set(ids)


def test_list_as_json_gives_the_selected_ones() -> None:
    assert answer("list", "--select", "USA_SOCIAL_SECURITY_NUMBER") == [
        {
            "id": "USA_SOCIAL_SECURITY_NUMBER",
            "name": "United States Social Security number",
            "category": "personal",
            "countries": ["US"],
            "recommended": True,
        }
    ]


def test_show_tells_all_that_a_custom_identifier_declares(employee: str) -> None:
    assert run("show", "EMPLOYEE_ID", "--identifiers", employee).stdout.splitlines() == [
        "EMPLOYEE_ID",
        "  name          Employee id",
        "  category      custom",
        "  countries     everywhere",
        "  recommended   yes",
        "  severity      medium",
        "  keywords      employee",
        "                one is required, before the match: at most 50 characters from its end to the end of the match",
        r"  pattern       [FP]-\d{8}",
        "                not reported alone, high with a keyword",
        "                at most 10 characters; anything may touch it",
        "  matches       Employee «F-12345678»",
        "  ignores       Invoice F-12345678",
    ]


def test_show_as_json_has_the_keys_of_identifier_files(employee: str) -> None:
    assert answer("show", "EMPLOYEE_ID", "--identifiers", employee) == {
        "id": "EMPLOYEE_ID",
        "name": "Employee id",
        "category": "custom",
        "countries": [],
        "recommended": True,
        "description": "",
        "severity_levels": [{"occurrences": 1, "severity": "medium"}],
        "keywords": ["employee"],
        "keyword_required": True,
        "keyword_side": "before",
        "max_distance": 50,
        "not_names": [],
        "ignore_words": [],
        "ignore_values": [],
        "patterns": [
            {
                "regex": r"[FP]-\d{8}",
                "validator": None,
                "chance": 1.0,
                "alone": "none",
                "supported": "high",
                "boundary": "none",
                "max_length": 10,
            }
        ],
        "judged": False,
        "references": [],
        "matches": ["Employee «F-12345678»"],
        "ignores": ["Invoice F-12345678"],
    }


def test_show_of_an_unknown_id_names_one_that_is_like_it() -> None:
    result = run("show", "CREDIT_CARD")

    assert isinstance(result.exception, ConfigError)
    assert str(result.exception) == "'CREDIT_CARD' names no identifier; did you mean 'CREDIT_CARD_NUMBER'?"


def test_check_of_a_good_file_ends_with_nought(employee: str) -> None:
    result = run("check", employee)

    assert result.stdout == "1 identifier checked: 0 failures, 0 warnings\n"
    assert result.exit_code == 0


def test_check_prints_one_line_for_each_failure_and_ends_with_one(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.toml", EMPLOYEE.replace("Invoice F-12345678", "employee F-12345678"))

    result = run("check", bad)

    assert result.stdout.splitlines() == [
        "EMPLOYEE_ID: ignores: ignores 1: expected nothing; found 'F-12345678' (characters 9 to 19)",
        "1 identifier checked: 1 failure, 0 warnings",
    ]
    assert result.exit_code == 1


def test_check_only_warns_of_values_that_a_built_in_identifier_claims_too(tmp_path: Path) -> None:
    overlapping = write(
        tmp_path, "mine.toml", "[[identifier]]\nid = 'MINE'\npattern = '\\d{3}-\\d{2}-\\d{4}'\nmatches = ['ssn «219-22-9999»']\n"
    )

    result = run("check", overlapping)

    assert result.stdout.splitlines() == [
        "warning: MINE: cross-talk: matches 1: expected nobody else; USA_SOCIAL_SECURITY_NUMBER claims '219-22-9999' (characters 4 to 15)",
        "1 identifier checked: 0 failures, 1 warning",
    ]
    assert result.exit_code == 0


def test_check_as_json_lists_what_was_checked_and_what_failed(tmp_path: Path) -> None:
    bad = write(tmp_path, "bad.toml", EMPLOYEE.replace('matches = ["Employee «F-12345678»"]', ""))

    assert answer("check", bad) == {
        "checked": ["EMPLOYEE_ID"],
        "failures": [
            {
                "identifier": "EMPLOYEE_ID",
                "check": "examples",
                "message": "has no examples, so nothing can be tried; add `matches`",
                "warning": True,
            }
        ],
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("broken.toml", "[[identifier", "is not valid TOML"),
        ("regex.toml", "[[identifier]]\nid = 'A'\npattern = '['", "A: pattern: is no valid regex"),
        ("slow.toml", "[[identifier]]\nid = 'A'\npattern = '(a+)+b'\nmax_length = 99", "could take for ever on some texts"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    result = run("check", write(tmp_path, name, text))

    assert isinstance(result.exception, IdentifierError)
    assert name in str(result.exception)
    assert message in str(result.exception)


def test_the_sample_is_shown_with_the_value_marked(employee: str) -> None:
    result = run("test", "--identifiers", employee, "first line\nEmployee F-12345678 started\nlast line")

    assert result.stdout.splitlines() == [
        "EMPLOYEE_ID  high  line 2, columns 10-19",
        "  Employee «F-12345678» started",
        "  pattern, keyword:employee",
    ]


def test_without_a_match_it_says_why(employee: str) -> None:
    result = run("test", "--identifiers", employee, "Invoice F-12345678")

    assert result.stdout.splitlines() == [
        "nothing found",
        "EMPLOYEE_ID: 'F-12345678' (characters 8 to 18) has the shape, but none of its keywords stands in the text: employee",
    ]
    assert result.exit_code == 0


def test_a_name_over_the_sample_counts_as_a_keyword(employee: str) -> None:
    assert answer("test", "--identifiers", employee, "--name", "employeeNo", "F-12345678") == {
        "matches": [
            {
                "identifier": "EMPLOYEE_ID",
                "start": 0,
                "end": 10,
                "line": 1,
                "column": 1,
                "value": "F-12345678",
                "confidence": "high",
                "evidence": ["pattern", "name:employee"],
            }
        ],
        "hints": [],
    }


def test_the_sample_may_come_from_standard_input_or_a_file(employee: str, tmp_path: Path) -> None:
    sample = write(tmp_path, "sample.txt", "Employee F-12345678")

    piped = answer("test", "-", "--identifiers", employee, stdin=b"Employee F-12345678")
    read = answer("test", "--file", sample, "--identifiers", employee)

    assert piped == read
    assert [match["start"] for match in piped["matches"]] == [9]


def test_built_in_identifiers_are_tried_besides_when_they_are_selected(employee: str) -> None:
    found = answer("test", "--identifiers", employee, "--select", "recommended", "SSN 219-22-9999, employee F-12345678")["matches"]

    assert [match["identifier"] for match in found] == ["USA_SOCIAL_SECURITY_NUMBER", "EMPLOYEE_ID"]


@pytest.mark.parametrize("arguments", [(), ("text", "--file", "sample.txt")])
def test_a_sample_is_given_once(arguments: tuple[str, ...]) -> None:
    result = run("test", *arguments)

    assert isinstance(result.exception, ConfigError)
    assert str(result.exception) == "give one sample: as TEXT, with --file FILE, or - to read standard input"


def test_a_sample_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = os.path.join(tmp_path, "latin1.txt")
    with open(path, "wb") as file:
        file.write("Müller".encode("latin-1"))

    result = run("test", "--file", path)

    assert isinstance(result.exception, ConfigError)
    assert str(result.exception) == f"{path}: is not UTF-8 at byte 1; convert it, or use dowse scan, which knows encodings"
