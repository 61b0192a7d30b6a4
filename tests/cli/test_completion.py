"""What the shell completes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.cli.completion import format_names, output_starts

ROOT = Path(__file__).resolve().parents[2]


def test_formats_are_offered_by_how_they_begin() -> None:
    assert format_names("macie-r") == ["macie-response", "macie-results"]
    assert output_starts("sar") == ["sarif="]
    assert output_starts("sarif=a") == []


BEGUN = {"dowse sc": "scan", "dowse scan --format par": "parquet", "dowse report --out": "--output"}


@pytest.mark.parametrize(("words", "offered"), BEGUN.items())
def test_the_shell_completes_commands_flags_and_formats(words: str, offered: str) -> None:
    begun = {"_DOWSE_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    program = "import sys; sys.argv = ['dowse']; from scanner.cli.main import app; app(prog_name='dowse')"
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | begun
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert offered in done.stdout.decode().split()
