"""How fast a bucket is scanned, against a real gateway on loopback: `python -m benchmarks.stores [--pairs 3] [KIND ...]`.

    small     2,000 objects of 20 KB, beside getting them with boto3 and doing nothing with them, with as many at once
    csv       a CSV file of 500 MB, beside the same file on disk
    parquet   a Parquet file of 500 MB with 40 columns, two of them texts: how many of its bytes are asked for
    many      20,000 objects: one outcome each, and the findings of the same files on disk

Needs the Ceph gateway (on Debian `apt-get install --no-install-recommends radosgw ceph-mon ceph-osd`). The gateway takes part of the
same processors, so seconds of processor time say more than those on the clock; both are printed.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import columns
from benchmarks.machine import machine
from benchmarks.make_data import write_kind
from benchmarks.texts import log_lines
from benchmarks.timing import Place, Spent, sample, spend
from tests.system.gateway import REMEDY, Gateway, User, missing

_MB: Final = 1_000_000
_OWNER: Final = User("owner")
_AT_ONCE: Final = 16
"""Requests that one process of a scan sends at once."""
_SMALL: Final = 2000


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the benchmark runs.

    :param workers: processes of a scan
    """

    gateway: Gateway
    folder: Path
    place: Place
    pairs: int
    workers: int

    def scan(self, target: str, output: str = os.devnull, flags: Sequence[str] = ()) -> Spent:
        """What a scan of the target costs."""
        command = [sys.executable, "-m", "scanner", "scan", "--quiet", "--format=jsonl", "--all-outcomes", f"--workers={self.workers}"]
        return spend([*command, *flags, f"--endpoint-url={self.gateway.url}", target], self.place, output)

    def upload(self, bucket: str, contents: Iterator[tuple[str, bytes]]) -> None:
        """A new bucket with these objects."""
        s3 = self._bucket(bucket)
        with ThreadPoolExecutor(8) as pool:
            for done in [pool.submit(s3.put_object, Bucket=bucket, Key=key, Body=body) for key, body in contents]:
                done.result()

    def upload_file(self, bucket: str, path: Path) -> None:
        """A new bucket with this file."""
        self._bucket(bucket).upload_file(os.fspath(path), bucket, path.name)

    def _bucket(self, name: str) -> Any:  # noqa: ANN401 - boto3 has no types
        s3 = self.gateway.client(_OWNER)
        s3.create_bucket(Bucket=name)
        return s3


def small(bench: Bench) -> None:
    """Small objects beside a bare loop, and beside the same files on disk."""
    lines = log_lines(np.random.default_rng(20240512)).content
    folder = bench.folder / "small"
    folder.mkdir()
    made = []
    for number in range(_SMALL):
        start = lines.index(b"\n", number * 997 % (len(lines) - 50_000)) + 1
        made.append((f"{number:05}.log", lines[start : start + 20_000]))
        (folder / made[-1][0]).write_bytes(made[-1][1])
    bench.upload("small", iter(made))
    for name, flags in (("all identifiers", ()), ("one identifier", ("--select=AWS_ACCESS_KEY_ID",))):
        told = [_small_once(bench, folder, flags) for _ in range(bench.pairs)]
        wall, added, bare = (sample(one[column] for one in told).median for column in range(3))
        print(f"small, {name}: {wall:.0%} of the rate of a bare loop on the clock; a bucket adds {added:.2f} ms of processor time")
        print(f"  to what an object takes on disk, and a bare loop takes {bare:.2f} ms ({added / bare:.0%})")


def _small_once(bench: Bench, folder: Path, flags: Sequence[str]) -> tuple[float, float, float]:
    """Share of the bare loop's rate on the clock; ms of processor time that the bucket adds; ms of the bare loop."""
    idle, bare = bench.scan("s3://small/nothing-begins-so", flags=flags), _bare(bench, "small")
    here, there = bench.scan(os.fspath(folder), flags=flags), bench.scan("s3://small", flags=flags)
    _tell(here, there)
    added = (there.cpu_seconds - here.cpu_seconds) / _SMALL * 1000
    return bare.wall_seconds / (there.wall_seconds - idle.wall_seconds), added, bare.cpu_seconds / _SMALL * 1000


def _bare(bench: Bench, bucket: str) -> Spent:
    """What it costs to get everything, with as many threads as a scan has requests under way."""
    output = os.fspath(bench.folder / "bare")
    command = [sys.executable, "-m", "benchmarks.bare_get", bench.gateway.url, bucket, str(_AT_ONCE * bench.workers)]
    spend(command, bench.place, output)
    wall, used = map(float, Path(output).read_text("utf-8").split())
    print(f"  bare loop {wall:.1f} s (CPU {used:.1f})", flush=True)
    return Spent(used, wall)


def csv(bench: Bench) -> None:
    """A large CSV file beside the same on disk."""
    write_kind(os.fspath(bench.folder), "wide.csv", 500 * _MB, 0)
    path = bench.folder / "wide.csv"
    bench.upload_file("csv", path)
    clock, used = [], []
    for _ in range(bench.pairs):
        here, there = bench.scan(os.fspath(path)), bench.scan("s3://csv")
        clock.append(here.wall_seconds / there.wall_seconds)
        used.append(here.cpu_seconds / there.cpu_seconds)
        _tell(here, there)
    print(f"csv: {sample(clock).median:.0%} of the rate on disk on the clock, {sample(used).median:.0%} by processor time")
    path.unlink()


