"""Lists everything and says what is known of it: by cluster how much there is, how much of it was analysed, what was found."""

import hashlib
import heapq
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Final

from identifiers.model import Severity
from scanner.discovery.clusters import Cluster, Clusters
from scanner.discovery.score import FoundKind
from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.reports.severity import SCORES
from scanner.sources.base import Source
from scanner.sources.judged import JudgedSource
from scanner.sources.s3 import UNLISTABLE, S3Source
from scanner.sources.several import SeveralSources
from scanner.state.codec import Listed, aside_of
from scanner.state.covers import Shadows, covers_of
from scanner.state.lives import Row
from scanner.state.names import Name, name_of, ref_of
from scanner.state.objects import Known, ObjectTable
from scanner.state.seen import Seen
from scanner.state.store import Store

# Prospects are kept in memory, about half a KB each.
_MOST_PROSPECTS: Final = 100_000
_ASKED_EVERY: Final = 1000
# An object that takes more of a day's bytes waits for smaller ones.
_LARGE_SHARE: Final = 10


class Rank(IntEnum):
    """Which prospects of a cluster come first."""

    UNREAD = 0
    LARGE = 1
    # Read with other identifiers or by another version.
    OUTDATED = 2
    FAILED = 3


@dataclass(frozen=True, slots=True, order=True)
class Prospect:
    """An object that could be read.

    :param draw: a number that chance gives it, the same every time
    """

    rank: Rank
    draw: int
    stored: StoredObject = field(compare=False)


