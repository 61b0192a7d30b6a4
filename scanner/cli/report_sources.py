"""What `dowse report` writes of files of records."""

import gzip
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO, cast

from scanner.cli.outputs import Output, check_places, open_outputs
from scanner.errors import ConfigError
from scanner.model.records import Summary
from scanner.reports.options import SinkOptions
from scanner.reports.replay import Input, Learned, Replay, open_input


@dataclass(frozen=True, slots=True)
class Told:
    """What a report came to.

    :param severities: severity -> findings
    :param failures: outputs that could not be delivered, with reasons
    """

    summary: Summary
    severities: Mapping[str, int]
    failures: Mapping[str, str]


def from_files(paths: Sequence[str], outputs: Sequence[Output], *, all_outcomes: bool) -> Told:
    """A report on the records in files; `-` is standard input.

    :raises ConfigError: if one of them cannot be read, or holds something else
    """
    from identifiers.catalogues import load_catalogue
    from scanner.engine.clock import start_clock

    learned = Learned({one.id: one for one in load_catalogue()})
    with ExitStack() as stack:
        inputs = [_input(path, stack) for path in paths]
        if not all(one.is_scan for one in inputs):
            check_places(outputs)
        replay = Replay(inputs, learned)
        with open_outputs(outputs, SinkOptions(learned.known, all_outcomes)) as sink:
            summary = replay.into(sink, start_clock(os.environ).started)
    return Told(summary, replay.severities, sink.failures)


def _input(path: str, stack: ExitStack) -> Input:
    return open_input("standard input", sys.stdin.buffer) if path == "-" else open_input(path, _opened(path, stack))


def _opened(path: str, stack: ExitStack) -> BinaryIO:
    try:
        file = stack.enter_context(open(path, "rb"))  # noqa: SIM115 - the stack closes it
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    return cast("BinaryIO", stack.enter_context(gzip.open(file))) if path.endswith(".gz") else file
