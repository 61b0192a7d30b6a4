"""From a tally to detections: groups vote, what is too unsure goes, occurrences are put in document order."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scanner.detection.column_counts import ColumnCounts
from scanner.detection.file_names import telling_name
from scanner.detection.judged import conclude_judged, count_judged_allowed
from scanner.detection.rules import Rule
from scanner.detection.settings import DetectionSettings
from scanner.detection.tally import Group, GroupKey, Tally
from scanner.detection.votes import NO_VOTE, Vote, vote, voted
from scanner.model.occurrence import Confidence, Occurrence
from scanner.model.result import Detection


def conclude(tally: Tally, rules: tuple[Rule, ...], settings: DetectionSettings, name: str = "") -> tuple[Detection, ...]:
    """The detections of one whole object, by identifier id.

    :param name: of the object, with or without folders
    """
    by_identifier: dict[str, list[tuple[GroupKey, Group, _Verdict]]] = {}
    for key, group in tally.groups.items():
        by_identifier.setdefault(rules[key.rule].identifier.id, []).append((key, group, _verdict(key, group, rules[key.rule], name)))
    detections = (_detection(identifier, groups, ColumnCounts(tally), settings) for identifier, groups in sorted(by_identifier.items()))
    by_pattern = (detection for detection in detections if detection is not None)
    return tuple(sorted((*by_pattern, *conclude_judged(tally, settings)), key=lambda detection: detection.identifier))


def count_allowed(tally: Tally, rules: tuple[Rule, ...], settings: DetectionSettings, name: str = "") -> dict[str, int]:
    """Identifier id -> occurrences that would be reported if they were not allowed; by id."""
    counts: Counter[str] = Counter()
    for key, group in tally.groups.items():
        verdict = _verdict(key, group, rules[key.rule], name) if group.allowed else _Verdict(NO_VOTE)
        for before, times in group.allowed.items():
            after = verdict.on(before)
            if after is not None and after >= settings.min_confidence:
                counts[rules[key.rule].identifier.id] += times
    counts.update(count_judged_allowed(tally, settings))
    return dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What is said of a group as a whole.

    :param file: the name of the file, if it is one that holds such things
    """

    vote: Vote
    file: str = ""

    def on(self, confidence: Confidence) -> Confidence | None:
        """`confidence` after it; None when nothing is left of it."""
        after = voted(confidence, self.vote)
        return after if after is None or not self.file else Confidence(min(after + 1, Confidence.HIGH))

    def told(self, occurrence: Occurrence, confidence: Confidence) -> Occurrence:
        """`occurrence` with it."""
        said = tuple(filter(None, (self.vote.evidence, self.file and f"file:{self.file}")))
        return replace(occurrence, confidence=confidence, evidence=(*occurrence.evidence, *said)) if said else occurrence


def _verdict(key: GroupKey, group: Group, rule: Rule, name: str) -> _Verdict:
    result = vote(group, rule, key.support, tabular=bool(key.column))
    return _Verdict(result, telling_name(key.member[-1] if key.member else name) if rule.grows else "")


def _detection(
    identifier: str, groups: Iterable[tuple[GroupKey, Group, _Verdict]], columns: ColumnCounts, settings: DetectionSettings
) -> Detection | None:
    count, best, occurrences = 0, Confidence.LOW, list[Occurrence]()
    for key, group, verdict in groups:
        for before, times in group.counts.items():
            after = verdict.on(before)
            if after is None or after < settings.min_confidence:
                continue
            count, best = count + times, max(best, after)
            columns.add((key.member, key.column), times, after)
            occurrences += [verdict.told(occurrence, after) for occurrence in group.kept.get(before, ())]
    if not count:
        return None
    occurrences.sort(key=_document_order)
    return Detection(identifier, count, best, tuple(occurrences[: settings.max_occurrences]), columns.listed())


def _document_order(occurrence: Occurrence) -> tuple[object, ...]:
    location = occurrence.location
    return (occurrence.member, type(location).__name__, location, occurrence.fingerprint)
