"""How the buckets of one store are set up, while a scan finds out what is in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.cli.ended_policies import ended_policies
from scanner.model.exposure import ObjectExposure
from scanner.model.result import ObjectResult
from scanner.posture.inventory import Inventory
from scanner.posture.judged import PostureReport, judge_inventory
from scanner.posture.parties import Trusted
from scanner.posture.readable import Readable, exposure_in, readable
from scanner.posture.sensitive import NOTHING_FOUND, Sensitive
from scanner.reports.policies import BucketFinding
from scanner.state.postures import PostureMemory, PostureRun, Remembered
from scanner.state.sensitive import SensitiveSum, sensitive_in

if TYPE_CHECKING:
    from identifiers.model import Identifier
    from scanner.state.store import Store

_TOLD: Final = ("opened", "changed", "resolved")


@dataclass(slots=True)
class ScannedStore:
    """The buckets of one store.

    :param kind: s3, gs or az
    :param inventory: those among the targets
    :param endpoint: empty for the store's own
    """

    kind: str
    inventory: Inventory
    trusted: Trusted
    endpoint: str = ""
    _inside: dict[str, SensitiveSum] = field(default_factory=dict)
    _known: dict[str, Sensitive] = field(default_factory=dict)
    _ways: dict[str, tuple[Readable, ...]] = field(default_factory=dict)
    _remembered: Remembered | None = None

    def __post_init__(self) -> None:
        self._ways = {one.verdicts.settings.name: readable(one.verdicts) for one in self.alone.buckets}

    @property
    def alone(self) -> PostureReport:
        """The verdicts on the buckets, whatever is inside."""
        return judge_inventory(self.inventory, self.trusted)

    @property
    def report(self) -> PostureReport:
        """The verdicts on the buckets, given what was found in them so far."""
        return judge_inventory(self.inventory, self.trusted, (), self._sensitive)

    def exposure(self, bucket: str, key: str) -> ObjectExposure | None:
        """Who can have the object."""
        return exposure_in(self._ways.get(bucket, ()), key)

    def count(self, result: ObjectResult, identifiers: "Mapping[str, Identifier]") -> None:
        """Takes note of what was found."""
        alone = [replace(one, raised=0) for one in result.detections]
        self._inside.setdefault(result.object.ref.bucket, SensitiveSum()).add(alone, identifiers)

    def recall(self, store: "Store", screen: Callable[[ObjectResult], ObjectResult]) -> tuple[BucketFinding, ...]:
        """Takes what `store` knows of the buckets instead, which is of more objects than this scan may have read.

        Gives the findings on them that are gone.
        """
        self._known = sensitive_in(store, screen, self.kind)
        self._remembered = PostureMemory(store, kind=self.kind, endpoint=self.endpoint).compare(self.report)
        return ended_policies(self._remembered, self.kind)

    def keep(self, store: "Store", run: PostureRun) -> tuple[str, ...]:
        """Remembers what was told; gives what became of findings since earlier runs, in words."""
        remembered = self._remembered
        assert remembered is not None, "recall comes before keep"
        PostureMemory(store, kind=self.kind, endpoint=self.endpoint).keep(self.report, remembered, run)
        return tuple(f"{count} {name}" for name in _TOLD if (count := len(getattr(remembered.changes, name))))

    def _sensitive(self, bucket: str) -> Sensitive:
        if bucket in self._known:
            return self._known[bucket]
        return self._inside[bucket].sensitive() if bucket in self._inside else NOTHING_FOUND
