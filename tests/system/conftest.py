"""A gateway for all tests of a run; where its programs are missing, they say that they are skipped."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.gateway import REMEDY, Gateway, missing
from tests.system.users import EVERYBODY


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    if absent := missing():
        pytest.skip(f"the Ceph gateway is not installed ({', '.join(absent)}): {REMEDY}")
    with tempfile.TemporaryDirectory(prefix="gateway-") as folder, Gateway(Path(folder), EVERYBODY) as running:
        yield running
