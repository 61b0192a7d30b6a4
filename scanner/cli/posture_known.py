"""What is known beside the buckets' settings: what scans found in them, and what earlier runs said."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scanner.cli.state_store import StateRequest, screen_for, state_path
from scanner.errors import ConfigError, StateError
from scanner.posture.sensitive import NOTHING_FOUND, Sensitive

if TYPE_CHECKING:
    from scanner.posture.judged import Inside
    from scanner.state.postures import PostureMemory
    from scanner.state.store import Store


@dataclass(frozen=True, slots=True)
class Known:
    """Where it comes from.

    :param findings: files of findings of scans; without any the state store tells, if there is one
    :param previous: output of an earlier run; None for none
    :param state: path of the state store; None for the default
    :param incremental: what this run says is remembered there; a path means it, too
    """

    findings: tuple[str, ...] = ()
    previous: str | None = None
    state: str | None = None
    incremental: bool = False

    @property
    def remembers(self) -> bool:
        """Whether this run is remembered."""
        return self.incremental or self.state is not None

    @property
    def path(self) -> str:
        """Where the state store is, or would be."""
        return self.state or state_path(os.environ)


@contextmanager
def posture_memory(known: Known, kind: str, endpoint: str | None) -> "Iterator[PostureMemory | None]":
    """The memory, if the run is to be remembered; its store is open for as long.

    :param kind: of the buckets' store: s3, gs or az
    :raises ConfigError: if an earlier output is given besides
    :raises StateError: if the store cannot be used
    """
    if not known.remembers:
        yield None
        return
    if known.previous is not None:
        raise ConfigError("--previous and the state store both tell what was before; leave one of them out")
    from scanner.state.postures import PostureMemory
    from scanner.state.store import open_store

    with open_store(known.path, write=True) as store:
        yield PostureMemory(store, kind=kind, endpoint=endpoint or "")


def inside_of(known: Known, kind: str, memory: "PostureMemory | None") -> "Inside":
    """What is inside each bucket: by the findings that are given, else by the state store, if there is one.

    :raises ConfigError: if a file of findings cannot be read
    """
    from scanner.posture.earlier import records_in
    from scanner.posture.sensitive import sensitive_by_bucket

    if known.findings:
        told = sensitive_by_bucket((record for path in known.findings for record in records_in(path)), kind)
        return lambda bucket: told.get(bucket, NOTHING_FOUND)
    return (_in_store(memory.store, known.path, kind) if memory else _in_default_store(known, kind)).get


def _in_store(store: "Store", path: str, kind: str) -> dict[str, Sensitive]:
    """Without what is suppressed today."""
    from scanner.state.sensitive import sensitive_in

    screen, _ = screen_for(StateRequest(path, wanted=True), datetime.now(UTC).date())
    return sensitive_in(store, screen, kind)


def _in_default_store(known: Known, kind: str) -> dict[str, Sensitive]:
    """Nobody asked for the store, so one that cannot be used is only told of."""
    from scanner.state.store import open_store

    if not os.path.exists(known.path):
        return {}
    try:
        with open_store(known.path) as store:
            return _in_store(store, known.path, kind)
    except StateError as error:
        sys.stderr.write(f"dowse: warning: what is inside the buckets is not known: {error}\n")
        return {}
