"""The last report, kept beside the state store, so that scores can be looked at without listing anything."""

import json
import os
import secrets

from scanner.discovery.report import DayReport
from scanner.errors import StateError


def keep(report: DayReport, state: str) -> None:
    """Write the report, whole or not at all, for its owner only. Raises StateError if it cannot be.

    :param state: path of the state store
    """
    path = _path(state)
    try:
        write(report, path)
    except OSError as error:
        raise StateError(f"{path}: cannot be written: {error.strerror}; choose another place with --state") from None


def write(report: DayReport, path: str) -> None:
    """Write the report as JSON, whole or not at all, for its owner only. Raises OSError."""
    draft = f"{path}.{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump({"buckets": report.buckets, "summary": report.summary}, file)
        os.replace(draft, path)
    except OSError:
        if os.path.exists(draft):
            os.unlink(draft)
        raise


def last(state: str) -> DayReport:
    """The report that was kept last. Raises StateError if there is none."""
    path = _path(state)
    try:
        with open(path, encoding="utf-8") as file:
            kept = json.load(file)
        return DayReport(tuple(kept["buckets"]), kept["summary"])
    except FileNotFoundError:
        raise StateError(f"{path}: there are no scores yet; dowse discover TARGET makes some, and so does a job with [discover]") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise StateError(f"{path}: cannot be read; run dowse discover again and it will be made anew") from None


def _path(state: str) -> str:
    return f"{state}-scores.json"
