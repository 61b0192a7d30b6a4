"""Runs over buckets that remember: what is read again, and what counts as deleted."""

from itertools import islice
from pathlib import Path

from identifiers.model import Category, Certainty, Identifier, Pattern, Severity, SeverityLevel
from scanner.config import ScanConfig, SourceConfig, StoreConfig, WorkerConfig
from scanner.engine.plan import TaskSizes
from scanner.engine.scan import Scan
from scanner.model.life import Life
from scanner.state.recorder import Recorder
from scanner.state.store import open_store
from tests.sources.test_s3 import client, fill

COLOUR = Identifier(
    "COLOUR", "Colour", Category.CUSTOM, (Pattern("red|blue", alone=Certainty.HIGH, max_length=4),), (SeverityLevel(1, Severity.LOW),)
)


def run(
    moto: StoreConfig, state: Path, *targets: str, most: int | None = None, go_on: bool = False, **sources: bool
) -> tuple[dict[str, Life], set[str], dict[str, int]]:
    """Key -> life of its finding; keys of what was read; findings by life.

    :param most: results after which it is broken off
    """
    config = ScanConfig(targets, sources=SourceConfig(store=moto, **sources), workers=WorkerConfig(processes=0))  # type: ignore[arg-type]
    environment = {"XDG_STATE_HOME": str(state.parent), "XDG_CACHE_HOME": str(state.parent)}
    with open_store(str(state), write=True) as store:
        memory = Recorder(store, go_on=go_on)
        sizes = TaskSizes(batch_objects=1)
        scan = Scan(config, identifiers=(COLOUR,), environment=environment, memory=memory, sizes=sizes)
        results = list(islice(scan, most))
        summary = scan.summary()
        if most is None:
            memory.finish(summary)
    lives = {one.object.ref.key: one.life.finding for one in results if one.life and one.life.finding}
    return lives, {one.object.ref.key for one in results if one.bytes_read}, dict(summary.life)


def test_objects_are_known_by_their_etag_and_prefixes_end_only_what_they_hold(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {"in/a.txt": b"red", "in/b.txt": b"blue", "out/c.txt": b"red", "in/": b""})
    store, state = client(moto), tmp_path / "state.db"
    assert run(moto, state, f"s3://{bucket}")[1] == {"in/a.txt", "in/b.txt", "out/c.txt"}
    # The same bytes once more, with another time.
    store.put_object(Bucket=bucket, Key="in/a.txt", Body=b"red")
    store.put_object(Bucket=bucket, Key="in/b.txt", Body=b"red blue")
    store.delete_object(Bucket=bucket, Key="out/c.txt")
    lives, read, _ = run(moto, state, f"s3://{bucket}/in/")
    assert lives == {"in/a.txt": Life.UNCHANGED, "in/b.txt": Life.CHANGED}
    assert read == {"in/b.txt"}
    store.delete_object(Bucket=bucket, Key="in/b.txt")
    lives, read, told = run(moto, state, f"s3://{bucket[:-1]}?")
    assert lives == {"in/a.txt": Life.UNCHANGED, "in/b.txt": Life.RESOLVED, "out/c.txt": Life.RESOLVED}
    assert told == {"unchanged": 1, "resolved": 2}


def test_a_bucket_that_is_not_there_ends_nothing(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {"a.txt": b"red"})
    store, state = client(moto), tmp_path / "state.db"
    run(moto, state, f"s3://{bucket}")
    store.delete_object(Bucket=bucket, Key="a.txt")
    store.delete_bucket(Bucket=bucket)
    assert run(moto, state, f"s3://{bucket}")[2] == {"unseen": 1}


def test_versions_are_objects_of_their_own(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {})
    store, state = client(moto), tmp_path / "state.db"
    store.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"red", b"blue"):
        store.put_object(Bucket=bucket, Key="a.txt", Body=body)
    assert run(moto, state, f"s3://{bucket}", all_versions=True)[2] == {"new": 2}
    assert run(moto, state, f"s3://{bucket}")[2] == {"new": 1}
    store.delete_object(Bucket=bucket, Key="a.txt")
    assert run(moto, state, f"s3://{bucket}", all_versions=True)[2] == {"unchanged": 2}
    assert run(moto, state, f"s3://{bucket}")[2] == {"resolved": 1}


def test_a_listing_goes_on_where_a_broken_run_was(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {f"{number}.txt": b"red" for number in range(8)} | {"2.txt": b"", "3.csv": b"blue"})
    store, state = client(moto), tmp_path / "state.db"
    run(moto, state, f"s3://{bucket}", most=6)
    store.put_object(Bucket=bucket, Key="0.csv", Body=b"red")
    store.delete_object(Bucket=bucket, Key="1.txt")
    store.delete_object(Bucket=bucket, Key="7.txt")
    lives, read, told = run(moto, state, f"s3://{bucket}", go_on=True)
    assert lives == dict.fromkeys(["0.txt", "1.txt", "3.csv", "3.txt", "4.txt", "5.txt", "6.txt"], Life.NEW)
    assert read <= {"4.txt", "5.txt", "6.txt"}
    assert told == {"new": 7}
    # What came and went before the mark is the next run's, which begins at the start.
    lives, read, _ = run(moto, state, f"s3://{bucket}", go_on=True)
    assert (lives["0.csv"], lives["1.txt"]) == (Life.NEW, Life.RESOLVED)
    assert read == {"0.csv"}


def test_another_scan_does_not_go_on_where_the_last_one_was(moto: StoreConfig, tmp_path: Path) -> None:
    bucket = fill(moto, {f"{number}.txt": b"red" for number in range(6)})
    state = tmp_path / "state.db"
    run(moto, state, f"s3://{bucket}", most=4)
    client(moto).put_object(Bucket=bucket, Key="0.csv", Body=b"red")
    assert "0.csv" in run(moto, state, f"s3://{bucket}/", go_on=True)[0]
