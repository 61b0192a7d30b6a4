"""Runs the acceptance checks for the command line."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer

from identifiers.catalogues import load_catalogue, load_custom
from scanner.acceptance.failure import Failure
from scanner.acceptance.runner import check_identifiers


def check_files(files: Sequence[str]) -> list[Failure]:
    """What the checks have to say against the identifiers of `files`, or against the built-in ones.

    :raises IdentifierError: if a file cannot be used
    """
    catalogue = load_catalogue()
    if not files:
        return check_identifiers(catalogue)
    return check_identifiers([identifier for file in files for identifier in load_custom(file)], catalogue)


def write_failures(failures: Sequence[Failure], *, as_json: bool) -> None:
    """Writes failures and warnings to standard output, one a line."""
    if as_json:
        typer.echo(json.dumps([asdict(failure) for failure in failures], ensure_ascii=False))
        return
    for failure in failures:
        typer.echo(f"{'warning' if failure.warning else 'failure'}  {failure.identifier}  {failure.check}: {failure.message}")
    failed = sum(not failure.warning for failure in failures)
    typer.echo(f"{failed} failures, {len(failures) - failed} warnings")
