"""Which state store a command asks: one that is named, a job's, or the default."""

import os
from dataclasses import dataclass
from typing import Annotated, NamedTuple

from scanner.cli.shared_options import option as _option

_State = Annotated[
    str | None,
    _option(
        "--state",
        metavar="PATH",
        help="The store.  [default: DOWSE_STATE, else dowse/state.db below XDG_STATE_HOME]",
        show_default=False,
    ),
]
_Job = Annotated[str | None, _option("--job", metavar="NAME", help="The store in which the runs of this job remember.", show_default=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreChoice:
    """What the flags say of it."""

    state: _State = None
    job: _Job = None

    @property
    def is_given(self) -> bool:
        """Whether there is any such flag."""
        return bool(self.state or self.job)

    @property
    def place(self) -> "StorePlace":
        """Where it is. Raises ConfigError if both flags are given, there is no such job, or it never ran."""
        from scanner.cli.state_store import state_path
        from scanner.errors import ConfigError

        if self.job is None:
            return StorePlace(self.state or state_path(os.environ))
        if self.state is not None:
            raise ConfigError("--state and --job both name a store; leave one of them out")
        return _place_of(self.job)


class StorePlace(NamedTuple):
    """A state store.

    :param suppressions: files of rules that hold for it besides those beside it
    """

    path: str
    suppressions: tuple[str, ...] = ()


def _place_of(job: str) -> StorePlace:
    from scanner.errors import ConfigError
    from scanner.jobs.registry import Registry, default_folder

    with Registry(os.environ.get("DOWSE_JOBS_FOLDER") or default_folder(os.environ)) as registry:
        entry = registry.job(job)
        path = registry.state_of(entry)
    if not os.path.exists(path):
        raise ConfigError(f"job {entry.job.name!r} has not run yet; `dowse jobs run` runs it, and `dowse jobs list` says when it is due")
    return StorePlace(path, entry.job.suppressions)
