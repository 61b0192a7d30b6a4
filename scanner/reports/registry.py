"""Which sink writes a format. A row is imported only when the format is asked for."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO, Final, cast

from scanner.errors import ConfigError
from scanner.reports.base import Sink
from scanner.reports.options import SinkOptions

SINKS: Final[Mapping[str, str]] = {
    "asff": "scanner.reports.asff:AsffSink",
    "csv": "scanner.reports.csv:CsvSink",
    "elastic": "scanner.reports.elastic:ElasticSink",
    "html": "scanner.reports.html:HtmlSink",
    "jsonl": "scanner.reports.jsonl:JsonlSink",
    "junit": "scanner.reports.junit:JunitSink",
    "macie": "scanner.reports.macie:MacieSink",
    "macie-events": "scanner.reports.macie:MacieEventsSink",
    "macie-response": "scanner.reports.macie:MacieResponseSink",
    "macie-results": "scanner.reports.macie_results:MacieResultsSink",
    "markdown": "scanner.reports.markdown:MarkdownSink",
    "ocsf": "scanner.reports.ocsf:OcsfSink",
    "parquet": "scanner.reports.parquet:ParquetSink",
    "sarif": "scanner.reports.sarif:SarifSink",
    "slack": "scanner.reports.slack:SlackSink",
    "splunk": "scanner.reports.splunk:SplunkSink",
    "table": "scanner.reports.table:TableSink",
}
"""Name of the format -> `module:factory` that takes a binary stream and the options and gives a Sink."""


def open_sink(name: str, out: BinaryIO, options: SinkOptions) -> Sink:
    """A sink that writes the format `name` to `out`. Raises ConfigError for a format that is not known."""
    check_format(name)
    module, _, factory = SINKS[name].partition(":")
    build = cast("Callable[[BinaryIO, SinkOptions], Sink]", getattr(importlib.import_module(module), factory))
    return build(out, options)


def check_format(name: str, also: Sequence[str] = ()) -> None:
    """Raises ConfigError, with the formats that there are, if `name` is none of them.

    :param also: what there is besides
    """
    if name not in SINKS and name not in also:
        raise ConfigError(f"{name!r} is no output format; there are {', '.join(sorted((*SINKS, *also)))}")
