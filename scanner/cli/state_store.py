"""Where the state store is, and the memory of a run of the command line."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scanner.errors import ConfigError

if TYPE_CHECKING:
    # SQLite is loaded by those who use it.
    from scanner.state.recorder import Recorder


@dataclass(frozen=True, slots=True)
class StateRequest:
    """What the command line asks for.

    :param path: of the store; None for the default
    :param wanted: whether anything is remembered at all
    :param full: read everything, and remember it
    """

    path: str | None
    wanted: bool
    full: bool = False


NO_STATE = StateRequest(None, wanted=False)


def state_path(environment: Mapping[str, str]) -> str:
    """Where the store is by default: what DOWSE_STATE names, else `dowse/state.db` below XDG_STATE_HOME (`~/.local/state`)."""
    from scanner.engine.state_folders import folder_below

    below = folder_below(environment, "XDG_STATE_HOME", os.path.join(".local", "state"))
    return environment.get("DOWSE_STATE") or os.path.join(below, "state.db")


@contextmanager
def remembering(request: StateRequest) -> "Iterator[Recorder | None]":
    """The memory that was asked for, None for none; its store is closed at the end.

    Raises ConfigError for flags that contradict each other, and StateError if the store cannot be used.
    """
    if not request.wanted:
        if request.full:
            raise ConfigError("--full is for runs that remember; add --incremental or --state PATH")
        yield None
        return
    from scanner.state.recorder import Recorder
    from scanner.state.store import open_store

    with open_store(request.path or state_path(os.environ), write=True) as store:
        yield Recorder(store, full=request.full)
