"""What became of findings since earlier runs: only a run with a state store knows."""

from dataclasses import dataclass, field
from typing import Final

from scanner.model.records import Summary
from scanner.model.result import ObjectResult
from scanner.reports.rows import shown_name, shown_root

LIVES: Final = (
    ("new", "New", "Found for the first time."),
    ("changed", "Changed", "Something of it is new or gone."),
    ("unchanged", "Unchanged", "As it was."),
    ("resolved", "Resolved", "Found earlier and not any more."),
    ("unseen", "Not seen again", "Found earlier, and this time it could not be looked at: it stays open."),
)
_ENDED: Final = ("resolved", "unseen")
_MOST: Final = 100


def life_of(result: ObjectResult) -> str:
    """What became of the finding of an object, one of LIVES; empty if nobody knows."""
    finding = result.life.finding if result.life else None
    return finding.value if finding else ""


@dataclass(slots=True)
class Ended:
    """Findings that are not there any more, or could not be seen: no detection tells of them.

    :param listed: life, what holds the object, folder, name; the first hundred
    :param counts: life -> all of them
    """

    listed: list[tuple[str, str, str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, result: ObjectResult) -> None:
        """Takes an object in."""
        life = life_of(result)
        if life in _ENDED:
            self.counts[life] = self.counts.get(life, 0) + 1
            if len(self.listed) < _MOST:
                self.listed.append((life, shown_root(result.object.ref), *shown_name(result.object.ref)))


def lives_of(summary: Summary) -> list[tuple[str, str, str, int]]:
    """Life, its name, its meaning and the number of findings; nothing without a state store."""
    return [(life, name, meaning, summary.life.get(life, 0)) for life, name, meaning in LIVES] if summary.life else []
