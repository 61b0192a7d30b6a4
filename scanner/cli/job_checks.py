"""What can be said of a job before it runs: identifiers, lists, rules, formats of outputs. Each check raises as what it checks does."""

from collections.abc import Callable, Mapping
from typing import Final

from scanner.cli.outputs import parse_output
from scanner.cli.run_scan import catalogues_of
from scanner.engine.allow_lists import load_allowed
from scanner.engine.rulesets import choose_identifiers
from scanner.errors import ConfigError
from scanner.findings.baseline import load_baseline
from scanner.findings.rules import load_rules
from scanner.jobs.model import Job


def _chosen(job: Job) -> list[str]:
    chosen = choose_identifiers(job.select, job.deselect, job.identifier_files, names=job.names)
    return [one.id for one in chosen]


def _data_catalogue(job: Job) -> None:
    if job.data_catalogue:
        catalogues_of(job.data_catalogue, _chosen(job))


def _suppressions(job: Job) -> None:
    for path in job.suppressions:
        load_rules(path)


def _baseline(job: Job) -> None:
    if job.baseline:
        load_baseline(job.baseline)


def _outputs(job: Job) -> None:
    for one in job.outputs:
        parse_output(one)


def _discover(job: Job) -> None:
    if job.discover is None or not job.discover.ignored:
        return
    known = _chosen(job)
    for bucket, identifier in job.discover.ignored:
        if identifier not in known:
            unknown = f"{identifier} is none of the identifiers that are looked for; see dowse identifiers list"
            raise ConfigError(f"ignore: {bucket}: {unknown}")


CHECKS: Final[Mapping[str, Callable[[Job], object]]] = {
    "identifiers": _chosen,
    "allow": lambda job: load_allowed(job.allow_lists, job.allow_regexes),
    "suppressions": _suppressions,
    "baseline": _baseline,
    "data_catalogue": _data_catalogue,
    "outputs": _outputs,
    "discover": _discover,
}
"""By the key of the file that each is about."""
