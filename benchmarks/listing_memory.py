"""What listing a million keys takes: a bucket page by page, the three formats of S3 Inventory, and a file of events.

    python -m benchmarks.listing_memory [KEYS]

Each in a process of its own. The engine's listing is run, so that all that it keeps is counted; nothing is opened. The pages of the bucket
come from a paginator made up here, and the answers about the objects of events, too: it is memory that is measured, not the store.
"""

import csv
import gzip
import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scanner.engine.listing import Listing
from scanner.engine.plan import TaskSizes, plan
from scanner.engine.task import Task
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.outcome import SCANNED
from scanner.model.result import ObjectResult
from scanner.sources.base import Source
from scanner.sources.event_file import FileFeed
from scanner.sources.events import EventsSource
from scanner.sources.inventory import InventorySource
from scanner.sources.inventory_manifest import Manifest
from scanner.sources.options import SourceOptions
from scanner.sources.s3 import S3Source
from scanner.sources.s3_list import Lister
from scanner.sources.s3_target import S3Target

_PAGE = 1000
_WHEN = datetime(2026, 3, 1, tzinfo=UTC)
_KINDS = ("bucket", "CSV", "ORC", "Parquet", "events")
_NAMES = ("bucket", "key", "size", "last_modified_date", "e_tag", "storage_class")


class _Bucket(S3Source):
    """A bucket that pages made up here list, and of which every named object is there."""

    __slots__ = ()

    def objects(self) -> Iterator[Any]:
        return self.wanted(Lister(_Client(), {}, amazon=True).objects("b", "", all_versions=False))

    def named(self, refs: Sequence[ObjectRef]) -> Iterator[Any]:
        return (StoredObject(ref, 1000, _WHEN, f"{hash(ref):x}", "STANDARD") for ref in refs)


class _Client:
    """Gives pages as boto3 does."""

    def get_paginator(self, _name: str) -> "_Client":
        return self

    def paginate(self, **_arguments: object) -> Iterator[dict[str, Any]]:
        for start in range(0, int(sys.argv[1]), _PAGE):
            yield {"Contents": [_entry(number) for number in range(start, start + _PAGE)]}


def _entry(number: int) -> dict[str, Any]:
    return {"Key": _key(number), "Size": 1000, "LastModified": _WHEN, "ETag": f'"{number:032x}"', "StorageClass": "STANDARD"}


def _key(number: int) -> str:
    return f"some/folder/of/a/lake/{number:012}.parquet"


def _source(kind: str, folder: Path) -> Source:
    bucket = _Bucket((S3Target("b"),), SourceOptions())
    if kind == "bucket":
        return bucket
    if kind == "events":
        return EventsSource(FileFeed(open(folder / "events", "rb"), "events"), bucket)
    schema = "Bucket, Key, Size, LastModifiedDate, ETag, StorageClass"
    return InventorySource(Manifest(ObjectRef("file", str(folder), "manifest.json"), kind, schema, (kind,)), bucket)


def _write(kind: str, keys: int, folder: Path) -> None:
    """What the source reads."""
    if kind == "events":
        with open(folder / kind, "w", encoding="utf-8") as out:
            for number in range(keys):
                detail = {"bucket": {"name": "b"}, "object": {"key": _key(number), "sequencer": f"{number:016X}"}}
                out.write(json.dumps({"source": "aws.s3", "detail-type": "Object Created", "detail": detail}) + "\n")
    elif kind == "CSV":
        with gzip.open(folder / kind, "wb", 1) as packed, io.TextIOWrapper(packed, "utf-8", newline="") as text:
            rows = (("b", _key(number), 1000, "2026-03-01T00:00:00.000Z", f"{number:032x}", "STANDARD") for number in range(keys))
            csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    elif kind != "bucket":
        _write_table(kind, keys, folder)


def _write_table(kind: str, keys: int, folder: Path) -> None:
    import pyarrow as pa
    from pyarrow import orc, parquet

    columns = (["b"] * keys, [_key(one) for one in range(keys)], [1000] * keys, [_WHEN] * keys, [f"{one:032x}" for one in range(keys)])
    table = pa.table(dict(zip(_NAMES, (*columns, ["STANDARD"] * keys), strict=True)))
    (orc if kind == "ORC" else parquet).write_table(table, folder / kind)


def _measure(kind: str, folder: Path) -> None:
    source, sizes, started = _source(kind, folder), TaskSizes(), time.perf_counter()
    listing = Listing(source)
    for task in plan(listing.steps(), sizes, lambda _entry: False):
        if isinstance(source, EventsSource) and isinstance(task, Task):
            # As if scanned: messages wait for nothing longer than that.
            for entry in task.entries:
                source.written(ObjectResult(entry.stored, SCANNED))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{kind:8} {listing.objects:>9,} keys  {seconds:6.1f} s  {peak:6.0f} MiB at most\n")


def main() -> None:
    """Prints a line for each kind."""
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for kind in _KINDS:
        with tempfile.TemporaryDirectory() as folder:
            for step in ("write", "measure"):
                subprocess.run([sys.executable, "-m", "benchmarks.listing_memory", str(keys), step, kind, folder], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _, count, what, chosen, where = sys.argv
        if what == "write":
            _write(chosen, int(count), Path(where))
        else:
            _measure(chosen, Path(where))
    else:
        main()
