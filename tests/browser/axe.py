"""axe-core, the accessibility checker, which `make test-system` fetches into .axe/."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.chromium import Chromium

_FILE = Path(__file__).resolve().parents[2] / ".axe" / "axe.min.js"
_GRAVE = ("serious", "critical")


def grave_faults(page: Chromium) -> list[str]:
    """The serious and critical faults of the open page, each with the elements concerned. Skips the test if axe-core is not there."""
    if not _FILE.exists():
        pytest.skip("no axe-core in .axe/: run `make test-system` with npm installed")
    page.run(f"{_FILE.read_text('utf-8')}; 0")
    found: dict[str, Any] = json.loads(page.run("axe.run().then((found) => JSON.stringify(found))"))
    assert found["passes"], "axe-core has checked nothing"
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"] if one["impact"] in _GRAVE]
