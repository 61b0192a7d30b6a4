"""Runs the program as its users do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sample_data.generate import HERE, write_files

# More than any file here holds, so that every occurrence is listed.
ALL_OCCURRENCES = "100000"


@pytest.fixture(scope="session")
def scan_lines() -> Callable[..., list[bytes]]:
    """A function that scans a folder with the given flags and gives the JSON Lines that came out."""

    def run(folder: Path, *flags: str) -> list[bytes]:
        program = shutil.which("dowse", path=os.path.dirname(sys.executable))
        assert program, "the command line is not installed: run `make setup`"
        command = [program, "scan", str(folder), "--format", "jsonl", "--all-outcomes", "--max-occurrences", ALL_OCCURRENCES, *flags]
        ran = subprocess.run(command, capture_output=True, timeout=300, check=False)
        assert ran.returncode in (0, 3), ran.stderr.decode()
        return ran.stdout.splitlines()

    return run


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample data, with the credentials that are not stored."""
    folder = tmp_path_factory.mktemp("sample") / "files"
    shutil.copytree(os.path.join(HERE, "files"), folder, ignore=shutil.ignore_patterns("generated"))
    write_files(str(folder), only_credentials=True)
    return folder


@pytest.fixture(scope="session")
def all_found(scan_lines: Callable[..., list[bytes]], sample_folder: Path) -> list[bytes]:
    """What a scan of the sample data for all identifiers says."""
    return scan_lines(sample_folder, "--select", "all")
