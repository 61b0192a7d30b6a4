"""`dowse scan s3://...` from end to end, with worker processes, on moto's server and on one that makes trouble."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from scanner.config import StoreConfig
from tests.sources.faulty_store import Cut, FaultyStore, Got, Refusal, Trouble
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


def test_a_dry_run_counts_by_ending_and_class_and_reads_nothing(faulty: FaultyStore) -> None:
    faulty.contents = {"a.csv": bytes(9 * 1024 * 1024), "b.CSV": b"x", "none": b"xyz", "z.log": b"1", "empty": b""}

    code, (plan,), _ = dowse(faulty.config, "s3://b", "--dry-run", "--exclude", "*.log")

    assert code == 0
    assert plan["types"] == [
        {"type": ".csv STANDARD", "objects": 2, "bytes": 9 * 1024 * 1024 + 1},
        {"type": "no extension STANDARD", "objects": 1, "bytes": 3},
        {"type": "skipped: excluded", "objects": 1, "bytes": 1},
        {"type": "skipped: empty", "objects": 1, "bytes": 0},
    ]
    assert plan["estimate"] == {"listRequests": 1, "getRequests": 4, "dollars": 0.000007, "macieDollars": 0.01}
    assert faulty.requests == []


def test_trouble_of_all_kinds_costs_no_object_its_exact_outcome(faulty: FaultyStore) -> None:
    names = ("broken", "busy", "denied", "gone", "kms", "ssec")
    faulty.contents = {f"{name}.csv": LEAK for name in (*names, "a", "z")}
    always = {
        "denied.csv": Refusal(403, "AccessDenied"),
        "gone.csv": Refusal(404, "NoSuchKey"),
        "kms.csv": Refusal(403, "AccessDenied", "not authorized to perform: kms:Decrypt"),
        "ssec.csv": Refusal(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption."),
    }
    passing: dict[str, list[Trouble]] = {"busy.csv": [Refusal(503, "SlowDown")], "broken.csv": [Cut(5), Cut(0)]}

    def trouble(got: Got) -> Trouble | None:
        return always.get(got.key) or (passing[got.key].pop() if passing.get(got.key) else None)

    faulty.trouble = trouble

    code, records, _ = dowse(faulty.config, "s3://b", "--all-outcomes", "--workers", "2")

    assert outcomes(records) == {
        "a.csv": "scanned",
        "broken.csv": "scanned",
        "busy.csv": "scanned",
        "denied.csv": "failed(access_denied)",
        "gone.csv": "skipped(gone)",
        "kms.csv": "failed(kms_denied)",
        "ssec.csv": "failed(sse_c)",
        "z.csv": "scanned",
    }
    assert sum(record["record"] == "finding" for record in records) == 4
    assert code == 3
    # Three pages of the list, eight objects, one of them asked for again, one taken up twice.
    assert records[-1]["requests"] == {"attempts": 14, "repeated": 3}
    assert records[-1]["encryption"] == {"b": {"UNKNOWN": 4}}


def test_an_object_rewritten_while_it_is_read_is_read_anew(faulty: FaultyStore) -> None:
    filler = b"nothing to see in this line of text\n" * 400_000
    faulty.contents = {"big.txt": filler}
    rewritten = filler + LEAK.replace(b",", b" ")

    def rewrite(got: Got) -> Trouble | None:
        if got.span and got.span[0] > 2_000_000:
            faulty.contents = {"big.txt": rewritten}
        return None

    faulty.trouble = rewrite

    code, records, _ = dowse(faulty.config, "s3://b", "--all-outcomes", "--workers", "1")

    assert (outcomes(records), code) == ({"big.txt": "scanned"}, 0)
    assert [record["detections"][0]["identifier"] for record in records if record["record"] == "finding"] == ["USA_SOCIAL_SECURITY_NUMBER"]


def test_tags_encryption_and_owner_stand_in_the_finding(moto: StoreConfig) -> None:
    bucket = fill(moto, {})
    facts = {"Tagging": "class=internal&team=hr", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "1234abcd"}
    client(moto).put_object(Bucket=bucket, Key="staff.csv", Body=LEAK, **facts)

    _, records, _ = dowse(moto, f"s3://{bucket}", "--workers", "0")

    named = records[1]["resourcesAffected"]["s3Object"]
    assert named["tags"] == [{"key": "class", "value": "internal"}, {"key": "team", "value": "hr"}]
    assert named["serverSideEncryption"]["encryptionType"] == "aws:kms"
    assert named["serverSideEncryption"]["kmsMasterKeyId"].endswith("1234abcd")
    assert set(records[1]["owner"]) == {"id", "displayName"}
    assert records[-1]["encryption"] == {bucket: {"aws:kms": 1}}


def test_of_a_parquet_file_what_can_hold_nothing_is_not_fetched(faulty: FaultyStore) -> None:
    random = np.random.default_rng(1)
    numbers = {f"c{number}": random.random(50_000) for number in range(38)}
    table = pa.table({**numbers, "mail": ["jane.roe@mail.example.net"] * 50_000, "note": ["nothing"] * 50_000})
    written = io.BytesIO()
    pq.write_table(table, written, row_group_size=25_000)
    faulty.contents = {"k.parquet": written.getvalue()}

    code, records, _ = dowse(faulty.config, "s3://b", "--workers", "0")

    assert code == 0
    assert records[-1]["occurrences"] == {"EMAIL_ADDRESS": 50_000}
    assert faulty.sent < 0.15 * len(written.getvalue())
