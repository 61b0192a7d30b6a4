"""What became of findings since earlier runs: only a run with a state store knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from scanner.model.life import Life, ObjectLife, Resolution
from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.reports.overview import WorstRows
from scanner.reports.rows import FindingRow, shown_name, shown_root
from scanner.reports.severity import Counted

LIVES: Final = (
    ("new", "New", "Found for the first time."),
    ("changed", "Changed", "Something of it is new or gone."),
    ("unchanged", "Unchanged", "As it was."),
    ("resolved", "Resolved", "Found earlier and not any more."),
    ("unseen", "Not seen again", "Found earlier, and this time it could not be looked at: it stays open."),
)
_ENDED: Final = ("resolved", "unseen")
_NEWS: Final = ("new", "changed")
_MOST: Final = 100
_MOST_NEWS: Final = 10
_WHY: Final[Mapping[Resolution, str]] = {
    Resolution.REMOVED: "its content is not there any more",
    Resolution.DELETED: "the object is gone",
    Resolution.RULES: "it is not looked for any more",
    Resolution.BELOW_THRESHOLD: "too little of it is left",
}


def life_of(result: ObjectResult) -> str:
    """What became of the finding of an object, one of LIVES; empty if nobody knows."""
    finding = result.life.finding if result.life else None
    return finding.value if finding else ""


@dataclass(frozen=True, slots=True)
class EndedRow:
    """A finding that is not there any more, or could not be seen.

    :param root: what holds the object
    :param why: in words
    :param since: the day on which it was first found
    """

    life: str
    root: str
    folder: str
    name: str
    why: str
    since: str


@dataclass(slots=True)
class Ended:
    """Findings that are not there any more, or could not be seen: no detection tells of them.

    :param listed: the first hundred
    :param counts: life -> all of them
    """

    listed: list[EndedRow] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, result: ObjectResult) -> None:
        """Takes an object in."""
        life = life_of(result)
        if life in _ENDED and result.life:
            self.counts[life] = self.counts.get(life, 0) + 1
            if len(self.listed) < _MOST:
                place = (shown_root(result.object.ref), *shown_name(result.object.ref))
                self.listed.append(EndedRow(life, *place, _why(result, result.life), _first_seen(result.life)))


class News:
    """The worst of what is new or changed."""

    def __init__(self) -> None:
        self._rows = {life: WorstRows(_MOST_NEWS) for life in _NEWS}

    def add(self, result: ObjectResult, counted: Sequence[Counted]) -> None:
        """Takes an object with findings in."""
        rows = self._rows.get(life_of(result))
        if rows is not None:
            rows.add(result, counted)

    def listed(self) -> list[tuple[str, FindingRow]]:
        """`New` or `Changed`, and the finding: the new ones first, each the worst first, ten of each at most."""
        return [(life.capitalize(), row) for life, rows in self._rows.items() for row in rows.ordered()]


def lives_of(summary: Summary) -> list[tuple[str, str, str, int]]:
    """Life, its name, its meaning and the number of findings; nothing without a state store."""
    return [(life, name, meaning, summary.life.get(life, 0)) for life, name, meaning in LIVES] if summary.life else []


def _why(result: ObjectResult, life: ObjectLife) -> str:
    if life.finding is Life.UNSEEN:
        outcome = result.outcome
        return outcome.reason.value.replace("_", " ") if outcome.reason else outcome.status.value
    reasons = [one.resolution for one in life.detections if one.resolution]
    return ", ".join(_WHY[reason] for reason in dict.fromkeys(reasons))


def _first_seen(life: ObjectLife) -> str:
    return f"{min(one.first_seen for one in life.detections):%Y-%m-%d}"
