"""Many tiny objects for a bucket, or for a folder."""

import gzip
import json
from collections.abc import Iterator

QUIET = b"No one is named in this text, and nothing is counted.\n"


def small_objects(count: int) -> Iterator[tuple[str, bytes]]:
    """Tables, records, notes and packed tables; in some of each something is found, and in one of ten nothing can be looked for."""
    for number in range(count):
        folder, ssn = f"day={number % 7}/hour={number % 24}", f"219-{10 + number % 89}-{1000 + number % 9000}"
        table = f"id,ssn\n{number},{ssn}\n{number + 1},219-22-9999\n".encode()
        kinds = (
            ("staff.csv", table),
            ("log.jsonl", json.dumps({"id": number, "mail": f"jane.roe{number}@mail.example.net"}).encode() + b"\n"),
            ("note.txt", QUIET * (1 + number % 5)),
            ("packed.csv.gz", gzip.compress(table, mtime=0)),
            ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64)) if number % 2 else ("empty.txt", b""),
        )
        name, content = kinds[number % len(kinds)]
        yield f"{folder}/{number:05}-{name}", content
