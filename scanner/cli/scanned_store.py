"""How the buckets of one store are set up, while a scan finds out what is in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scanner.cli.ended_policies import ended_policies
from scanner.model.exposure import ObjectExposure, Reachable
from scanner.model.objects import ObjectRef
from scanner.model.result import ObjectResult
from scanner.posture.answers import Answer, Unknown
from scanner.posture.inventory import Inventory
from scanner.posture.judged import PostureReport, judge_inventory
from scanner.posture.object_acl import exposure_by_list, lists_count
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
    :param ask_list: asks for the access control list of an object; None where objects have none
    """

    kind: str
    inventory: Inventory
    trusted: Trusted
    endpoint: str = ""
    ask_list: Callable[[ObjectRef], Answer] | None = None
    _with_lists: frozenset[str] = frozenset()
    _inside: dict[str, SensitiveSum] = field(default_factory=dict)
    _known: dict[str, Sensitive] = field(default_factory=dict)
    _ways: dict[str, tuple[Readable, ...]] = field(default_factory=dict)
    _remembered: Remembered | None = None

    def __post_init__(self) -> None:
        buckets = {one.verdicts.settings.name: one.verdicts for one in self.alone.buckets}
        self._ways = {name: readable(verdicts) for name, verdicts in buckets.items()}
        self._with_lists = frozenset(name for name, verdicts in buckets.items() if lists_count(verdicts.exposure))

    @property
    def alone(self) -> PostureReport:
        """The verdicts on the buckets, whatever is inside."""
        return judge_inventory(self.inventory, self.trusted)

    @property
    def report(self) -> PostureReport:
        """The verdicts on the buckets, given what was found in them so far."""
        return judge_inventory(self.inventory, self.trusted, (), self._sensitive)

    def exposure(self, ref: ObjectRef) -> ObjectExposure | None:
        """Who can have the object. Where lists of objects count, its own is asked for, unless everybody has it anyway."""
        found = exposure_in(self._ways.get(ref.bucket, ()), ref.key)
        if self.ask_list is None or ref.bucket not in self._with_lists or (found and found.to is Reachable.EVERYBODY):
            return found
        listed = exposure_by_list(self.ask_list(ref))
        if isinstance(listed, Unknown):
            self._note(listed)
            return found
        return listed or found

    def _note(self, unknown: Unknown) -> None:
        """Once, however many objects it befalls."""
        if unknown not in self.inventory.unknowns:
            self.inventory = replace(self.inventory, unknowns=(*self.inventory.unknowns, unknown))

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
