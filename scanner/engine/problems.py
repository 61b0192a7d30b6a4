"""Gathers what could not be read inside one object; a hostile archive has a hundred thousand such members."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from scanner.model.outcome import Problem, Reason

_MOST_LISTED: Final = 1000


class Problems:
    """Problems in the order met: the first thousand one by one, the others counted by reason."""

    def __init__(self, most_listed: int = _MOST_LISTED) -> None:
        self._most = most_listed
        self._listed: list[Problem] = []
        self._more: Counter[Reason] = Counter()

    def add(self, problems: Iterable[Problem]) -> None:
        """Note them."""
        for problem in problems:
            if len(self._listed) < self._most:
                self._listed.append(problem)
            else:
                self._more[problem.reason] += 1

    def listed(self) -> tuple[Problem, ...]:
        """All of them; the last ones say how many more there are of each reason."""
        return (*self._listed, *(Problem(reason, f"{count} more, not listed") for reason, count in sorted(self._more.items())))
