"""How often something was found, by how bad it is: what a bar of the report is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from identifiers.model import Severity
from scanner.reports.severity import Counted, worst

WORST_FIRST: Final = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
"""The severities in the order in which people read them."""


@dataclass(slots=True)
class Spread:
    """Objects by the worst severity of what was found in them.

    :param by_severity: severity -> objects
    :param occurrences: in all of them together
    """

    by_severity: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(WORST_FIRST, 0))
    occurrences: int = 0

    def add(self, found: Sequence[Counted]) -> None:
        """Counts in what was found in one object, at least one detection."""
        self.by_severity[worst(found)] += 1
        self.occurrences += sum(one.detection.count for one in found)

    @property
    def objects(self) -> int:
        """All of them."""
        return sum(self.by_severity.values())

    @property
    def worst(self) -> Severity:
        """The highest severity of any of them; low if there are none."""
        return next((severity for severity in WORST_FIRST if self.by_severity[severity]), Severity.LOW)

    @property
    def rank(self) -> tuple[int, ...]:
        """What comes first in a list: most objects of high severity, then of medium, then of low, then most occurrences."""
        return (*self.by_severity.values(), self.occurrences)
