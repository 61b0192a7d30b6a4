"""Takes out of results what is not to be reported, and says how much of what it was."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from scanner.findings.baseline import Baseline
from scanner.findings.path_patterns import PathPatterns
from scanner.findings.rules import Rule
from scanner.model.objects import ObjectRef
from scanner.model.result import Detection, Hidden, ObjectResult

BASELINE: Final = "baseline"
"""Stands for the rule where something is hidden because the baseline has it."""


@dataclass(frozen=True, slots=True)
class _Ready:
    rule: Rule
    paths: PathPatterns

    def meets(self, ref: ObjectRef, identifier: str) -> bool:
        rule = self.rule
        if rule.identifiers and identifier not in rule.identifiers:
            return False
        return not rule.paths or self.paths.match(ref)


@dataclass(slots=True)
class Screen:
    """Hides what rules and a baseline say.

    :param rules: those that have expired are left out by `open_screen`
    :param baseline: None for none
    :ivar used: ids of the rules that hid something
    """

    rules: Sequence[_Ready] = ()
    baseline: Baseline | None = None
    used: set[str] = field(default_factory=set)

    def __call__(self, result: ObjectResult) -> ObjectResult:
        """The result without what is hidden; what that is stands in `hidden`."""
        hidden: list[Hidden] = []
        screened = [self._screened(result.object.ref, detection, hidden) for detection in result.detections]
        shown = tuple(one for one in screened if one is not None)
        left = replace(result, detections=shown, hidden=tuple(hidden)) if hidden else result
        return self._without_lives(left, {one.identifier for one in result.detections}) if result.life else left

    def _screened(self, ref: ObjectRef, detection: Detection, hidden: list[Hidden]) -> Detection | None:
        left: Detection | None = detection
        for ready in self.rules:
            if left is not None and ready.meets(ref, left.identifier):
                left = self._note(left, _less(left, ready.rule.fingerprints), ready.rule.id, hidden)
        if left is not None and self.baseline is not None:
            left = self._note(left, self.baseline.news(ref.uri, left), BASELINE, hidden)
        return left

    def _note(self, before: Detection, after: Detection | None, rule: str, hidden: list[Hidden]) -> Detection | None:
        count = before.count - (after.count if after else 0)
        if count:
            hidden.append(Hidden(before.identifier, count, rule))
            self.used.add(rule)
        return after

    def _without_lives(self, result: ObjectResult, found: AbstractSet[str]) -> ObjectResult:
        """Without the lives of what is hidden as a whole, also where it was not found this time."""
        assert result.life is not None, "asked only where there is one"
        shown = {one.identifier for one in result.detections}
        kept = tuple(
            one
            for one in result.life.detections
            if one.identifier in shown or (one.identifier not in found and not self._hides_all(result.object.ref, one.identifier))
        )
        return result if len(kept) == len(result.life.detections) else replace(result, life=replace(result.life, detections=kept))

    def _hides_all(self, ref: ObjectRef, identifier: str) -> bool:
        return any(not ready.rule.fingerprints and ready.meets(ref, identifier) for ready in self.rules)


def open_screen(rules: Iterable[Rule], baseline: Baseline | None, today: date) -> Screen:
    """A screen of the rules that hold today. Raises ConfigError for a path pattern that is none."""
    return Screen([_Ready(rule, PathPatterns(rule.paths)) for rule in rules if rule.holds(today)], baseline)


def _less(detection: Detection, fingerprints: Sequence[str]) -> Detection | None:
    """What is left without these values; without any named, nothing."""
    if not fingerprints:
        return None
    left = tuple(one for one in detection.occurrences if one.fingerprint not in fingerprints)
    count = detection.count - (len(detection.occurrences) - len(left))
    return replace(detection, count=count, occurrences=left, columns=()) if count else None
