"""Objects listed by S3 Inventory: three formats, in a bucket and in a folder."""

import csv
import gzip
import io
import json
import pickle
import tracemalloc
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pyarrow as pa
import pytest
from pyarrow import orc, parquet

from scanner.config import ScanConfig, SourceConfig, StoreConfig
from scanner.errors import ConfigError, TargetError
from scanner.model.objects import StoredObject, Unlisted
from scanner.sources.chosen import choose_source
from scanner.sources.inventory_rows import rows_in
from tests.sources.test_s3 import ODD_KEYS, client, fill
from tests.sources.test_s3_scan import LEAK, dowse, outcomes

WHEN = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
FORMATS = ("CSV", "ORC", "Parquet")
CSV_SCHEMA = "Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag, StorageClass, EncryptionStatus"
NAMES = (
    "bucket",
    "key",
    "version_id",
    "is_latest",
    "is_delete_marker",
    "size",
    "last_modified_date",
    "e_tag",
    "storage_class",
    "encryption_status",
)
Line = tuple[Any, ...]


def line(bucket: str, key: str, size: int = 9, storage_class: str = "STANDARD", **other: Any) -> Line:
    found = {"version_id": "v", "is_latest": True, "is_delete_marker": False} | other
    versions = (found["version_id"], found["is_latest"], found["is_delete_marker"])
    return (bucket, key, *versions, size, WHEN, "0123456789abcdef", storage_class, "SSE-S3")


def listed(format_name: str, lines: Sequence[Line]) -> bytes:
    """A list as Amazon writes it."""
    out = io.BytesIO()
    if format_name == "CSV":
        text = io.StringIO()
        writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for bucket, key, version, latest, marker, size, when, *rest in lines:
            shown = when.strftime("%Y-%m-%dT%H:%M:%S.000Z")
            writer.writerow([bucket, quote_plus(key, "/"), version, str(latest).lower(), str(marker).lower(), size, shown, *rest])
        return gzip.compress(text.getvalue().encode())
    table = pa.table(dict(zip(NAMES, map(list, zip(*lines, strict=True)), strict=True)))
    (orc if format_name == "ORC" else parquet).write_table(table, out)
    return out.getvalue()


def manifest(format_name: str, *keys: str) -> bytes:
    schema = CSV_SCHEMA if format_name == "CSV" else "struct<...>"
    files = [{"key": key, "size": 1, "MD5checksum": "0"} for key in keys]
    return json.dumps(
        {"sourceBucket": "b", "version": "2016-11-30", "fileFormat": format_name, "fileSchema": schema, "files": files}
    ).encode()


def local(folder: Path, format_name: str, *lines: Line) -> str:
    """A manifest and its one list, laid out as Amazon does."""
    (folder / "data").mkdir()
    (folder / "2026-03-01T01-00Z").mkdir()
    (folder / "data" / "one").write_bytes(listed(format_name, lines))
    place = folder / "2026-03-01T01-00Z" / "manifest.json"
    place.write_bytes(manifest(format_name, "inventories/b/daily/data/one"))
    return str(place)


def met(place: str, store: StoreConfig, *targets: str, **options: Any) -> list[StoredObject | Unlisted]:
    return list(choose_source(ScanConfig(targets, inventory=place, sources=SourceConfig(store=store, **options))).objects())


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_format_gives_the_same_objects(format_name: str, tmp_path: Path, moto: StoreConfig) -> None:
    lines = [
        *(line("b", key) for key in ODD_KEYS),
        line("b", "old", is_latest=False),
        line("b", "deleted", is_delete_marker=True),
        line("b", "cold", storage_class="DEEP_ARCHIVE"),
        line("b", "empty", 0),
    ]

    found = met(local(tmp_path, format_name, *lines), moto)

    assert [one.ref.key for one in found] == [*ODD_KEYS, "cold", "empty"]
    assert [str(one.outcome.reason) for one in found if isinstance(one, Unlisted)] == ["storage_class", "empty"]
    first = found[0]
    assert isinstance(first, StoredObject)
    assert (first.size, first.modified, first.etag, first.storage_class) == (9, WHEN, "0123456789abcdef", "STANDARD")
    assert (first.ref.version, first.facts.encryption) == ("", "AES256")


