"""Findings as events on a bus of Amazon EventBridge."""

import json
import time
from datetime import datetime
from typing import Any, Final

from scanner.delivery.aws import client, delivering
from scanner.delivery.batches import Batches
from scanner.delivery.retries import Pause, waits
from scanner.errors import DeliveryError

_MOST_ENTRIES: Final = 10
_MOST_BYTES: Final = 240_000

SOURCE: Final = "dowse"
"""EventBridge refuses events of others that say they come from `aws.macie`."""


class EventBridge(Batches):
    """Each line is an event; its `detail` and `detail-type` are kept, its source is `dowse`.

    :param bus: name or ARN of the bus; empty for the account's default one
    """

    def __init__(self, bus: str, *, pause: Pause = time.sleep) -> None:
        super().__init__(_MOST_ENTRIES, _MOST_BYTES)
        self._bus = bus or "default"
        self._client = client("events")
        self._pause = pause

    def send(self, lines: list[bytes]) -> None:
        """Puts the events; those that were not taken once more, until all are or enough has been tried."""
        entries = [_entry(json.loads(line), self._bus) for line in lines]
        for wait in waits(self._pause):
            with delivering(f"eventbridge:{self._bus}"):
                answer = self._client.put_events(Entries=entries)
            told = [one.get("ErrorCode", "") for one in answer["Entries"]] if answer["FailedEntryCount"] else []
            entries = [entry for entry, code in zip(entries, told, strict=False) if code]
            if not entries:
                return
            if wait.last:
                why = next(code for code in told if code)
                raise DeliveryError(f"eventbridge:{self._bus}: not delivered: {len(entries)} events refused because of {why}")
            wait.wait()


def _entry(event: dict[str, Any], bus: str) -> dict[str, Any]:
    return {
        "Source": SOURCE,
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "EventBusName": bus,
        "Time": datetime.fromisoformat(event["time"]),
    }
