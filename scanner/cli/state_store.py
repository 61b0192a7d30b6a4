"""Where the state store is, and the memory of a run of the command line."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scanner.errors import ConfigError

if TYPE_CHECKING:
    # SQLite is loaded by those who use it.
    from scanner.findings.rules import Rule
    from scanner.findings.screen import Screen
    from scanner.state.recorder import Recorder


@dataclass(frozen=True, slots=True)
class StateRequest:
    """What the command line asks for.

    :param path: of the store; None for the default
    :param wanted: whether anything is remembered at all
    :param full: read everything, and remember it
    :param suppressions: files of rules; besides these a run that remembers heeds the one beside its store
    :param baseline: output of an earlier run; None for none
    """

    path: str | None
    wanted: bool
    full: bool = False
    suppressions: tuple[str, ...] = ()
    baseline: str | None = None


NO_STATE = StateRequest(None, wanted=False)


def rules_beside(path: str) -> str:
    """The file of rules that belongs to the store at `path`: `suppressions.toml` in the same folder."""
    return os.path.join(os.path.dirname(os.path.abspath(path)), "suppressions.toml")


def screen_for(request: StateRequest, today: date) -> "tuple[Screen, tuple[Rule, ...]]":
    """What keeps findings from being reported, and all rules in it. Raises ConfigError if a file of them is wrong."""
    from scanner.findings.baseline import load_baseline
    from scanner.findings.rules import load_rules
    from scanner.findings.screen import open_screen

    own = rules_beside(request.path or state_path(os.environ))
    paths = [*request.suppressions, *([own] if request.wanted and os.path.exists(own) else [])]
    rules = tuple(rule for path in dict.fromkeys(map(os.path.realpath, paths)) for rule in load_rules(path))
    return open_screen(rules, load_baseline(request.baseline) if request.baseline else None, today), rules


def idle(screen: "Screen", rules: "Iterable[Rule]", today: date) -> Iterator[str]:
    """A line for each rule that has expired or suppressed nothing."""
    for rule in rules:
        if rule.expires is not None and not rule.holds(today):
            yield f"rule {rule.id!r} expired on {rule.expires.isoformat()} and suppresses nothing any more"
        elif rule.id not in screen.used:
            yield f"rule {rule.id!r} suppressed nothing; take it out if it is of no use any more"


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
