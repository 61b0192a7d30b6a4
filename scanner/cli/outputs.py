"""Where a run is written to: standard output and any number of files, each in its own format."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from scanner.errors import ConfigError
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.base import Sink
from scanner.reports.files import open_output
from scanner.reports.options import SinkOptions
from scanner.reports.registry import check_format, open_sink


@dataclass(frozen=True, slots=True)
class Output:
    """A format and where it goes; `-` is standard output."""

    format: str
    path: str


def choose_outputs(format_name: str | None, outputs: Sequence[str]) -> tuple[Output, ...]:
    """What the flags come down to.

    Without any flag a terminal gets the table and a pipe JSON Lines. With `--output` alone a terminal gets the table besides,
    and a pipe nothing.

    :param outputs: `FORMAT=PATH` each
    :raises ConfigError: for an unknown format, a missing path, or a path that is named twice
    """
    chosen = [parse_output(text) for text in outputs]
    on_terminal = sys.stdout.isatty()
    if format_name is not None:
        check_format(format_name)
        chosen.insert(0, Output(format_name, "-"))
    elif not any(output.path == "-" for output in chosen) and (on_terminal or not chosen):
        chosen.insert(0, Output("table" if on_terminal else "jsonl", "-"))
    paths = [output.path for output in chosen]
    for path in paths:
        if paths.count(path) > 1:
            raise ConfigError(f"--output: {path} is to be written twice; name another place")
    return tuple(chosen)


def parse_output(text: str) -> Output:
    """The output that `FORMAT=PATH` names. Raises ConfigError if there is no such format, or no path."""
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise ConfigError(f"--output {text}: write it as FORMAT=PATH, as in html=report.html")
    check_format(name)
    return Output(name, path)


class _Several:
    """Several sinks as one."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        self._sinks = sinks

    def begin(self, run: Run) -> None:
        """The run starts."""
        for sink in self._sinks:
            sink.begin(run)

    def write(self, result: ObjectResult) -> None:
        """One object is done."""
        for sink in self._sinks:
            sink.write(result)

    def finish(self, summary: Summary) -> None:
        """The run is over."""
        for sink in self._sinks:
            sink.finish(summary)


@contextmanager
def open_outputs(outputs: Sequence[Output], options: SinkOptions) -> Iterator[Sink]:
    """One sink for all `outputs`; files appear under their names when the block ends well."""
    with ExitStack() as stack:
        streams = [(output.format, stack.enter_context(open_output(output.path))) for output in outputs]
        yield _Several([open_sink(name, stream, options) for name, stream in streams])
