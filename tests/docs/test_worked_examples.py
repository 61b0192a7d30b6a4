"""What docstrings show is what happens."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def modules_with_examples() -> list[str]:
    """Names of the modules of the product that have an example in a docstring, sorted."""
    files = (path for package in ("identifiers", "scanner") for path in (ROOT / package).rglob("*.py"))
    shown = (path.relative_to(ROOT) for path in files if ">>> " in path.read_text(encoding="utf-8"))
    return sorted(".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in shown)


@pytest.mark.parametrize("module", modules_with_examples())
def test_the_worked_examples_of_a_module_hold(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module))

    assert results.attempted > 0
    assert results.failed == 0
