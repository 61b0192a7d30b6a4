"""Objects that events name: what was written to buckets, as it is told by a file, standard input or a queue."""

import itertools
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from scanner.model.objects import ObjectRef, StoredObject, Unlisted
from scanner.model.outcome import Outcome, Reason, Status
from scanner.model.result import ObjectResult
from scanner.sources.event_feed import Delivery, Feed, Reception
from scanner.sources.event_records import Aside, ObjectEvent, events_in, precedes
from scanner.sources.files import skipped
from scanner.sources.s3 import S3Source

# How long the scan waits for a message before it looks after its results again.
_PATIENCE_SECONDS: Final = 0.1
_AT_ONCE: Final = 256
# Objects of which is remembered what was scanned; one that is forgotten is scanned again when its event comes again.
_MOST_REMEMBERED: Final = 50_000
# A second attempt may succeed; content that kills its reader is then left to the queue, too.
_WORTH_ANOTHER: Final = frozenset({Reason.IO_ERROR, Reason.CRASH, Reason.TIMEOUT, Reason.OUT_OF_MEMORY})


@dataclass(slots=True)
class _Ticket:
    """A message of which something is still open.

    :param open: its objects without a result, and one more until all of them are known
    """

    delivery: Delivery
    open: int = 1
    failed: bool = False


@dataclass(slots=True)
class _Scanned:
    """What was met once, and has or will have one result.

    :param newest: sequencer of the newest event of it
    :param stored: as the store described it; None if it is not read
    :param tickets: messages that wait for its result
    :param waiting: it has no result yet
    """

    newest: str = ""
    stored: StoredObject | None = None
    tickets: list[_Ticket] = field(default_factory=list)
    waiting: bool = True


