"""Names and addresses in texts: what `scanner.names` finds, as matches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from identifiers.model import Identifier, Pattern
from scanner.detection.match import Match, Support
from scanner.detection.rules import Rule
from scanner.detection.settings import DetectionSettings
from scanner.model.names_mode import NamesMode
from scanner.model.occurrence import Confidence

if TYPE_CHECKING:
    from scanner.names.prose import Prose, ProseSearch

AROUND: Final = 8000
"""Characters before and behind a name that decide on it; `scanner.names.units` looks no farther."""
KINDS: Final = ("NAME", "ADDRESS")
_NO_SHAPE: Final = Pattern("(?!)")


@dataclass(slots=True)
class NameBudget:
    """How many names and how many addresses are still looked for in one object.

    :param cap: of each kind; None for all
    :param spent: kinds of which more may stand there
    """

    cap: int | None
    found: dict[str, int] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def is_spent(self, kind: str) -> bool:
        """Whether as many were found as are wanted."""
        return self.cap is not None and self.found.get(kind, 0) >= self.cap

    def take(self, kind: str) -> bool:
        """Count one; False when it is one too many."""
        if self.is_spent(kind):
            self.spent.add(kind)
            return False
        self.found[kind] = self.found.get(kind, 0) + 1
        return True


@dataclass(frozen=True, slots=True)
class ProseFinder:
    """Finds names and addresses in the texts of one object."""

    rules: "ProseRules"
    budget: NameBudget

    def find(self, text: str, span: tuple[int, int]) -> list[Match]:
        """What begins in `span` of `text`, by place, as long as the budget lasts."""
        wanted = [kind for kind in self.rules.kinds if not self.budget.is_spent(kind)]
        if not wanted:
            self.budget.spent.update(self.rules.kinds)
            return []
        return self._taken(self.rules.search.find(text, text.encode("utf-8", "replace"), span, asks=self._asks))

    def _taken(self, prose: Iterable["Prose"]) -> list[Match]:
        """As many of `prose` as the budget has left, by place."""
        found: list[Match] = []
        for one in prose:
            if self.budget.take(one.kind):
                found.append(_match(self.rules.kinds[one.kind], one.start, one.end, one.evidence, sure=one.sure))
            elif all(self.budget.is_spent(kind) for kind in self.rules.kinds):
                self.budget.spent.update(self.rules.kinds)
                break
        return sorted(found, key=lambda match: match.start)

    def find_each(self, texts: Sequence[str]) -> Iterator[list[Match]]:
        """What is in each of many short texts, as long as the budget lasts; counted when it is taken."""
        for number, found in enumerate(self.rules.search.find_each(texts, asks=self._asks)):
            if all(self.budget.is_spent(kind) for kind in self.rules.kinds):
                self.budget.spent.update(self.rules.kinds)
                yield from ([] for _ in texts[number:])
                return
            yield self._taken(found)

    def _asks(self) -> bool:
        """Whether the model is to read on. It reads for names above all: when these are spent, addresses are found by rules alone."""
        if not self.budget.is_spent("NAME"):
            return True
        self.budget.spent.update(self.rules.kinds)
        return False

    def take_again(self, matches: Sequence[Match]) -> bool:
        """Count the same matches in another place; False when one is too many."""
        taken = [self.budget.take(match.rule.identifier.id) for match in matches]
        return all(taken)


class ProseRules:
    """What is wanted of prose, by the identifiers and settings of a run."""

    def __init__(self, identifiers: Iterable[Identifier], settings: DetectionSettings) -> None:
        wanted = [one for one in identifiers if one.judged and one.id in KINDS] if settings.names is NamesMode.FULL else []
        # In no ruleset: it carries the identifier, and matches nothing.
        self.kinds: Mapping[str, Rule] = {one.id: Rule(-1, one, _NO_SHAPE) for one in wanted}
        self._model = settings.names_model

    def within(self, budget: NameBudget) -> ProseFinder | None:
        """The finder for one object; None if nothing is wanted."""
        return ProseFinder(self, budget) if self.kinds else None

    @cached_property
    def search(self) -> "ProseSearch":
        """Reads its word lists when the first text comes."""
        from scanner.names.prose import ProseSearch

        return ProseSearch(self._model, frozenset(self.kinds))


def _match(rule: Rule, start: int, end: int, evidence: tuple[str, ...], *, sure: bool) -> Match:
    confidence = Confidence.HIGH if sure else Confidence.MEDIUM
    return Match(rule, start, end, start, end, Support.ALONE, confidence, evidence, verified=False)