@dataclass(slots=True)
class Tally:
    """What is known of the objects of a cluster or a bucket. Grows while it is counted.

    :param objects: that were listed and are not known to be of a type that is not read
    :param analysed: as they are now, wholly or partly
    :param analysed_bytes: their size
    :param sensitive: of the analysed ones
    :param unsupported: known to be of a type that is not read
    :param failed: tried in vain, as they are now
    :param too_large: for a day's budget
    :param found: identifier id -> what was found of it
    """

    objects: int = 0
    size: int = 0
    analysed: int = 0
    analysed_bytes: int = 0
    sensitive: int = 0
    unsupported: int = 0
    failed: int = 0
    too_large: int = 0
    found: dict[str, FoundKind] = field(default_factory=dict)

    @property
    def tried(self) -> int:
        """How many were looked at, with whatever success."""
        return self.analysed + self.unsupported + self.failed

    def add(self, other: "Tally") -> None:
        """Count the objects of `other`, too."""
        for name in ("objects", "size", "analysed", "analysed_bytes", "sensitive", "unsupported", "failed", "too_large"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for identifier, one in other.found.items():
            self.found[identifier] = _together(self.found.get(identifier), one)

    def read(self, size: int, found: dict[str, FoundKind]) -> None:
        """Count an object that was analysed."""
        self.analysed += 1
        self.analysed_bytes += size
        self.sensitive += bool(found)
        for identifier, one in found.items():
            self.found[identifier] = _together(self.found.get(identifier), one)

    def unread(self, size: int, found: dict[str, FoundKind]) -> None:
        """Take back what `read` counted. The worst severity stays as it is: which objects it came from is not kept."""
        self.analysed -= 1
        self.analysed_bytes -= size
        self.sensitive -= bool(found)
        for identifier, one in found.items():
            all_of_it = self.found.pop(identifier)
            if all_of_it.objects > 1:
                counts = (all_of_it.occurrences - one.occurrences, all_of_it.objects - one.objects)
                self.found[identifier] = FoundKind(all_of_it.severity, *counts)


class Survey:
    """What there is and what is known of it.

    :param store: open for writing; what earlier runs found is in it
    :param circumstance: number of that of the run to come; what was read in another is outdated
    :param most: prospects that are kept in memory, and one more for each cluster
    :param ignored: bucket -> identifiers that do not count in it
    :param day_bytes: what may be read in a day; larger objects are never prospects

    :ivar buckets: those that were to be listed, the empty ones, too
    :ivar clusters: what is known of each
    :ivar left_out: bucket -> what the listing did not offer: empty, archived, links, excluded
    :ivar unlisted: buckets that could not be listed, or not to their end, with the reason
    :ivar vanished: objects that the state knows and that are not there any more
    """

    def __init__(
        self,
        store: Store,
        now: datetime,
        *,
        ignored: Mapping[str, frozenset[str]],
        day_bytes: int,
        circumstance: int,
        most: int = _MOST_PROSPECTS,
    ) -> None:
        self._table = ObjectTable(store)
        self._clusters = Clusters(now)
        self._ignored = ignored
        self._day_bytes = day_bytes
        self._circumstance = circumstance
        self._most = self._keep = most
        self._prospects: defaultdict[Cluster, list[tuple[int, int, Prospect]]] = defaultdict(list)
        self._kept = 0
        self._picked: dict[ObjectRef, Cluster] = {}
        self.buckets: set[tuple[str, str]] = set()
        self.clusters: defaultdict[Cluster, Tally] = defaultdict(Tally)
        self.left_out: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.unlisted: dict[tuple[str, str], str] = {}
        self.vanished: list[ObjectRef] = []

    def take(self, source: Source, goes_on: Callable[[int], bool] = lambda _met: True) -> bool:
        """List all of `source`; whether it was listed to its end. Raises TargetError as it does, and StateError.

        :param goes_on: asked now and then, with the number of objects met so far, whether to go on
        """
        self.buckets |= set(_buckets_in(source))
        seen, shadows, buckets = Seen(), Shadows(), set[str]()
        for number, met in enumerate(source.objects()):
            if number % _ASKED_EVERY == 0 and not goes_on(number):
                return False
            if met.ref.store == "s3":
                buckets.add(met.ref.bucket)
            known = self._table.find(name_of(met.ref))
            if known is not None:
                seen.add(known.id)
            if isinstance(met, Unlisted):
                self._pass_over(met, shadows)
            else:
                self._count(met, known)
        self.vanished = list(self._missing(source, sorted(buckets), seen, shadows))
        return True

    def prospects(self, cluster: Cluster) -> list[Prospect]:
        """The objects of the cluster that could be read, the first first; some of them where there are very many."""
        return sorted(one for *_, one in self._prospects.get(cluster, ()))

    def learn(self, result: ObjectResult, severities: dict[str, Severity]) -> Cluster | None:
        """Count what became of a prospect that was read. Its cluster; None if it was not picked.

        :param severities: of the identifiers in it that make a finding
        """
        stored = result.object
        cluster = self._picked.pop(stored.ref, None)
        if cluster is None:
            return None
        found = {
            one.identifier: FoundKind(severities[one.identifier], one.count, 1) for one in result.detections if one.identifier in severities
        }
        self._judge(self.clusters[cluster], stored, result.outcome, self._counting(stored.ref.bucket, found))
        return cluster

    def pick(self, prospect: Prospect) -> None:
        """Take back what is known of a prospect that is to be read again; `learn` counts it anew."""
        stored = prospect.stored
        cluster = self._picked[stored.ref] = self._clusters.of(stored)
        tally = self.clusters[cluster]
        if prospect.rank is Rank.FAILED:
            tally.failed -= 1
        elif prospect.rank is Rank.OUTDATED:
            known = self._table.find(name_of(stored.ref))
            rows = self._table.detections(known.id) if known and known.detections else {}
            tally.unread(stored.size, self._counting(stored.ref.bucket, _found_in(rows)))

    def _count(self, stored: StoredObject, known: Known | None) -> None:
        cluster = self._clusters.of(stored)
        tally = self.clusters[cluster]
        tally.objects += 1
        tally.size += stored.size
        rank = self._known(tally, stored, known)
        if rank is None:
            return
        if stored.size > self._day_bytes:
            tally.too_large += 1
            return
        if rank is Rank.UNREAD and stored.size * _LARGE_SHARE > self._day_bytes:
            rank = Rank.LARGE
        self._offer(cluster, Prospect(rank, _draw(stored.ref), stored))

    def _known(self, tally: Tally, stored: StoredObject, known: Known | None) -> Rank | None:
        """Counts what is known of the object as it is now; the rank at which it is a prospect, None if it is to be left alone."""
        if known is None or known.gone is not None or not stored.etag:
            return Rank.UNREAD
        if known.aside is not None and _is(stored, known.listed) and (known.listed != known.read or not known.bytes_read):
            # It was met and, as it is now, never read.
            failed = aside_of(known.aside)[0].status is Status.FAILED
            tally.failed += failed
            return Rank.FAILED if failed else Rank.UNREAD
        if not _is(stored, known.read):
            return Rank.UNREAD
        outcome = known.judged
        rows = self._table.detections(known.id) if known.detections else {}
        self._judge(tally, stored, outcome, self._counting(stored.ref.bucket, _found_in(rows)))
        if outcome.status is Status.FAILED:
            return Rank.FAILED
        outdated = known.circumstance != self._circumstance or not known.trusted
        return Rank.OUTDATED if outdated and outcome.status is not Status.SKIPPED else None

    def _judge(self, tally: Tally, stored: StoredObject, outcome: Outcome, found: dict[str, FoundKind]) -> None:
        if outcome.status in (Status.SCANNED, Status.PARTIAL):
            tally.read(stored.size, found)
        elif outcome.status is Status.FAILED:
            tally.failed += 1
        else:
            tally.unsupported += outcome.reason is not Reason.GONE
            tally.objects -= 1
            tally.size -= stored.size

    def _counting(self, bucket: str, found: dict[str, FoundKind]) -> dict[str, FoundKind]:
        ignored = self._ignored.get(bucket, frozenset())
        return {identifier: one for identifier, one in found.items() if identifier not in ignored}

    def _offer(self, cluster: Cluster, prospect: Prospect) -> None:
        """Keep those that come first; the heap has the last one of them at its top."""
        heap = self._prospects[cluster]
        entry = (-prospect.rank, -prospect.draw, prospect)
        if len(heap) < self._keep:
            heapq.heappush(heap, entry)
            self._kept += 1
            if self._kept > self._most and self._keep > 1:
                self._thin_out()
        else:
            heapq.heappushpop(heap, entry)

    def _thin_out(self) -> None:
        longest = max(map(len, self._prospects.values()))
        self._keep = max(1, min(self._keep, longest) // 2)
        for heap in self._prospects.values():
            while len(heap) > self._keep:
                heapq.heappop(heap)
                self._kept -= 1

    def _pass_over(self, met: Unlisted, shadows: Shadows) -> None:
        outcome, bucket = met.outcome, (met.ref.store, met.ref.bucket)
        self.left_out[bucket] += 1
        if outcome.detail.startswith(UNLISTABLE):
            self.unlisted[bucket] = outcome.detail
        if outcome.status is Status.FAILED or outcome.reason is Reason.SYMLINK or met.ref.key.endswith("/"):
            shadows.add(name_of(met.ref))

    def _missing(self, source: Source, buckets: list[str], seen: Seen, shadows: Shadows) -> Iterator[ObjectRef]:
        met = Seen()
        for cover in covers_of(source, buckets):
            place = self._table.place(cover.store, cover.bucket)
            for number, name, root in self._table.within(place, cover):
                if number not in seen and number not in met and cover.holds(name) and not _hidden(name, shadows):
                    met.add(number)
                    yield ref_of(name, root)


def _buckets_in(source: Source) -> Iterator[tuple[str, str]]:
    match source:
        case SeveralSources():
            for part in source.parts.values():
                yield from _buckets_in(part)
        case JudgedSource():
            yield from _buckets_in(source.inner)
        case S3Source():
            yield from (("s3", target.bucket) for target in source.targets)
        case _:
            yield source.root.store, source.root.bucket


def _is(stored: StoredObject, listed: Listed) -> bool:
    return (stored.etag, stored.size) == (listed.etag, listed.size)


def _hidden(name: Name, shadows: Shadows) -> bool:
    """Whether it lies where the listing could not look: in a bucket, behind a folder."""
    below = replace(name, key=name.key + b"/") if name.store == "file" else name
    return shadows.over(name) or shadows.over(below)


def _found_in(rows: dict[str, Row]) -> dict[str, FoundKind]:
    return {
        identifier: FoundKind(row.severity, row.count, 1)
        for identifier, row in rows.items()
        if row.present and row.is_open and row.severity is not None
    }


def _together(one: FoundKind | None, other: FoundKind) -> FoundKind:
    if one is None:
        return other
    worst = max(one.severity, other.severity, key=SCORES.__getitem__)
    return FoundKind(worst, one.occurrences + other.occurrences, one.objects + other.objects)


def _draw(ref: ObjectRef) -> int:
    name = b"\0".join(map(os.fsencode, (ref.store, ref.bucket, ref.key, ref.version)))
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest())
