"""What the scans that a store remembers found in each bucket, as far as a risk ranking needs it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from identifiers.model import Identifier
from scanner.model.result import Detection, ObjectResult
from scanner.posture.sensitive import Sensitive
from scanner.reports.classification import CATEGORIES
from scanner.reports.severity import count_in, worst
from scanner.state.declared import declared
from scanner.state.objects import detection_of
from scanner.state.replay import stored_objects
from scanner.state.store import Store

_HOLDS: Final = "seen_place.store = '{kind}' AND object.gone IS NULL AND object.detections > 0"
_LOOKED_AT: Final = """
SELECT DISTINCT place.bucket FROM object JOIN place ON place.id = object.place
WHERE place.store = ? AND object.gone IS NULL AND (object.outcome IS NULL OR object.bytes_read > 0)
"""


@dataclass(slots=True)
class SensitiveSum:
    """Findings in one bucket, as they come."""

    _severities: Counter[str] = field(default_factory=Counter)
    _categories: set[str] = field(default_factory=set)

    def add(self, detections: Iterable[Detection], identifiers: Mapping[str, Identifier]) -> None:
        """The detections of one object."""
        counted = count_in(detections, identifiers)
        if counted:
            self._severities[worst(counted).value] += 1
            self._categories |= {CATEGORIES[one.identifier.category] for one in counted}

    def sensitive(self) -> Sensitive:
        """What it came to."""
        high, medium, low = (self._severities[name] for name in ("high", "medium", "low"))
        return Sensitive((high, medium, low), tuple(sorted(self._categories)))


def sensitive_in(
    store: Store, screen: Callable[[ObjectResult], ObjectResult] = lambda result: result, kind: str = "s3"
) -> dict[str, Sensitive]:
    """By bucket, of each of which at least one object was read and is still there.

    Findings count as long as they are open, also where the last run could not look at their object again.

    :param screen: takes out what the user does not want to have reported
    :param kind: of the buckets' store: s3, gs or az
    """
    assert kind.isalnum(), "a name of ours, not a user's"
    identifiers = declared(store)
    sums = {_text(bucket): SensitiveSum() for (bucket,) in store.rows(_LOOKED_AT, (kind,))}
    for _, result, rows in stored_objects(store, _HOLDS.format(kind=kind), 0):
        whole = replace(result, detections=tuple(detection_of(row) for row in rows if row.is_open))
        sums.setdefault(result.object.ref.bucket, SensitiveSum()).add(screen(whole).detections, identifiers)
    return {bucket: one.sensitive() for bucket, one in sums.items()}


def _text(bucket: object) -> str:
    assert isinstance(bucket, bytes), "as the table has it"
    return bucket.decode("utf-8", "surrogateescape")
