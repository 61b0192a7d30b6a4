"""Formats and their sinks."""

import io
import subprocess
import sys

import pytest

from scanner.errors import ConfigError
from scanner.reports.registry import SINKS, check_format, open_sink
from tests.reports.build import options


@pytest.mark.parametrize("name", sorted(SINKS))
def test_every_format_in_the_registry_has_its_sink(name: str) -> None:
    assert type(open_sink(name, io.BytesIO(), options())).__name__ == "".join(map(str.capitalize, name.split("-"))) + "Sink"


def test_an_unknown_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ConfigError, match=r"'xml' is no output format; there are .*html, .*jsonl, .*macie, .*table"):
        check_format("xml")


def test_no_format_is_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys, scanner.reports.registry, scanner.reports.files\n"
        "print([name for name in ('jinja2', 'rich', 'orjson', 'pyarrow', 'lxml') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"[]\n"
