"""What a scan would read, without reading it: objects and bytes by type; of buckets by ending and storage class, with the cost."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable

from scanner.cli.bucket_cost import BucketCost
from scanner.errors import ReadError
from scanner.model.objects import StoredObject, Unlisted
from scanner.readers.heads import HEAD_BYTES
from scanner.readers.magic import recognise
from scanner.readers.registry import READERS
from scanner.reports.amounts import grouped, in_bytes
from scanner.sources.base import Source


def dry_run(source: Source, *, as_json: bool) -> None:
    """Lists `source` and writes to standard output what a scan would read.

    :param as_json: one JSON object instead of a table
    """
    objects, sizes, cost = Counter[str](), Counter[str](), BucketCost()
    for met in source.objects():
        media_type, size = _classified(source, met)
        objects[media_type] += 1
        sizes[media_type] += size
        if met.ref.store == "s3":
            cost.met += 1
            if isinstance(met, StoredObject):
                cost.add(met)
    rows = [(name, objects[name], sizes[name]) for name in sorted(objects, key=lambda name: (-sizes[name], name))]
    sys.stdout.write(_as_json(rows, cost) if as_json else _as_table(rows, cost))


def _classified(source: Source, met: StoredObject | Unlisted) -> tuple[str, int]:
    if isinstance(met, Unlisted):
        reason = met.outcome.reason.value if met.outcome.reason else ""
        return f"{met.outcome.status.value}: {reason}", met.size
    if not source.portable(met):
        return "standard input", met.size
    if met.ref.store in {"s3", "az", "gs"}:
        # Looking into it would cost a request for each; the name must do.
        return f"{os.path.splitext(met.ref.key)[1].lower() or 'no extension'} {met.storage_class}", met.size
    try:
        with source.open(met) as stream:
            media_type = recognise(stream.read(HEAD_BYTES), met.ref.key, met.size)
    except ReadError as error:
        return f"failed: {error.reason.value}", met.size
    return media_type if media_type in READERS else f"skipped: unsupported_type {media_type}", met.size


def _as_json(rows: Iterable[tuple[str, int, int]], cost: BucketCost) -> str:
    types = [{"type": name, "objects": objects, "bytes": size} for name, objects, size in rows]
    estimate = {"estimate": cost.as_json()} if cost.met else {}
    return json.dumps({"record": "dry_run", "types": types} | estimate) + "\n"


def _as_table(rows: list[tuple[str, int, int]], cost: BucketCost) -> str:
    total = ("all", sum(objects for _, objects, _ in rows), sum(size for _, _, size in rows))
    width = max(len(name) for name, _, _ in [*rows, total])
    lines = (f"{name:<{width}}  {grouped(objects):>12} objects  {in_bytes(size):>12}\n" for name, objects, size in [*rows, total])
    return "".join(lines) + (cost.as_text() if cost.met else "")