class EventsSource:
    """The objects that the messages of a feed name, each scanned once for each time it was written.

    In the order of the messages, which is not that of the keys. What a message says of an object is only taken for its
    name: the store is asked what is there now. A worker process opens objects without knowing of any feed.

    :param buckets: opens objects, judges what is wanted, and names the buckets and prefixes that events may be of

    :ivar counts: messages, events and what became of them, by kind
    """

    def __init__(self, feed: Feed, buckets: S3Source) -> None:
        self._feed = feed
        self._buckets = buckets
        self._reception = Reception(feed)
        self._remembered: OrderedDict[ObjectRef, _Scanned] = OrderedDict()
        self._open: dict[ObjectRef, deque[_Scanned]] = {}
        self.counts: Counter[str] = Counter()

    def __reduce__(self) -> tuple[object, ...]:
        return S3Source, (self._buckets.targets, self._buckets.options)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the user should know before it starts."""
        return self._feed.warnings

    @property
    def root(self) -> ObjectRef:
        """Nothing in particular: what no event names is not covered."""
        return ObjectRef("", "", "")

    def portable(self, stored: StoredObject) -> bool:
        """As buckets say."""
        return self._buckets.portable(stored)

    def objects(self) -> Iterator[StoredObject | Unlisted]:
        """What the messages name; waits for them."""
        return (one for one in self.arrivals() if one is not None)

    def arrivals(self) -> Iterator[StoredObject | Unlisted | None]:
        """As `objects`, and None now and then while there is no message: time to look after results.

        A message that cannot be understood is met itself, as failed. Raises DowseError if messages cannot be had.
        """
        for deliveries in self._reception.batches(_PATIENCE_SECONDS):
            if not deliveries:
                yield None
            self.counts["messages"] += len(deliveries)
            tickets = [_Ticket(delivery) for delivery in deliveries]
            told = ((ticket, one) for ticket in tickets for one in self._understood(ticket))
            while several := list(itertools.islice(told, _AT_ONCE)):
                yield from self._met(several)
            for ticket in tickets:
                self._close(ticket)

    def expect(self, coming: Sequence[StoredObject], until: int | None = None) -> None:
        """As buckets do."""
        self._buckets.expect(coming, until)

    def open(self, stored: StoredObject) -> BinaryIO:
        """As buckets do."""
        return self._buckets.open(stored)

    def current(self, stored: StoredObject, stream: BinaryIO) -> StoredObject:
        """As buckets say."""
        return self._buckets.current(stored, stream)

    def described(self, stored: StoredObject) -> StoredObject:
        """As buckets say."""
        return self._buckets.described(stored)

    def unchanged(self, stored: StoredObject, stream: BinaryIO) -> bool:
        """As buckets say."""
        return self._buckets.unchanged(stored, stream)

    def written(self, result: ObjectResult) -> None:
        """The result was handed to all outputs. A message is done with its last object, unless one of them failed."""
        queue = self._open.get(result.object.ref)
        if not queue:
            return
        first = queue.popleft()
        if not queue:
            del self._open[result.object.ref]
        failed = _is_failure(result.outcome)
        first.waiting = False
        if failed and self._remembered.get(result.object.ref) is first:
            del self._remembered[result.object.ref]
        for ticket in first.tickets:
            self._close(ticket, failed=failed)
        first.tickets.clear()

    def committed(self) -> None:
        """What was handed to the outputs is safe there: messages that are done may be forgotten."""
        self._feed.committed()

    def close(self) -> None:
        """Take no more messages, and give back those that are not done."""
        self._reception.close()
        self._feed.close()

    def _understood(self, ticket: _Ticket) -> Iterator[ObjectEvent | Unlisted]:
        """Events of objects, and one outcome for all that is wrong with the message."""
        troubles: list[str] = []
        for one in events_in(ticket.delivery.body):
            self.counts["events"] += 1
            if isinstance(one, ObjectEvent):
                yield one
            elif isinstance(one, Aside):
                self.counts[one.value] += 1
            else:
                troubles.append(one.detail)
        if troubles:
            self.counts["malformed"] += 1
            times = f" (and {len(troubles) - 1} more)" if len(troubles) > 1 else ""
            outcome = Outcome(Status.FAILED, Reason.MALFORMED, f"the message cannot be understood: {troubles[0]}{times}")
            yield Unlisted(ticket.delivery.ref, len(ticket.delivery.body), outcome)

    def _met(self, told: Sequence[tuple[_Ticket, ObjectEvent | Unlisted]]) -> Iterator[StoredObject | Unlisted]:
        asked: dict[ObjectRef, list[tuple[_Ticket, str]]] = {}
        for ticket, one in told:
            if isinstance(one, Unlisted):
                yield self._noted(one, [ticket])
                continue
            ref = self._ref(one)
            if not self._buckets.means(ref):
                yield self._noted(skipped(ref, 0, Reason.EXCLUDED, "it lies outside of the targets"), [ticket])
            elif not self._is_known(ref, one.sequencer, ticket):
                asked.setdefault(ref, []).append((ticket, one.sequencer))
        self.counts["duplicates"] += sum(len(events) - 1 for events in asked.values())
        for met in self._buckets.named(list(asked)):
            events = asked[met.ref]
            yield from self._offered(met, [ticket for ticket, _ in events], _newest(sequencer for _, sequencer in events))

    def _ref(self, event: ObjectEvent) -> ObjectRef:
        """By its version only where every version is wanted; otherwise the latest is read, as everywhere."""
        return ObjectRef("s3", event.bucket, event.key, event.version if self._buckets.options.all_versions else "")

    def _is_known(self, ref: ObjectRef, sequencer: str, ticket: _Ticket) -> bool:
        """Whether the store was asked for the object after this event; the message then waits for that."""
        known = self._remembered.get(ref)
        if known is None or not precedes(sequencer, known.newest):
            return False
        self._join(known, [ticket])
        return True

    def _offered(self, met: StoredObject | Unlisted, tickets: list[_Ticket], newest: str) -> Iterator[StoredObject | Unlisted]:
        known = self._remembered.get(met.ref)
        if known is not None and isinstance(met, StoredObject) and met == known.stored:
            known.newest = _newest((known.newest, newest))
            self._join(known, tickets)
        elif isinstance(met, Unlisted):
            yield self._noted(met, tickets)
        else:
            self._remember(met.ref, self._await(met.ref, _Scanned(newest, met, tickets)))
            yield met

    def _noted(self, met: Unlisted, tickets: list[_Ticket]) -> Unlisted:
        self._await(met.ref, _Scanned(tickets=tickets))
        return met

    def _await(self, ref: ObjectRef, scanned: _Scanned) -> _Scanned:
        for ticket in scanned.tickets:
            ticket.open += 1
        self._open.setdefault(ref, deque()).append(scanned)
        return scanned

    def _remember(self, ref: ObjectRef, scanned: _Scanned) -> None:
        self._remembered[ref] = scanned
        self._remembered.move_to_end(ref)
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)

    def _join(self, known: _Scanned, tickets: list[_Ticket]) -> None:
        """Let the messages wait for a result that is to come, if it is not there already."""
        self.counts["duplicates"] += len(tickets)
        if known.waiting:
            for ticket in tickets:
                ticket.open += 1
            known.tickets += tickets

    def _close(self, ticket: _Ticket, *, failed: bool = False) -> None:
        ticket.open -= 1
        ticket.failed |= failed
        if not ticket.open:
            tell = self._feed.failed if ticket.failed else self._feed.done
            tell(ticket.delivery)


def _newest(sequencers: Iterable[str]) -> str:
    """The newest one; empty if one of them is unknown, which may be the newest."""
    newest = ""
    for number, one in enumerate(sequencers):
        if not one:
            return ""
        if not number or precedes(newest, one):
            newest = one
    return newest


def _is_failure(outcome: Outcome) -> bool:
    return outcome.status is Status.FAILED or (outcome.status is Status.PARTIAL and outcome.reason in _WORTH_ANOTHER)
