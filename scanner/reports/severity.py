"""How bad it is: by the thresholds of each identifier, the worst of them for the object."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from identifiers.model import Identifier, Severity
from scanner.model.result import Detection

SCORES: Final[Mapping[Severity, int]] = {Severity.LOW: 1, Severity.MEDIUM: 2, Severity.HIGH: 3}
"""Macie's scores."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A detection that counts towards a finding, with what it is of and how bad it is."""

    detection: Detection
    identifier: Identifier
    severity: Severity


def severity_of(identifier: Identifier, count: int) -> Severity | None:
    """The severity of `count` occurrences; None below the identifier's first threshold, where it makes no finding."""
    reached = [level.severity for level in identifier.severity_levels if level.occurrences <= count]
    return reached[-1] if reached else None


def count_in(detections: Iterable[Detection], identifiers: Mapping[str, Identifier]) -> list[Counted]:
    """The detections that make a finding, in the order given; none if the object makes none."""
    judged = ((one, identifiers[one.identifier], severity_of(identifiers[one.identifier], one.count)) for one in detections)
    return [Counted(one, identifier, _worse(severity, one.raised)) for one, identifier, severity in judged if severity]


def _worse(severity: Severity, steps: int) -> Severity:
    return _ORDER[min(_ORDER.index(severity) + steps, len(_ORDER) - 1)] if steps else severity


_ORDER: Final = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)


def worst(counted: Iterable[Counted]) -> Severity:
    """The severity of the finding that at least one detection makes."""
    return max((one.severity for one in counted), key=SCORES.__getitem__)