def parquet(bench: Bench) -> None:
    """How much of a wide table is asked for."""
    path = bench.folder / "wide.parquet"
    write_numbers(path, 500 * _MB)
    bench.upload_file("parquet", path)
    size = path.stat().st_size
    print(f"  {size / _MB:.0f} MB, of which texts are {_text_bytes(path) / size:.0%}")
    outputs = [os.fspath(bench.folder / name) for name in ("here", "there")]
    here = bench.scan(os.fspath(path), outputs[0])
    before = bench.gateway.sent_bytes()
    there = bench.scan("s3://parquet", outputs[1])
    asked = bench.gateway.sent_bytes() - before
    print(
        f"  on disk {here.wall_seconds:.1f} s (CPU {here.cpu_seconds:.1f}), bucket {there.wall_seconds:.1f} s (CPU {there.cpu_seconds:.1f})"
    )
    same = _findings(outputs[0], path.name) == _findings(outputs[1], path.name)
    print(f"parquet: {asked / size:.1%} of its bytes are asked for; findings are {'the same as' if same else 'NOT those'} on disk")
    path.unlink()


def write_numbers(path: Path, size: int, rows: int = 100_000) -> None:
    """A table of 38 columns of numbers, times and truth values and two of texts, in row groups."""
    rng = np.random.default_rng(20240512)
    written = 0
    with open(path, "wb") as file:
        writer: pq.ParquetWriter | None = None
        while written < size:
            made = _numbers(rng, rows)
            writer = writer or pq.ParquetWriter(file, made.schema, compression="snappy")
            writer.write_table(made, row_group_size=rows)
            written = file.tell()
        assert writer
        writer.close()


def _numbers(rng: np.random.Generator, rows: int) -> pa.Table:
    made: dict[str, Any] = {"sensor": pa.array(rng.integers(0, 100_000, rows))}
    for number in range(12):
        made[f"reading_{number}"] = pa.array(rng.normal(0, 100, rows))
        made[f"total_{number}"] = pa.array(rng.integers(-1_000_000, 1_000_000, rows))
        made[f"ratio_{number}"] = pa.array(rng.random(rows), pa.float32())
    made["taken"] = pa.array(rng.integers(1_600_000_000_000, 1_700_000_000_000, rows), pa.timestamp("ms"))
    user, note = columns.emails(rng, rows), columns.sentences(rng, rows, 6)
    return pa.table({**made, "user": user, "note": note})


def _tell(here: Spent, there: Spent) -> None:
    told = (f"{name} {spent.wall_seconds:.1f} s (CPU {spent.cpu_seconds:.1f})" for name, spent in (("on disk", here), ("bucket", there)))
    print(f"  {', '.join(told)}", flush=True)


def _text_bytes(path: Path) -> int:
    metadata = pq.ParquetFile(path).metadata
    chunks = (
        metadata.row_group(group).column(column) for group in range(metadata.num_row_groups) for column in range(metadata.num_columns)
    )
    return sum(int(chunk.total_compressed_size) for chunk in chunks if chunk.physical_type == "BYTE_ARRAY")


def many(bench: Bench) -> None:
    """Many tiny objects, one outcome each."""
    from tests.system.running import Ran
    from tests.system.small_objects import small_objects

    made = list(small_objects(20_000))
    folder = bench.folder / "tree"
    for key, body in made:
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(body)
    bench.upload("many", iter(made))
    outputs = [os.fspath(bench.folder / name) for name in ("here", "there")]
    here, there = bench.scan(os.fspath(folder), outputs[0]), bench.scan("s3://many", outputs[1])
    local, remote = (Ran(0, list(_records(output)), "") for output in outputs)
    findings, outcomes = remote.findings("s3://many/"), remote.outcomes("s3://many/")
    same = local.findings(f"{folder}/") == findings and local.outcomes(f"{folder}/") == outcomes
    print(
        f"  on disk {here.wall_seconds:.1f} s (CPU {here.cpu_seconds:.1f}), bucket {there.wall_seconds:.1f} s (CPU {there.cpu_seconds:.1f})"
    )
    print(f"many: {len(outcomes):,} outcomes; findings are {'the same as' if same else 'NOT those'} on disk")


def _records(output: str) -> Iterator[dict[str, Any]]:
    with open(output, "rb") as file:
        yield from map(json.loads, file)


def _findings(output: str, name: str) -> list[object]:
    from tests.system.running import found

    return [found(record) for record in _records(output) if record["record"] == "finding" and record["path"].endswith(name)]


_KINDS: Final[dict[str, Callable[[Bench], None]]] = {"small": small, "csv": csv, "parquet": parquet, "many": many}


def main() -> None:
    """Starts a gateway and prints a line for each kind."""
    parser = argparse.ArgumentParser(description="Measure scans of buckets.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"any of {', '.join(_KINDS)}; all of them when left out")
    parser.add_argument("--pairs", type=int, default=3, help="how often each comparison is made (default 3)")
    parser.add_argument("--workers", type=int, default=2, help="processes of a scan (default 2)")
    asked = parser.parse_args()
    if absent := missing():
        raise SystemExit(f"{', '.join(absent)} missing: {REMEDY}")
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    with tempfile.TemporaryDirectory(prefix="stores-") as folder, Gateway(Path(folder, "gateway"), (_OWNER,)) as gateway:
        place = Place(None, folder, extra=_OWNER.environment)
        bench = Bench(gateway, Path(folder), place, asked.pairs, asked.workers)
        # Compiles and stores the ruleset.
        gateway.client(_OWNER).create_bucket(Bucket="nothing")
        bench.scan("s3://nothing")
        for kind in asked.kinds or _KINDS:
            _KINDS[kind](bench)


if __name__ == "__main__":
    main()
