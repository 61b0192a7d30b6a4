"""A tree of files, a store, and scans of the one that remember in the other."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from identifiers.model import Category, Certainty, Identifier, Pattern, Severity, SeverityLevel
from scanner.config import ScanConfig, SourceConfig, WorkerConfig
from scanner.engine.interrupt import Interrupt
from scanner.engine.scan import Scan
from scanner.model.life import Life
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.state.recorder import Recorder
from scanner.state.store import open_store


def custom(name: str, regex: str, *, least: int = 1) -> Identifier:
    levels = (SeverityLevel(least, Severity.LOW), SeverityLevel(least + 2, Severity.HIGH))
    return Identifier(name, name.capitalize(), Category.CUSTOM, (Pattern(regex, alone=Certainty.HIGH, max_length=6),), levels)


COLOUR = custom("COLOUR", "red|blue|green")
FRUIT = custom("FRUIT", "apple|pear")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave."""

    results: tuple[ObjectResult, ...]
    summary: Summary

    @property
    def read(self) -> set[str]:
        """Keys of what was read."""
        return {one.object.ref.key for one in self.results if one.bytes_read}

    @property
    def lives(self) -> dict[str, Life]:
        """Key -> life of its finding."""
        return {one.object.ref.key: one.life.finding for one in self.results if one.life and one.life.finding}

    def of(self, key: str) -> ObjectResult:
        return next(one for one in self.results if one.object.ref.key == key)


@dataclass
class Desk:
    """Runs scans of `tree` that remember in `state`."""

    tree: Path
    state: Path
    environment: dict[str, str]
    identifiers: tuple[Identifier, ...] = (COLOUR,)
    now: int = 1_000_000_000
    config: ScanConfig = field(default_factory=lambda: ScanConfig((), workers=WorkerConfig(processes=0)))

    def write(self, key: str, content: str | bytes) -> None:
        """A file that was written long ago, and never at the same time as another."""
        path = self.tree / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.now += 1
        os.utime(path, (self.now, self.now))

    def run(
        self,
        *,
        full: bool = False,
        target: str = "",
        interrupt: Interrupt | None = None,
        finish: bool = True,
        delivered: bool = True,
        config: ScanConfig | None = None,
        **sources: object,
    ) -> Ran:
        base = config or self.config
        chosen = replace(base, targets=(str(self.tree / target),), sources=replace(SourceConfig(), **sources))  # type: ignore[arg-type]
        with open_store(str(self.state), write=True) as store:
            memory = Recorder(store, full=full)
            scan = Scan(chosen, identifiers=self.identifiers, environment=self.environment, memory=memory, interrupt=interrupt)
            results = tuple(scan)
            if finish:
                memory.finish(scan.summary(), delivered=delivered)
            return Ran(results, scan.summary())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    tree = tmp_path / "tree"
    tree.mkdir()
    folder = str(tmp_path / "xdg")
    return Desk(tree, tmp_path / "state.db", {"XDG_STATE_HOME": folder, "XDG_CACHE_HOME": folder})
