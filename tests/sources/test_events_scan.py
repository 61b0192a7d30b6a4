"""`dowse scan --events` from end to end, with worker processes."""

import json
from pathlib import Path
from typing import Any

from scanner.config import StoreConfig
from tests.sources.event_messages import TEST_EVENT, bridge, by_sns, notification, record
from tests.sources.test_s3 import client, fill
from tests.sources.test_s3_scan import LEAK, dowse, outcomes


def test_a_file_of_events_scans_just_the_objects_that_it_names(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {"in/a b.csv": LEAK, "in/plain.txt": b"nothing here", "in/unnamed.csv": LEAK, "out/c.csv": LEAK})
    lines = [
        notification(record(bucket, "in/a b.csv"), record(bucket, "in/gone.csv", "ObjectRemoved:Delete")),
        by_sns(bridge(bucket, "in/plain.txt")),
        bridge(bucket, "in/a b.csv"),
        bridge(bucket, "out/c.csv"),
        bridge(bucket, "in/never.csv"),
        TEST_EVENT,
        "no event",
    ]
    events = tmp_path / "events.jsonl"
    events.write_text("\n".join(lines))

    code, records, told = dowse(moto, "--events", str(events), f"s3://{bucket}/in/", "--all-outcomes", "--workers", "1")

    malformed = [one for one in records if one["record"] == "outcome" and one["path"].startswith("events://")]
    assert [(one["path"], one["outcome"]["reason"]) for one in malformed] == [(f"events://{events}/7", "malformed")]
    assert outcomes([one for one in records if one not in malformed]) == {
        "in/a b.csv": "scanned",
        "in/never.csv": "skipped(gone)",
        "in/plain.txt": "scanned",
        "out/c.csv": "skipped(excluded)",
    }
    assert [one["path"] for one in records if one["record"] == "finding"] == [f"s3://{bucket}/in/a b.csv"]
    assert records[-1]["events"] == {"duplicates": 1, "events": 8, "malformed": 1, "messages": 7, "removed": 1, "tests": 1}
    assert code == 3
    assert "1 failed malformed" in told


def test_nothing_but_events_needs_no_target_and_a_scan_without_both_is_refused(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {"a.csv": LEAK})
    events = tmp_path / "events.json"
    events.write_text(json.dumps(json.loads(notification(record(bucket, "a.csv"))), indent=2))

    code, records, _ = dowse(moto, "--events", str(events), "--workers", "0")

    assert (code, outcomes(records)) == (0, {"a.csv": "scanned"})
    assert records[0]["settings"]["events"]["place"] == str(events)
    code, _, told = dowse(moto, "--workers", "0")
    assert (code, "nothing to scan" in told) == (2, True)


def test_an_event_is_a_reason_to_look_and_what_is_known_is_not_read_again(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {"a.csv": LEAK, "b.csv": LEAK, "c.txt": b"nothing here", "d.csv": LEAK})
    memory = ("--state", str(tmp_path / "state.db"), "--workers", "0", "--all-outcomes")
    assert dowse(moto, f"s3://{bucket}/", *memory)[0] == 0

    listening = (f"s3://{bucket}/", "--events", str(tmp_path / "events.jsonl"), *memory)
    s3 = client(moto)
    s3.put_object(Bucket=bucket, Key="b.csv", Body=b"name\nnobody\n")
    s3.put_object(Bucket=bucket, Key="new.csv", Body=LEAK)
    s3.delete_object(Bucket=bucket, Key="d.csv")
    names = ("a.csv", "b.csv", "d.csv", "new.csv")
    (tmp_path / "events.jsonl").write_text("\n".join(bridge(bucket, name) for name in names))
    code, records, told = dowse(moto, *listening)

    assert code == 0
    assert lives(records) == {"a.csv": "unchanged", "b.csv": "resolved", "d.csv": "resolved", "new.csv": "new"}
    assert records[-1]["bytesRead"] == len(b"name\nnobody\n") + len(LEAK)
    # What no event named is as it was.
    assert "1 object unchanged and not read again" in told
    code, records, _ = dowse(moto, f"s3://{bucket}/", *memory)
    assert lives(records) == {"a.csv": "unchanged", "new.csv": "unchanged"}
    assert (code, records[-1]["bytesRead"]) == (0, 0)


def lives(records: list[dict[str, Any]]) -> dict[str, str]:
    """Key -> life of what was found in it."""
    told = {one["path"].rpartition("/")[2]: one["life"].get("finding") for one in records if "path" in one and "life" in one}
    return {key: life for key, life in told.items() if life}
