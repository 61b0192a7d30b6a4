"""`dowse scan --events` from end to end, with worker processes."""

import json
from pathlib import Path

from scanner.config import StoreConfig
from tests.sources.event_messages import TEST_EVENT, bridge, by_sns, notification, record
from tests.sources.test_s3 import fill
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
