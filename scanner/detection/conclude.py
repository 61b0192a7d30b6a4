"""From a tally to detections: groups vote, what is too unsure goes, occurrences are put in document order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scanner.detection.rules import Rule
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Group, GroupKey, Tally
from scanner.detection.votes import NO_VOTE, Vote, vote, voted
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.result import Detection


def conclude(tally: Tally, rules: tuple[Rule, ...], settings: DetectionSettings) -> tuple[Detection, ...]:
    """The detections of one whole object, by identifier id."""
    by_identifier: dict[str, list[tuple[GroupKey, Group]]] = {}
    for key, group in tally.groups.items():
        by_identifier.setdefault(rules[key.rule].identifier.id, []).append((key, group))
    detections = (_detection(identifier, groups, rules, settings) for identifier, groups in sorted(by_identifier.items()))
    return tuple(detection for detection in detections if detection is not None)


def count_allowed(tally: Tally, rules: tuple[Rule, ...], settings: DetectionSettings) -> dict[str, int]:
    """Identifier id -> occurrences that would be reported if they were not allowed; by id."""
    counts: Counter[str] = Counter()
    for key, group in tally.groups.items():
        result = vote(group, rules[key.rule], key.support, tabular=bool(key.column)) if group.allowed else NO_VOTE
        for before, times in group.allowed.items():
            after = voted(before, result)
            if after is not None and after >= settings.min_confidence:
                counts[rules[key.rule].identifier.id] += times
    return dict(sorted(counts.items()))


def _detection(
    identifier: str, groups: Iterable[tuple[GroupKey, Group]], rules: tuple[Rule, ...], settings: DetectionSettings
) -> Detection | None:
    count, best, occurrences = 0, Confidence.LOW, list[Occurrence]()
    for key, group in groups:
        result = vote(group, rules[key.rule], key.support, tabular=bool(key.column))
        for before, times in group.counts.items():
            after = voted(before, result)
            if after is None or after < settings.min_confidence:
                continue
            count, best = count + times, max(best, after)
            occurrences += [_judged(occurrence, after, result) for occurrence in group.kept.get(before, ())]
    if not count:
        return None
    occurrences.sort(key=_document_order)
    return Detection(identifier, count, best, tuple(occurrences[: settings.max_occurrences]))


def _judged(occurrence: Occurrence, confidence: Confidence, result: Vote) -> Occurrence:
    if result is NO_VOTE:
        return occurrence
    return replace(occurrence, confidence=confidence, evidence=(*occurrence.evidence, result.evidence))


def _document_order(occurrence: Occurrence) -> tuple[object, ...]:
    location = occurrence.location
    return (occurrence.member, type(location).__name__, location, occurrence.fingerprint)
