"""What was known before: the findings in the output of an earlier run. Only what is not in there is reported."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scanner.errors import ConfigError
from scanner.model.occurrence import Occurrence
from scanner.model.result import Detection


@dataclass(frozen=True, slots=True)
class KnownDetection:
    """What was known of one identifier in one object."""

    count: int
    fingerprints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of an earlier run.

    :param known: (URI, identifier) -> what was known
    """

    known: Mapping[tuple[str, str], KnownDetection]

    def news(self, uri: str, detection: Detection) -> Detection | None:
        """What of `detection` was not known; None if all of it was.

        Values are told apart by their fingerprints, so lines may have moved. Of occurrences that are not listed only the
        number can be compared.
        """
        known = self.known.get((uri, detection.identifier))
        if known is None:
            return detection
        new = tuple(one for one in detection.occurrences if one.fingerprint not in known.fingerprints)
        count = _count(detection, new, known)
        return Detection(detection.identifier, count, detection.confidence, new) if count else None


def _count(detection: Detection, new: tuple[Occurrence, ...], known: KnownDetection) -> int:
    if len(detection.occurrences) == detection.count:
        return len(new)
    return max(len(new), detection.count - known.count)


def load_baseline(path: str) -> Baseline:
    """The baseline in the output of `dowse scan --format jsonl` or `dowse findings export`.

    :raises ConfigError: if it cannot be read or is no such output
    """
    known = {}
    for record in _records(path):
        for detection in record["detections"]:
            fingerprints = frozenset(one["fingerprint"] for one in detection["occurrences"])
            known[record["uri"], detection["identifier"]] = KnownDetection(detection["count"], fingerprints)
    return Baseline(known)


def _records(path: str) -> Iterator[Mapping[str, Any]]:
    """The findings in the file; their shape is checked."""
    empty = True
    try:
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                empty = False
                if (record := _parsed(line, path, number)) is not None:
                    yield record
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}; check the path and its permissions") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is no output of dowse: it is not in UTF-8") from None
    if empty:
        raise ConfigError(f"{path}: is empty; a baseline is what `dowse scan --format jsonl` wrote")


def _parsed(line: str, path: str, number: int) -> Mapping[str, Any] | None:
    """What matters of a finding; None for other records."""
    wrong = ConfigError(f"{path}: line {number} is no record of dowse; a baseline is what `dowse scan --format jsonl` wrote")
    try:
        record = json.loads(line)
        kind = record["record"]
        if kind != "finding":
            return None
        detections = [
            {
                "identifier": str(one["identifier"]),
                "count": int(one["count"]),
                "occurrences": [{"fingerprint": str(occurrence["fingerprint"])} for occurrence in one["occurrences"]],
            }
            for one in record["detections"]
        ]
        return {"uri": str(record["uri"]), "detections": detections}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise wrong from None
