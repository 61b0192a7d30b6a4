"""When messages of a queue may be deleted: when what they led to lies safely where it is wanted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from scanner.cli.outputs import Output
from scanner.config import EventsConfig, ScanConfig
from scanner.errors import ConfigError

# Formats of which every record is whole by itself and leaves the process as soon as it is written.
_AS_THEY_COME: Final = frozenset({"jsonl"})
# SQS lets no more be held; a run that writes at its end holds all of its messages until then.
_MOST_AT_ONCE: Final = 100_000


def is_queue(events: EventsConfig | None) -> bool:
    """Whether messages are to be deleted at all."""
    return events is not None and events.place.lower().startswith("sqs://")


def commits_as_it_goes(outputs: Sequence[Output]) -> bool:
    """Whether a result lies safely in all outputs as soon as it is written to them; elsewhere only the end of the run makes it so."""
    return all(output.path == "-" and output.format in _AS_THEY_COME for output in outputs)


def bounded(config: ScanConfig, outputs: Sequence[Output]) -> ScanConfig:
    """`config` for a run that ends before its messages can be held no longer.

    :raises ConfigError: if nothing ends the run and its outputs are safe only at its end
    """
    events = config.events
    if events is None or not is_queue(events) or commits_as_it_goes(outputs):
        return config
    if events.max_messages is None and events.idle_exit is None:
        named = ", ".join(f"{output.format}={output.path}" for output in outputs)
        raise ConfigError(
            f"--events {events.place}: messages are deleted when results are safe, and of {named} that is the end of the run: "
            "name one with --idle-exit or --max-messages, or write only --format jsonl to standard output"
        )
    return replace(config, events=replace(events, max_messages=min(events.max_messages or _MOST_AT_ONCE, _MOST_AT_ONCE)))