def test_all_versions_and_targets_and_filters(tmp_path: Path, moto: StoreConfig) -> None:
    place = local(tmp_path, "CSV", line("b", "in/a.csv"), line("b", "in/a.csv", version_id="w", is_latest=False), line("b", "out/z.log"))
    assert [(one.ref.key, one.ref.version) for one in met(place, moto, "s3://b/in", all_versions=True)] == [
        ("in/a.csv", "v"),
        ("in/a.csv", "w"),
    ]
    assert [one.ref.key for one in met(place, moto, "s3://b*/out/")] == ["out/z.log"]
    assert [type(one) for one in met(place, moto, extensions=("csv",))] == [StoredObject, Unlisted]


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_list_that_is_damaged_or_missing_is_told(format_name: str, tmp_path: Path, moto: StoreConfig) -> None:
    place = local(tmp_path, format_name, *(line("b", f"{number}") for number in range(1000)))
    whole = (tmp_path / "data" / "one").read_bytes()
    (tmp_path / "data" / "one").write_bytes(whole[: len(whole) // 2])
    damaged = met(place, moto)[-1]
    assert isinstance(damaged, Unlisted)
    assert (str(damaged.outcome.status), str(damaged.outcome.reason), damaged.ref.key) == ("failed", "malformed", "one")

    (tmp_path / "data" / "one").unlink()
    (missing,) = met(place, moto)
    assert isinstance(missing, Unlisted)
    assert str(missing.outcome.reason) == "gone"


def test_what_is_no_manifest_is_refused(tmp_path: Path, moto: StoreConfig) -> None:
    place = tmp_path / "manifest.json"
    with pytest.raises(TargetError, match="No such file"):
        met(str(place), moto)
    for content, message in {
        b"{": "is no manifest",
        b'{"files": 3}': "is no manifest",
        manifest("JSON"): "its lists are 'JSON'",
        manifest("CSV", "data/"): "a list without a name",
    }.items():
        place.write_bytes(content)
        with pytest.raises(ConfigError, match=message):
            met(str(place), moto)


def test_no_path_in_a_manifest_leads_out_of_its_folder(tmp_path: Path, moto: StoreConfig) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "secret").write_bytes(listed("CSV", [line("b", "k")]))
    place = tmp_path / "deep" / "manifest.json"
    for key in ("../secret", str(tmp_path / "secret"), ".."):
        place.write_bytes(manifest("CSV", key))
        (one,) = met(str(place), moto)
        assert isinstance(one, Unlisted)


def test_an_inventory_in_a_bucket_is_scanned_from_end_to_end(moto: StoreConfig) -> None:
    bucket = fill(moto, {"a b.csv": LEAK, "plain.txt": b"nothing", "unlisted.csv": LEAK})
    lines = [line(bucket, "a b.csv", len(LEAK)), line(bucket, "plain.txt", 7), line(bucket, "gone.csv", 3)]
    target = fill(
        moto, {"inv/data/one.parquet": listed("Parquet", lines), "inv/manifest.json": manifest("Parquet", "inv/data/one.parquet")}
    )

    code, records, _ = dowse(moto, "--inventory", f"s3://{target}/inv/manifest.json", "--all-outcomes", "--workers", "1")

    assert (code, outcomes(records)) == (0, {"a b.csv": "scanned", "gone.csv": "skipped(gone)", "plain.txt": "scanned"})
    assert [one["path"] for one in records if one["record"] == "finding"] == [f"s3://{bucket}/a b.csv"]

    client(moto).delete_object(Bucket=target, Key="inv/data/one.parquet")
    code, records, _ = dowse(moto, "--inventory", f"s3://{target}/inv/manifest.json", "--workers", "0")
    assert (code, outcomes(records)) == (3, {"inv/data/one.parquet": "failed(gone)"})


def test_a_worker_opens_objects_without_the_inventory(tmp_path: Path, moto: StoreConfig) -> None:
    bucket = fill(moto, {"k": b"content"})
    source = choose_source(ScanConfig((), inventory=local(tmp_path, "CSV", line(bucket, "k", 7)), sources=SourceConfig(store=moto)))
    (one,) = source.objects()
    assert isinstance(one, StoredObject)
    with pickle.loads(pickle.dumps(source)).open(one) as stream:  # noqa: S301 - our own
        assert stream.read() == b"content"


@pytest.mark.parametrize("format_name", FORMATS)
def test_memory_does_not_grow_with_the_list(format_name: str) -> None:
    content = listed(format_name, [line("b", f"some/folder/{number:012}") for number in range(30_000)])
    tracemalloc.start()
    try:
        assert sum(1 for _ in rows_in(format_name, CSV_SCHEMA, io.BytesIO(content))) == 30_000
        assert tracemalloc.get_traced_memory()[1] < 24 * 1024 * 1024
    finally:
        tracemalloc.stop()
