"""The findings that the page lists one by one, kept small: encoded at once, the worst of them only."""

import heapq
from collections.abc import Callable, Iterator, Sequence

import orjson

from scanner.model.result import ObjectResult
from scanner.reports.html.life import life_of
from scanner.reports.rows import DetectionRow, FindingRow, finding_row
from scanner.reports.severity import SCORES, Counted, worst

Rank = tuple[int, int, int]
Json = dict[str, object]


class Worst:
    """The items of highest rank, at most `most` of them."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[Rank, bytes]] = []

    def offer(self, rank: Rank, make: Callable[[], bytes]) -> None:
        """Keeps what `make` gives if its rank, which no other item has, is high enough."""
        # Copied: orjson leaves some 4 KB of memory behind each text that it makes, for as long as the text lives.
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, (rank, bytes(memoryview(make()))))
        elif self._heap and rank > self._heap[0][0]:
            heapq.heapreplace(self._heap, (rank, bytes(memoryview(make()))))

    def ordered(self) -> Iterator[bytes]:
        """The items, highest rank first."""
        return (item for _, item in sorted(self._heap, reverse=True))

    def __len__(self) -> int:
        return len(self._heap)


class Listing:
    """Findings in the order in which somebody should look at them: by severity, then by occurrences, then as they were met.

    :param most: findings listed at all
    :param most_shown: of them, those whose occurrences are shown
    :param samples: occurrences shown of each identifier in an object
    """

    def __init__(self, *, most: int, most_shown: int, samples: int) -> None:
        self._samples = samples
        self._lines = Worst(most)
        self._evidence = Worst(min(most, most_shown))
        self.findings = 0

    def add(self, result: ObjectResult, counted: Sequence[Counted]) -> None:
        """Takes a finding in."""
        self.findings += 1
        rank = (SCORES[worst(counted)], sum(one.detection.count for one in counted), -self.findings)
        self._lines.offer(rank, lambda: orjson.dumps(_line(finding_row(result, counted, samples=0), life_of(result))))
        self._evidence.offer(rank, lambda: _evidence(result, finding_row(result, counted, samples=self._samples)))

    def lines(self) -> Iterator[Json]:
        """What a line of the list says, in order: members as in `_line`."""
        return map(orjson.loads, self._lines.ordered())

    def evidence(self) -> Iterator[bytes]:
        """What is shown when a line is opened, as JSON, in the same order; fewer than lines if they are many."""
        return self._evidence.ordered()

    @property
    def listed(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def shown(self) -> int:
        """How many of them have evidence."""
        return len(self._evidence)


def _line(row: FindingRow, life: str) -> Json:
    return {
        "root": row.root,
        "folder": row.folder,
        "name": row.name,
        "severity": SCORES[row.severity],
        "count": row.count,
        "type": row.media_type,
        "size": row.size,
        "outcome": f"{row.status}: {row.reason}" if row.reason else "",
        "life": life,
        "detections": [(one.identifier, one.count, SCORES[one.severity], one.confidence) for one in row.detections],
    }


def _evidence(result: ObjectResult, row: FindingRow) -> bytes:
    """`[uri, [[place, mask, confidence, evidence], ...] for each detection]`."""
    return orjson.dumps([result.object.ref.uri, list(map(_places, row.detections))])


def _places(detection: DetectionRow) -> list[tuple[str, str, str, str]]:
    return [(one.place, one.mask, one.confidence, ", ".join(one.evidence)) for one in detection.occurrences]
