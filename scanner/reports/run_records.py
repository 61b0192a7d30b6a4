"""The records besides findings: how a run was set up, what became of an object, what the run came to."""

from collections.abc import Mapping

from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.finding import name_of, outcome_json, problem_json
from scanner.reports.since import hidden_member, life_member
from scanner.reports.times import timestamp

Json = dict[str, object]


def run_record(run: Run) -> Json:
    """The first record: everything needed to repeat the run."""
    return {
        "record": "run",
        "id": run.id,
        "version": run.version,
        "started": timestamp(run.started),
        "targets": list(run.targets),
        "identifiers": list(run.identifiers),
        "rulesetDigest": run.ruleset_digest,
        "settings": dict(sorted(run.settings.items())),
    }


def outcome_record(result: ObjectResult) -> Json:
    """What became of one object."""
    return {
        "record": "outcome",
        **name_of(result.object.ref),
        "size": result.object.size,
        "mediaType": result.media_type,
        "bytesRead": result.bytes_read,
        "outcome": outcome_json(result.outcome),
        "problems": [problem_json(problem) for problem in result.problems],
        **hidden_member(result.hidden),
        **life_member(result.object.ref, result.life),
    }


def summary_record(summary: Summary) -> Json:
    """The last record: what the run came to."""
    return {
        "record": "summary",
        "complete": summary.complete,
        "interrupted": summary.interrupted,
        "objects": summary.objects,
        "outcomes": _sorted(summary.outcomes),
        "reasons": _sorted(summary.reasons),
        "findings": _sorted(summary.findings),
        "occurrences": _sorted(summary.occurrences),
        "allowed": _sorted(summary.allowed),
        **({"suppressed": _sorted(summary.hidden)} if summary.hidden else {}),
        **_since(summary),
        "bytesListed": summary.bytes_listed,
        "bytesRead": summary.bytes_read,
        "seconds": summary.seconds,
        "bytesPerSecond": rate(summary),
    }


def rate(summary: Summary) -> int | None:
    """Bytes read in a second; None when the time is not known."""
    return round(summary.bytes_read / summary.seconds) if summary.seconds > 0 else None


def _since(summary: Summary) -> Json:
    """What only a state store knows."""
    return {"life": _sorted(summary.life), "unchanged": summary.unchanged} if summary.life or summary.unchanged else {}


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
