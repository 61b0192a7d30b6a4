"""What a scan would read, without reading it: objects and bytes by type."""

import json
import sys
from collections import Counter
from collections.abc import Iterable

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
    objects, sizes = Counter[str](), Counter[str]()
    for media_type, size in (_classified(source, met) for met in source.objects()):
        objects[media_type] += 1
        sizes[media_type] += size
    rows = [(name, objects[name], sizes[name]) for name in sorted(objects, key=lambda name: (-sizes[name], name))]
    sys.stdout.write(_as_json(rows) if as_json else _as_table(rows))


def _classified(source: Source, met: StoredObject | Unlisted) -> tuple[str, int]:
    if isinstance(met, Unlisted):
        reason = met.outcome.reason.value if met.outcome.reason else ""
        return f"{met.outcome.status.value}: {reason}", met.size
    if not source.portable(met):
        return "standard input", met.size
    try:
        with source.open(met) as stream:
            media_type = recognise(stream.read(HEAD_BYTES), met.ref.key, met.size)
    except ReadError as error:
        return f"failed: {error.reason.value}", met.size
    return media_type if media_type in READERS else f"skipped: unsupported_type {media_type}", met.size


def _as_json(rows: Iterable[tuple[str, int, int]]) -> str:
    types = [{"type": name, "objects": objects, "bytes": size} for name, objects, size in rows]
    return json.dumps({"record": "dry_run", "types": types}) + "\n"


def _as_table(rows: list[tuple[str, int, int]]) -> str:
    total = ("all", sum(objects for _, objects, _ in rows), sum(size for _, _, size in rows))
    width = max(len(name) for name, _, _ in [*rows, total])
    lines = (f"{name:<{width}}  {grouped(objects):>12} objects  {in_bytes(size):>12}\n" for name, objects, size in [*rows, total])
    return "".join(lines)
