"""Which folders hold the most, counted in bounded memory."""

from collections.abc import Sequence
from typing import Final

from scanner.model.objects import ObjectRef
from scanner.reports.html.spread import Spread
from scanner.reports.rows import shown_name, shown_root
from scanner.reports.severity import Counted

# A folder costs about half a kilobyte.
_MOST: Final = 50_000

Place = tuple[str, str]
"""What holds a folder (a target, a bucket), and the folder in it, with `/` at its end unless empty."""


class Folders:
    """Spreads by folder.

    Beyond `most` folders the least important half is forgotten. Objects come in the order of their names, so a folder that is
    forgotten seldom comes again; `exact` says whether any was.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._spreads: dict[Place, Spread] = {}
        self.exact = True

    def add(self, ref: ObjectRef, found: Sequence[Counted]) -> None:
        """Counts an object with findings in."""
        place = (shown_root(ref), shown_name(ref)[0])
        if place not in self._spreads and len(self._spreads) >= self._most:
            self._forget()
        self._spreads.setdefault(place, Spread()).add(found)

    def top(self, count: int) -> list[tuple[Place, Spread]]:
        """The worst, at most `count` of them."""
        return self._ordered()[:count]

    def __len__(self) -> int:
        return len(self._spreads)

    def _ordered(self) -> list[tuple[Place, Spread]]:
        return sorted(self._spreads.items(), key=lambda item: ([-part for part in item[1].rank], item[0]))

    def _forget(self) -> None:
        self._spreads = dict(self._ordered()[: self._most // 2])
        self.exact = False
