"""Prints what writing many findings takes, format by format: `python -m benchmarks.outputs [--findings N] [--from-store] [FORMAT...]`.

Each format writes to a file in a process of its own; time is that of processors, memory the most that was resident. The findings have two
identifiers, each in a column of its own, and four listed occurrences each; every tenth object could not be read. With `--from-store` they
are put into a state store first, and written as `dowse report` does. Linux only, since it reads what the kernel counts in kilobytes.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from identifiers.catalogues import load_catalogue
from scanner.cli.outputs import Output
from scanner.cli.report_store import StoreRequest, from_store
from scanner.cli.store_choice import StorePlace
from scanner.model.location import CellLocation
from scanner.model.objects import ObjectRef, StoredObject
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.outcome import SCANNED, Outcome, Reason, Status
from scanner.model.records import Run, Summary
from scanner.model.result import ColumnCount, Detection, ObjectResult
from scanner.reports.files import open_output
from scanner.reports.options import SinkOptions
from scanner.reports.registry import SINKS, open_sink
from scanner.sources.options import SourceOptions
from scanner.sources.several import open_sources
from scanner.state.circumstances import Circumstances
from scanner.state.recorder import Recorder
from scanner.state.store import open_store

_FOUND: Final = ("USA_SOCIAL_SECURITY_NUMBER", "EMAIL_ADDRESS")
_TOGETHER: Final = 64
_RUN: Final = Run("0" * 32, "0", datetime(2026, 3, 1, tzinfo=UTC), ("s3://bucket",), _FOUND, "0" * 64)


def main() -> None:
    """Measures, or is what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", default=sorted(SINKS))
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--write", metavar="PATH", help=argparse.SUPPRESS)
    parser.add_argument("--from-store", action="store_true", help="as `dowse report` writes them")
    parser.add_argument("--store", metavar="PATH", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        _write(arguments.formats[0], arguments.write, arguments.findings, arguments.store)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = _filled(os.path.join(folder, "state.db"), arguments.findings) if arguments.from_store else None
        print(f"{'format':<16}{'CPU s':>9}{'findings/s':>12}{'file MB':>9}{'resident MB':>13}")
        for name in arguments.formats:
            _measure(name, arguments.findings, store)


def _measure(name: str, findings: int, store: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out")
        command = [sys.executable, "-m", "benchmarks.outputs", name, "--write", path, "--findings", str(findings)]
        command += ["--store", store] if store else []
        seconds, kilobytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        size = os.path.getsize(path) / 1e6
        print(
            f"{name:<16}{float(seconds):>9.1f}{findings / float(seconds):>12,.0f}{size:>9,.0f}{int(kilobytes) / 1024:>13,.0f}", flush=True
        )


def _write(name: str, path: str, findings: int, store: str | None) -> None:
    started = time.process_time()
    if store:
        from_store(StoreRequest(StorePlace(store), None, all_outcomes=False, posture=False), (Output(name, path),))
    else:
        _write_made_up(name, path, findings)
    print(f"{time.process_time() - started:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")


def _write_made_up(name: str, path: str, findings: int) -> None:
    with open_output(path) as out:
        sink = open_sink(name, out, SinkOptions({one.id: one for one in load_catalogue()}))
        sink.begin(_RUN)
        one = _result()
        for number in range(findings):
            sink.write(_numbered(one, number))
        sink.finish(_summary(findings))


def _summary(findings: int) -> Summary:
    return Summary(findings, {"scanned": findings}, {}, 0, 0, {"high": findings}, {}, 1.0, complete=False)


def _filled(path: str, findings: int) -> str:
    """Path of a store that knows so many findings from one run that came to its end."""
    with open_store(path, write=True) as store:
        memory = Recorder(store)
        identifiers = {one.id: one for one in load_catalogue()}
        memory.begin(_RUN, Circumstances("0", "0"), open_sources([os.path.dirname(path)], SourceOptions()), identifiers, reveal=False)
        one, waiting = _result(), list[ObjectResult]()
        for number in range(findings):
            waiting.append(_numbered(one, number))
            if len(waiting) == _TOGETHER:
                memory.keep(waiting)
                waiting.clear()
        memory.keep(waiting)
        memory.finish(_summary(findings))
    return path


def _numbered(one: ObjectResult, number: int) -> ObjectResult:
    ref = ObjectRef("s3", "bucket", f"year=2026/month={number % 12 + 1:02}/part-{number:09}.csv")
    outcome = Outcome(Status.PARTIAL, Reason.BAD_RECORDS, "row 7") if number % 10 == 0 else SCANNED
    return replace(one, object=replace(one.object, ref=ref), outcome=outcome)


def _result() -> ObjectResult:
    occurrences = tuple(
        Occurrence(CellLocation(row, 3, "value", "", 0, 11), Confidence.HIGH, ("pattern", "name:value"), "***-**-9999", f"{row:032x}")
        for row in range(2, 6)
    )
    stored = StoredObject(ObjectRef("s3", "bucket", ""), 120_000, datetime(2026, 1, 1, tzinfo=UTC), "0" * 32, "STANDARD")
    columns = (ColumnCount("value", 3, 40, 900, Confidence.HIGH),)
    detections = tuple(Detection(name, 40, Confidence.HIGH, occurrences, columns) for name in sorted(_FOUND))
    return ObjectResult(stored, SCANNED, "text/csv", 120_000, detections)


if __name__ == "__main__":
    main()
