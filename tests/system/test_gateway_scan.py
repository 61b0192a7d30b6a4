"""`dowse scan s3://...` on a real gateway: everything is scanned once, whatever it is called and whatever becomes of the gateway."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from scanner.config import StoreConfig
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source, open_s3
from tests.acceptance.source_suite import SourceSuite
from tests.sources.test_s3 import ODDER_KEYS
from tests.system.gateway import Gateway
from tests.system.running import ROOT, Ran, command, dowse, environment, fill
from tests.system.small_objects import small_objects
from tests.system.users import OWNER

pytestmark = pytest.mark.system

OBJECTS = 2000
# Comparing needs few identifiers; all of them take three times as long.
FEW = ("--select", "USA_SOCIAL_SECURITY_NUMBER", "--select", "EMAIL_ADDRESS")
LEAK = b"name,ssn\nAnn,219-22-9999\n"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for key, content in small_objects(OBJECTS):
        path = folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def bucket(gateway: Gateway) -> str:
    return fill(gateway, OWNER, small_objects(OBJECTS))


@pytest.fixture(scope="module")
def local(tree: Path) -> Ran:
    return dowse(str(tree), "--workers", "2", *FEW)


def assert_same(ran: Ran, bucket: str, local: Ran, tree: Path) -> None:
    there, here = f"s3://{bucket}/", f"{tree}/"
    assert len(ran.outcomes(there)) == OBJECTS
    assert ran.outcomes(there) == local.outcomes(here)
    assert ran.findings(there) == local.findings(here)
    # 400 packed tables, 400 plain ones, 400 records.
    assert len(ran.findings(there)) == 3 * OBJECTS // 5
    assert (ran.code, ran.summary["outcomes"]) == (local.code, local.summary["outcomes"])


def test_a_bucket_gives_what_the_same_tree_on_disk_gives(gateway: Gateway, bucket: str, local: Ran, tree: Path) -> None:
    ran = dowse(f"s3://{bucket}", "--endpoint-url", gateway.url, "--workers", "2", *FEW, user=OWNER)

    assert_same(ran, bucket, local, tree)
    # Nothing that was not needed: the list in pages of 1000, and one request for each object that is not empty.
    assert ran.summary["requests"] == {"attempts": OBJECTS // 1000 + OBJECTS - OBJECTS // 10, "repeated": 0}


def test_a_gateway_that_is_killed_and_comes_back_costs_nothing(gateway: Gateway, bucket: str, local: Ran, tree: Path) -> None:
    scan = command(f"s3://{bucket}", "--endpoint-url", gateway.url, "--workers", "2", *FEW)
    with subprocess.Popen(scan, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment(OWNER)) as process:
        assert process.stdout
        assert process.stderr
        lines = [process.stdout.readline() for _ in range(OBJECTS // 8)]
        gateway.kill()
        try:
            time.sleep(1)
        finally:
            gateway.restart()
        lines += process.stdout.readlines()
        told = process.stderr.read().decode()
    ran = Ran(process.returncode, [json.loads(line) for line in lines], told)

    assert ran.summary["requests"]["repeated"] > 0
    assert_same(ran, bucket, local, tree)


class TestGatewaySuite(SourceSuite):
    @pytest.fixture(autouse=True)
    def _server(self, gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
        self.gateway = gateway
        for name, value in environment(OWNER).items():
            monkeypatch.setenv(name, value)

    def source(self, folder: Path) -> S3Source:  # noqa: ARG002 - it lies in a bucket
        self.bucket = fill(self.gateway, OWNER, self.contents().items())
        return open_s3(f"s3://{self.bucket}", SourceOptions(store=StoreConfig(endpoint_url=self.gateway.url)))

    def contents(self) -> dict[str, bytes]:
        return {key: key.encode() for key in ODDER_KEYS}

    def remove(self, folder: Path, key: str) -> None:  # noqa: ARG002 - it lies in a bucket
        self.gateway.client(OWNER).delete_object(Bucket=self.bucket, Key=key)


def test_findings_in_objects_with_odd_names_carry_these_names(gateway: Gateway) -> None:
    bucket = fill(gateway, OWNER, [(key, LEAK) for key in ODDER_KEYS])

    ran = dowse(f"s3://{bucket}", "--endpoint-url", gateway.url, "--workers", "1", *FEW, user=OWNER)

    named = [record["resourcesAffected"]["s3Object"]["key"] for record in ran.records if record["record"] == "finding"]
    assert named == sorted(ODDER_KEYS, key=str.encode)
    assert ran.outcomes(f"s3://{bucket}/") == dict.fromkeys(ODDER_KEYS, "scanned")
    assert ran.code == 0
