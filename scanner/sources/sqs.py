"""Messages from a queue of SQS: kept from other consumers while they are worked on, and deleted only when told so."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from scanner.config import EventsConfig, StoreConfig
from scanner.errors import ConfigError, DowseError, TargetError
from scanner.model.objects import ObjectRef
from scanner.sources.event_feed import Delivery
from scanner.sources.s3_connect import connect_queues
from scanner.sources.s3_trouble import NO_CREDENTIALS, is_missing_credentials, read_error
from scanner.sources.sqs_target import QueueTarget, parse_queue

# Most that SQS gives, deletes or extends by one request, and longest that it lets a request wait.
_BATCH: Final = 10
_LONGEST_WAIT: Final = 20.0
# A queue may be set so that messages come again at once.
_LEAST_VISIBILITY: Final = 3
_USUAL_VISIBILITY: Final = 30
# SQS gives no more when so many are in the hands of consumers; then what is held must be let go of first.
_MOST_HELD: Final = 100_000
_TICK_SECONDS: Final = 0.5


class SqsFeed:
    """Messages of one queue.

    What is received is hidden from other consumers for as long as the queue says, and that is renewed while it is held.
    Done, it is deleted once it is committed; failed, it is let go, so that it comes again or moves to the queue's dead
    letters when it has come often enough.

    :param client: of `connect_queues`
    :param url: of the queue
    :param name: how reports call it
    :param visibility: seconds that the queue hides what it gave out
    """

    def __init__(self, client: Any, url: str, name: str, visibility: int, config: EventsConfig) -> None:  # noqa: ANN401 - boto3 has no types
        self.warnings: tuple[str, ...] = ()
        self._client = client
        self._url = url
        self._name = name
        self._visibility = max(visibility, _LEAST_VISIBILITY)
        self._config = config
        self._lock = threading.Lock()
        # Receipt -> when it was last hidden; then those that are done, and of them those that may be deleted.
        self._held: dict[str, float] = {}
        self._done: list[str] = []
        self._safe: list[str] = []
        self._failing: set[str] = set()
        self._trouble: DowseError | None = None
        self._closed = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="queue", daemon=True)

    def __iter__(self) -> Iterator[Delivery]:
        """Messages until there are as many as are wanted, or none came for as long as is waited for. Raises DowseError."""
        self._keeper.start()
        most, patience = self._config.max_messages, self._config.idle_exit
        count, last = 0, time.monotonic()
        while not self._closed.is_set() and (most is None or count < most):
            if self._trouble:
                raise self._trouble
            if len(self._held) >= _MOST_HELD:
                self._closed.wait(_TICK_SECONDS)
                continue
            fresh = False
            for delivery in self._received(count, time.monotonic() - last):
                count += 1
                # One that fails again and again must not keep the run going.
                fresh |= delivery.ref.key not in self._failing
                yield delivery
            if fresh:
                last = time.monotonic()
            elif patience is not None and time.monotonic() - last >= patience:
                return

    def done(self, delivery: Delivery) -> None:
        """It may be deleted once it is committed."""
        with self._lock:
            self._done.append(delivery.receipt)

    def failed(self, delivery: Delivery) -> None:
        """It is let go, and comes again when its time is over."""
        with self._lock:
            self._held.pop(delivery.receipt, None)
            self._failing.add(delivery.ref.key)

    def committed(self) -> None:
        """What is done is deleted, in a moment."""
        with self._lock:
            self._safe += self._done
            self._done.clear()

    def close(self) -> None:
        """Deletes what is left to be, and gives back what is still held. Raises DowseError if something could not be deleted."""
        self._closed.set()
        if self._keeper.ident is not None:
            self._keeper.join()
        self._delete()
        with self._lock:
            held, self._held = list(self._held), {}
        for batch in _batched(held):
            self._change(batch, 0)
        if self._trouble:
            raise self._trouble

    def _received(self, count: int, idle: float) -> Iterator[Delivery]:
        most = _BATCH if self._config.max_messages is None else min(_BATCH, self._config.max_messages - count)
        wait = _LONGEST_WAIT if self._config.idle_exit is None else min(_LONGEST_WAIT, self._config.idle_exit - idle)
        # A request that does not wait may miss messages that are there.
        arguments = {"MaxNumberOfMessages": most, "WaitTimeSeconds": max(1, round(wait)), "VisibilityTimeout": self._visibility}
        answer = _asked(self._name, "received", partial(self._client.receive_message, QueueUrl=self._url, **arguments))
        messages = answer.get("Messages", [])
        with self._lock:
            self._held |= {message["ReceiptHandle"]: time.monotonic() for message in messages}
        for message in messages:
            yield Delivery(ObjectRef("sqs", self._name, message["MessageId"]), message.get("Body", ""), message["ReceiptHandle"])

    def _keep(self) -> None:
        """Deletes what may be, and renews what is held before its time is over; several attempts fit in."""
        while not self._closed.wait(min(_TICK_SECONDS, self._visibility / 12)):
            self._delete()
            now = time.monotonic()
            with self._lock:
                due = [receipt for receipt, since in self._held.items() if now - since > self._visibility / 4]
            for batch in _batched(due):
                self._change(batch, self._visibility)
            with self._lock:
                self._held |= {receipt: now for receipt in due if receipt in self._held}

    def _delete(self) -> None:
        with self._lock:
            safe, self._safe = self._safe, []
        try:
            for batch in _batched(safe):
                _asked(self._name, "deleted", partial(self._client.delete_message_batch, QueueUrl=self._url, Entries=_entries(batch)))
        except DowseError as error:
            self._trouble = error
        with self._lock:
            for receipt in safe:
                self._held.pop(receipt, None)

    def _change(self, receipts: Sequence[str], seconds: int) -> None:
        """Hide for so long from now. What fails comes again, which is no loss: SQS renews for twelve hours at most."""
        from botocore.exceptions import BotoCoreError, ClientError

        entries = [{**entry, "VisibilityTimeout": seconds} for entry in _entries(receipts)]
        try:
            self._client.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)
        except (BotoCoreError, ClientError):
            return


def open_queue(config: EventsConfig, store: StoreConfig) -> SqsFeed:
    """The queue that `config` names. Raises TargetError if it cannot be asked, MissingExtraError and ConfigError."""
    target = parse_queue(config.place)
    client = connect_queues(store, target.region, target.endpoint_url)
    url = target.url or _looked_up(client, target)
    wanted = ["VisibilityTimeout", "RedrivePolicy"]
    answer = _asked(target.name, "counted on", partial(client.get_queue_attributes, QueueUrl=url, AttributeNames=wanted))
    attributes = answer.get("Attributes", {})
    feed = SqsFeed(client, url, target.name, int(attributes.get("VisibilityTimeout", _USUAL_VISIBILITY)), config)
    if "RedrivePolicy" not in attributes:
        feed.warnings = (f"queue {target.name} has no dead-letter queue: messages that fail come again until they expire",)
    return feed


def _looked_up(client: Any, target: QueueTarget) -> str:  # noqa: ANN401 - boto3 has no types
    owner = {"QueueOwnerAWSAccountId": target.account} if target.account else {}
    return str(_asked(target.name, "found", partial(client.get_queue_url, QueueName=target.name, **owner))["QueueUrl"])


def _asked(name: str, what: str, request: Callable[[], Any]) -> Any:  # noqa: ANN401 - boto3 has no types
    """The answer. Raises ConfigError without credentials, TargetError for what is refused, DowseError if it cannot be reached."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return request()
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise TargetError(f"sqs://{name}: messages cannot be {what} ({code}); see the policy in docs/events.md") from None
    except BotoCoreError as error:
        if is_missing_credentials(error):
            raise ConfigError(f"sqs://{name}: {NO_CREDENTIALS}") from None
        raise DowseError(f"sqs://{name}: messages cannot be {what}: {read_error(error).detail}") from None


def _batched(receipts: Sequence[str]) -> Iterable[Sequence[str]]:
    return (receipts[start : start + _BATCH] for start in range(0, len(receipts), _BATCH))


def _entries(receipts: Sequence[str]) -> list[dict[str, str]]:
    return [{"Id": str(number), "ReceiptHandle": receipt} for number, receipt in enumerate(receipts)]
