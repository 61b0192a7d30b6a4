"""The first record of a run: what it was asked to do."""

from dataclasses import replace

from identifiers.model import Identifier
from scanner.config import ScanConfig, WorkerConfig
from scanner.engine.clock import Clock
from scanner.engine.digest import plain, run_id
from scanner.model.records import Run
from scanner.sources.http_target import shown
from scanner.version import VERSION


def make_run(config: ScanConfig, identifiers: tuple[Identifier, ...], clock: Clock, digest: str) -> Run:
    """The record; equal for equal input, identifiers and start, whatever the number of workers.

    :param digest: of the identifiers and of what is allowed
    """
    # How the work is spread decides how fast something is found, not what.
    decisive = replace(config, workers=WorkerConfig(timeout=config.workers.timeout))
    settings = plain(decisive)
    assert isinstance(settings, dict), "a data class becomes an object"
    targets = settings.pop("targets")
    settings["min_confidence"] = config.min_confidence.name.lower()
    settings["timeout"] = settings.pop("workers")["timeout"]
    return Run(
        id=run_id(targets, digest, settings, clock.started),
        version=VERSION,
        started=clock.started,
        targets=tuple(map(shown, config.targets)),
        identifiers=tuple(sorted(identifier.id for identifier in identifiers)),
        ruleset_digest=digest,
        settings=settings,
    )
