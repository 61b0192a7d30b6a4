"""No file of ours holds what secret scanners, our own first, would report."""

import glob
import os

import pytest

from identifiers.catalogues import load_catalogue
from identifiers.compile import compile_pattern, value_span
from identifiers.model import Category, Certainty, Identifier, Verdict
from identifiers.validators import resolve

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(__file__)))
FILES = sorted(
    glob.glob(f"{ROOT}/identifiers/**/*.toml", recursive=True)
    + glob.glob(f"{ROOT}/identifiers/**/*.py", recursive=True)
    + glob.glob(f"{ROOT}/tests/identifiers/**/*.py", recursive=True)
)
# Passwords in examples are words nobody uses; what has a maker's prefix or an armour is what would be taken for live.
NAMED = (
    "CALL_PASSWORD",
    "COMMAND_PASSWORD",
    "CONNECTION_STRING",
    "CURL_USER_PASSWORD",
    "DOCKER_CONFIG_AUTH",
    "GENERIC_API_KEY",
    "GENERIC_PASSWORD",
    "HTTP_BASIC_AUTH_HEADER",
    "NETRC_CREDENTIALS",
    "NUGET_CONFIG_PASSWORD",
    "PGPASS_PASSWORD",
    "SQL_USER_PASSWORD",
    "URL_CREDENTIALS",
)
CREDENTIALS = [identifier for identifier in load_catalogue() if identifier.category is Category.CREDENTIALS and identifier.id not in NAMED]


@pytest.mark.parametrize("path", FILES, ids=lambda path: os.path.relpath(path, ROOT))
def test_a_file_holds_no_credential_whole(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        text = file.read()

    assert [identifier.id for identifier in CREDENTIALS if _holds(identifier, text)] == []


def _holds(identifier: Identifier, text: str) -> bool:
    for pattern in identifier.patterns:
        if pattern.alone is Certainty.NONE:
            continue
        values = (text[slice(*value_span(match))] for match in compile_pattern(pattern).finditer(text))
        if any(pattern.validator is None or resolve(pattern.validator)(value) is Verdict.VALID for value in values):
            return True
    return False
