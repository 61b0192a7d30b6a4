"""`dowse scan s3://...` from end to end, with worker processes, on moto's server and on one that makes trouble."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scanner.config import StoreConfig
from tests.sources.test_s3 import client, fill

ROOT = Path(__file__).resolve().parents[2]
LEAK = b"name,ssn\nAnn,219-22-9999\n"


def dowse(store: StoreConfig, *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, records, standard error."""
    command = [sys.executable, "-m", "scanner", "scan", *arguments, "--endpoint-url", str(store.endpoint_url)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def outcomes(records: list[dict[str, Any]]) -> dict[str, str]:
    """Path below the bucket -> `status` or `status(reason)`, of findings and outcome records."""
    found = {}
    for record in records:
        if record["record"] in {"finding", "outcome"}:
            outcome = record["outcome"]
            reason = f"({outcome['reason']})" if "reason" in outcome else ""
            found[record["path"].split("/", 3)[3]] = outcome["status"] + reason
    return found


def test_every_object_of_a_prefix_has_its_exact_outcome(moto: StoreConfig) -> None:
    contents = {
        "in/staff.csv": LEAK,
        "in/a//b.txt": b"write to jane.roe@mail.example.net",
        "in/plain.txt": b"nothing here",
        "in/picture.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "in/dir/": b"",
        "out/staff.csv": LEAK,
    }
    bucket = fill(moto, contents)
    client(moto).put_object(Bucket=bucket, Key="in/cold.csv", Body=LEAK, StorageClass="DEEP_ARCHIVE")

    code, records, told = dowse(moto, f"s3://{bucket}/in/", "--all-outcomes", "--workers", "1")

    assert outcomes(records) == {
        "in/a//b.txt": "scanned",
        "in/cold.csv": "skipped(storage_class)",
        "in/dir/": "skipped(empty)",
        "in/picture.png": "skipped(unsupported_type)",
        "in/plain.txt": "scanned",
        "in/staff.csv": "scanned",
    }
    findings = {record["path"]: record for record in records if record["record"] == "finding"}
    assert {path: [one["identifier"] for one in finding["detections"]] for path, finding in findings.items()} == {
        f"s3://{bucket}/in/a//b.txt": ["EMAIL_ADDRESS"],
        f"s3://{bucket}/in/staff.csv": ["USA_SOCIAL_SECURITY_NUMBER"],
    }
    named = findings[f"s3://{bucket}/in/staff.csv"]["resourcesAffected"]
    assert (named["s3Bucket"]["arn"], named["s3Object"]["storageClass"]) == (f"arn:aws:s3:::{bucket}", "STANDARD")
    assert (code, records[-1]["complete"]) == (3, False)
    assert "1 skipped storage class" in told


def test_a_complete_run_gives_zero_and_an_unlistable_bucket_three(moto: StoreConfig) -> None:
    bucket = fill(moto, {"k.txt": b"nothing"})

    assert dowse(moto, f"s3://{bucket}", "--workers", "0")[0] == 0

    code, records, _ = dowse(moto, f"s3://{bucket}", "s3://nobody-has-this-one", "--workers", "0")
    assert code == 3
    assert records[-1]["reasons"] == {"failed:no_such_bucket": 1}
    assert records[-1]["outcomes"] == {"failed": 1, "scanned": 1}
