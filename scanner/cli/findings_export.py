"""Writes findings of the store in the formats of a scan."""

from scanner.cli.findings_search import Search
from scanner.engine.summary import Counts
from scanner.findings.stored import Status, StoredFinding
from scanner.model.result import ObjectResult
from scanner.reports.encode import encode_line
from scanner.reports.files import open_output
from scanner.reports.options import SinkOptions
from scanner.reports.registry import check_format, open_sink
from scanner.state.runs import find_run


def export_findings(search: Search, format_name: str, path: str) -> None:
    """Write those that are meant to `path`. Raises StateError if no run has come to its end, and ConfigError."""
    check_format(format_name)
    with search.opened() as (store, findings):
        entry = find_run(store)
        with open_output(path) as out:
            if format_name == "jsonl":
                for one in search.wanted(findings):
                    out.write(encode_line(one.record))
                return
            counts = Counts(findings.identifiers)
            sink = open_sink(format_name, out, SinkOptions(findings.identifiers))
            sink.begin(entry.run)
            for one in search.wanted(findings):
                result = _reported(one)
                counts.add(result)
                sink.write(result)
            sink.finish(counts.summary(seconds=0.0, cut_short=False))


def _reported(one: StoredFinding) -> ObjectResult:
    return one.shown if one.status is Status.OPEN else one.result
