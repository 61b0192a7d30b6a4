"""Counts what a run came to while its results go by."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from identifiers.model import Identifier
from scanner.engine.judge import leaves_nothing_out
from scanner.model.life import Life, ObjectLife
from scanner.model.outcome import Reason, Status
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.reports.severity import count_in, worst

# Of what was not read nobody told how it is encrypted.
_READ: Final = frozenset({Status.SCANNED, Status.PARTIAL})


class Counts:
    """The sums so far.

    :param identifiers: those of the run, by id; they say how severe findings are
    """

    def __init__(self, identifiers: Mapping[str, Identifier]) -> None:
        self._identifiers = identifiers
        self._outcomes: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._findings: Counter[str] = Counter()
        self._occurrences: Counter[str] = Counter()
        self._allowed: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()
        self._life: Counter[str] = Counter()
        self._unchanged = 0
        self._encryption: dict[str, Counter[str]] = {}
        self._bytes_listed = 0
        self._bytes_read = 0
        self._complete = True

    def add(self, result: ObjectResult) -> None:
        """Count one object."""
        outcome = result.outcome
        self._outcomes[outcome.status.value] += 1
        if outcome.reason is not None:
            self._reasons[f"{outcome.status.value}:{outcome.reason.value}"] += 1
        # What an archive holds besides data is no gap, but it is not passed over in silence either.
        if any(problem.member and problem.reason is Reason.UNSUPPORTED_TYPE for problem in result.problems):
            self._reasons[f"member:{Reason.UNSUPPORTED_TYPE.value}"] += 1
        self._complete &= leaves_nothing_out(outcome)
        self._bytes_listed += result.object.size
        self._bytes_read += result.bytes_read
        self._allowed.update(result.allowed)
        self._add_detections(result)
        self._add_life(result.life)
        for one in result.hidden:
            self._hidden[one.identifier] += one.count
        if result.object.ref.store == "s3" and outcome.status in _READ:
            self._encryption.setdefault(result.object.ref.bucket, Counter())[result.object.facts.encryption] += 1

    def summary(
        self,
        *,
        seconds: float,
        cut_short: bool,
        events: Mapping[str, int] = MappingProxyType({}),
        requests: Mapping[str, int] = MappingProxyType({}),
    ) -> Summary:
        """What it came to; keys in alphabetical order.

        :param cut_short: the run ended before every object had its result
        :param events: what the messages came to that told of the objects
        :param requests: to object stores, as `Summary` has them
        """
        return Summary(
            objects=self._outcomes.total(),
            outcomes=_sorted(self._outcomes),
            reasons=_sorted(self._reasons),
            bytes_listed=self._bytes_listed,
            bytes_read=self._bytes_read,
            findings=_sorted(self._findings),
            occurrences=_sorted(self._occurrences),
            seconds=seconds,
            complete=self._complete and not cut_short,
            interrupted=cut_short,
            allowed=_sorted(self._allowed),
            hidden=_sorted(self._hidden),
            life=_sorted(self._life),
            unchanged=self._unchanged,
            events=_sorted(events),
            encryption={bucket: _sorted(counts) for bucket, counts in sorted(self._encryption.items())},
            requests=_sorted(requests),
        )

    def add_unseen(self, findings: int) -> None:
        """Count findings of objects that were not met and may be there all the same."""
        if findings:
            self._life[Life.UNSEEN.value] += findings

    def _add_life(self, life: ObjectLife | None) -> None:
        if life is not None:
            self._unchanged += life.unchanged
            if life.finding:
                self._life[life.finding.value] += 1

    def _add_detections(self, result: ObjectResult) -> None:
        for detection in result.detections:
            self._occurrences[detection.identifier] += detection.count
        counted = count_in(result.detections, self._identifiers)
        if counted:
            self._findings[worst(counted).value] += 1


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items()))
