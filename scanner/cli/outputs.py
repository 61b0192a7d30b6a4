"""Where a run is written to: standard output and any number of files, each in its own format."""

import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from scanner.delivery.destinations import check_delivery, is_delivery, open_delivery, shown
from scanner.errors import ConfigError, DeliveryError
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.base import Sink
from scanner.reports.files import open_output
from scanner.reports.options import SinkOptions
from scanner.reports.policies import BucketFinding, PolicySink, ResolvingSink
from scanner.reports.registry import check_format, open_sink


@dataclass(frozen=True, slots=True)
class Output:
    """A format and where it goes; `-` is standard output."""

    format: str
    path: str


def choose_outputs(format_name: str | None, outputs: Sequence[str], also: Sequence[str] = ()) -> tuple[Output, ...]:
    """What the flags come down to.

    Without any flag a terminal gets the table and a pipe JSON Lines. With `--output` alone a terminal gets the table besides,
    and a pipe nothing, unless all outputs are sent somewhere: what cannot be delivered must be somewhere.

    :param outputs: `FORMAT=PATH` each
    :param also: formats that the command has besides those of the sinks
    :raises ConfigError: for an unknown format, a missing path, or a path that is named twice
    """
    chosen = [parse_output(text, also) for text in outputs]
    on_terminal = sys.stdout.isatty()
    if format_name is not None:
        check_format(format_name, also)
        chosen.insert(0, Output(format_name, "-"))
    elif not any(output.path == "-" for output in chosen) and (on_terminal or all(is_delivery(output.path) for output in chosen)):
        chosen.insert(0, Output("table" if on_terminal else "jsonl", "-"))
    paths = [output.path for output in chosen]
    for path in paths:
        if paths.count(path) > 1:
            raise ConfigError(f"--output: {shown(path)} is to be written twice; name another place")
    return tuple(chosen)


def parse_output(text: str, also: Sequence[str] = ()) -> Output:
    """The output that `FORMAT=PATH` names. Raises ConfigError if there is no such format, or no path."""
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise ConfigError(f"--output {text}: write it as FORMAT=PATH, as in html=report.html")
    check_format(name, also)
    if is_delivery(path):
        check_delivery(name, path)
    return Output(name, path)


class Outputs:
    """Several sinks as one.

    What cannot be delivered is not tried any further, and touches no other output; `failures` says of which destinations and why.
    """

    def __init__(self, failures: dict[str, str]) -> None:
        self.failures = failures
        self._sinks: list[tuple[Output, Sink]] = []

    def add(self, output: Output, sink: Sink) -> None:
        """One sink more."""
        self._sinks.append((output, sink))

    def begin(self, run: Run) -> None:
        """The run starts."""
        self._each(lambda sink: sink.begin(run))

    def write(self, result: ObjectResult) -> None:
        """One object is done."""
        self._each(lambda sink: sink.write(result))

    def write_policy(self, finding: BucketFinding) -> None:
        """One finding on a bucket.

        :raises ConfigError: if one of the formats has no place for it
        """
        for output, sink in self._sinks:
            check_takes_policies(output.format, sink)
        self._each(lambda sink: sink.write_policy(finding))  # type: ignore[attr-defined]  # just checked

    def offer_policy(self, finding: BucketFinding) -> None:
        """One finding on a bucket, for the formats that have a place for it."""
        self._each(lambda sink: sink.write_policy(finding) if isinstance(sink, PolicySink) else None)

    def offer_resolved(self, finding: BucketFinding) -> None:
        """One finding on a bucket that is gone, for the formats whose readers must be told."""
        self._each(lambda sink: sink.resolve_policy(finding) if isinstance(sink, ResolvingSink) else None)

    def finish(self, summary: Summary) -> None:
        """The run is over."""
        self._each(lambda sink: sink.finish(summary))

    def _each(self, act: Callable[[Sink], None]) -> None:
        for output, sink in self._sinks:
            if output.path not in self.failures:
                try:
                    act(sink)
                except DeliveryError as error:
                    self.failures[output.path] = str(error)


def check_takes_policies(format_name: str, sink: Sink) -> None:
    """:raises ConfigError: if the format has no place for findings on buckets"""
    if not isinstance(sink, PolicySink):
        raise ConfigError(f"{format_name} has no place for findings on buckets; choose another format, as csv, sarif or asff")


def check_places(outputs: Sequence[Output]) -> None:
    """:raises ConfigError: if one of the formats has no place for findings on buckets; asked before anything is written"""
    for output in outputs:
        check_takes_policies(output.format, open_sink(output.format, io.BytesIO(), SinkOptions({})))


def placeless(outputs: Sequence[Output]) -> tuple[str, ...]:
    """Formats among those of `outputs` that have no place for findings on buckets."""
    sinks = ((output.format, open_sink(output.format, io.BytesIO(), SinkOptions({}))) for output in outputs)
    return tuple(dict.fromkeys(name for name, sink in sinks if not isinstance(sink, PolicySink)))


@contextmanager
def open_outputs(outputs: Sequence[Output], options: SinkOptions) -> Iterator[Outputs]:
    """One sink for all `outputs`; files appear under their names, and what is delivered has been, when the block ends well.

    :raises DeliveryError: if a destination cannot be reached before there is anything to deliver
    """
    opened = Outputs({})
    with ExitStack() as stack:
        for output in outputs:
            stream = stack.enter_context(open_stream(output, opened.failures))
            opened.add(output, open_sink(output.format, stream, options))
        yield opened


@contextmanager
def open_stream(output: Output, failures: dict[str, str]) -> Iterator[BinaryIO]:
    """Where the output goes.

    :param failures: gets destination and reason when what was written cannot be delivered
    """
    if not is_delivery(output.path):
        with open_output(output.path) as out:
            yield out
        return
    begun = False
    try:
        with open_delivery(output.format, output.path) as out:
            begun = True
            yield out
    except DeliveryError as error:
        if not begun:
            raise
        failures.setdefault(output.path, str(error))


def tell_failures(failures: Mapping[str, str]) -> None:
    """Says on standard error what could not be delivered."""
    sys.stderr.writelines(f"dowse: {message}\n" for message in failures.values())
