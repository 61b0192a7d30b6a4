"""Runs the program on the gateway, and fills buckets for it."""

import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.gateway import Gateway, User

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What came of a scan."""

    code: int
    records: list[dict[str, Any]]
    told: str

    @property
    def summary(self) -> dict[str, Any]:
        return self.records[-1]

    def outcomes(self, below: str) -> dict[str, str]:
        """Key -> what became of it; fails where an object has not exactly one outcome."""
        told = [(record["path"].removeprefix(below), _outcome(record)) for record in self.records if record["record"] == "outcome"]
        twice = [path for path, count in Counter(path for path, _ in told).items() if count > 1]
        assert not twice, f"more than one outcome: {twice}"
        return dict(told)

    def findings(self, below: str) -> dict[str, object]:
        """Key -> what was found in it and where; fails where an object has two findings."""
        told = [(record["path"].removeprefix(below), found(record)) for record in self.records if record["record"] == "finding"]
        assert len(dict(told)) == len(told), "an object has two findings"
        return dict(told)


def found(record: Mapping[str, Any]) -> object:
    """The part of a finding that depends on the content alone."""
    result = record["classificationDetails"]["result"]
    parts = [*result["sensitiveData"], result["customDataIdentifiers"]]
    return parts, record["detections"], record["severity"], record["description"]


def _outcome(record: Mapping[str, Any]) -> str:
    outcome = record["outcome"]
    return str(outcome["status"]) + (f"({outcome['reason']})" if "reason" in outcome else "")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "scanner", "scan", "--format", "jsonl", "--all-outcomes", *arguments]


def environment(user: User | None) -> dict[str, str]:
    """Of a program in the name of `user`, with nothing of the machine's own settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    plain = {"AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_EC2_METADATA_DISABLED": "true"}
    return {**ours, **plain, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **(user.environment if user else {})}


def dowse(*arguments: str, user: User | None = None) -> Ran:
    done = subprocess.run(command(*arguments), capture_output=True, check=False, cwd=ROOT, env=environment(user), timeout=300)
    return Ran(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode())


def fill(gateway: Gateway, user: User, contents: Iterable[tuple[str, bytes]]) -> str:
    """A new bucket of `user` with these objects."""
    bucket = f"b-{uuid.uuid4().hex[:12]}"
    s3 = gateway.client(user)
    s3.create_bucket(Bucket=bucket)
    with ThreadPoolExecutor(8) as pool:
        for written in [pool.submit(s3.put_object, Bucket=bucket, Key=key, Body=body) for key, body in contents]:
            written.result()
    return bucket
