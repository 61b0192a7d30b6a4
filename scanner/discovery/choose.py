"""Chooses what to read next: first a little of everything, then most where something sensitive is likely or not ruled out."""

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scanner.discovery.clusters import Cluster
from scanner.discovery.survey import Prospect, Tally

_SMALLEST_ROUND: Final = 64


@dataclass(slots=True)
class Budget:
    """What may still be read today. Shrinks as objects are chosen."""

    objects: int
    size: int

    def takes(self, size: int) -> bool:
        """Whether an object of this size may be read."""
        return self.objects > 0 and size <= self.size

    def spend(self, size: int) -> None:
        """An object of this size is going to be read."""
        self.objects -= 1
        self.size -= size


def urgency(tally: Tally) -> float:
    """How much is to be learnt from one more object of a cluster: an upper estimate of the chance that it is sensitive.

    The mean and one standard deviation of a beta distribution that knows as many sensitive and other objects as were tried: high
    where most were sensitive, high where few were tried, low where many were tried in vain.
    """
    mean = (tally.sensitive + 1) / (tally.tried + 2)
    deviation = math.sqrt(mean * (1 - mean) / (tally.tried + 3))
    return min(1.0, mean + deviation)


class Chooser:
    """Chooses prospects round by round.

    :param waiting: cluster -> its prospects, the first first
    """

    def __init__(self, waiting: Mapping[Cluster, list[Prospect]]) -> None:
        # The next one is at the end.
        self._waiting = {cluster: list(reversed(prospects)) for cluster, prospects in waiting.items() if prospects}

    def broad(self, tallies: Mapping[Cluster, Tally], budget: Budget) -> list[Prospect]:
        """One object of each cluster of which none was ever tried; the buckets take turns, largest clusters first."""
        new: defaultdict[tuple[str, str], list[Cluster]] = defaultdict(list)
        for cluster in sorted(self._waiting, key=lambda one: (-tallies[one].objects, one)):
            if not tallies[cluster].tried:
                new[cluster.store, cluster.bucket].append(cluster)
        chosen: list[Prospect] = []
        for turn in range(max(map(len, new.values()), default=0)):
            for clusters in (new[bucket] for bucket in sorted(new)):
                if turn < len(clusters):
                    chosen += self._next(clusters[turn], budget)
        return chosen

    def deep(self, tallies: Mapping[Cluster, Tally], budget: Budget) -> list[Prospect]:
        """A round of objects, of each cluster in proportion to its urgency.

        It takes half of the budget at most, so that what it finds steers the next; but so many that starting does not cost more.
        """
        most, size = max(_SMALLEST_ROUND, budget.objects // 2), budget.size // 2
        chosen: list[Prospect] = []
        queue = [(-urgency(tallies[cluster]), 0, cluster) for cluster in self._waiting]
        heapq.heapify(queue)
        while queue and len(chosen) < most and (budget.size > size or len(chosen) < _SMALLEST_ROUND):
            _, taken, cluster = heapq.heappop(queue)
            found = self._next(cluster, budget)
            chosen += found
            if found and self._waiting.get(cluster):
                heapq.heappush(queue, (-urgency(tallies[cluster]) / (taken + 2), taken + 1, cluster))
        return chosen

    def _next(self, cluster: Cluster, budget: Budget) -> list[Prospect]:
        """The next prospect of the cluster that the budget takes; those before it wait for another day."""
        waiting = self._waiting.get(cluster, [])
        while waiting:
            prospect = waiting.pop()
            if budget.takes(prospect.stored.size):
                budget.spend(prospect.stored.size)
                return [prospect]
        self._waiting.pop(cluster, None)
        return []
