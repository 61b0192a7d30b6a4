"""What a worker needs, in a form that can be sent to it."""

from dataclasses import dataclass

from identifiers.model import Identifier
from scanner.detection.settings import DetectionSettings
from scanner.engine.executor import TaskRunner
from scanner.readers.budget import Limits
from scanner.sources.base import Source


@dataclass(frozen=True, slots=True)
class ScanSetup:
    """Everything that decides what is read and found.

    :param database: the compiled prefilter of `identifiers`; None to compile it anew
    :param seconds: what one object may take, and one more for each MiB of it
    :param memory_bytes: address space of a worker process
    """

    source: Source
    identifiers: tuple[Identifier, ...]
    settings: DetectionSettings
    database: bytes | None
    limits: Limits
    seconds: float
    memory_bytes: int

    def build(self) -> TaskRunner:
        """The detector and all that reads for it."""
        from scanner.detection.detector import Detector
        from scanner.engine.object_scan import ObjectScan

        detector = Detector(self.identifiers, self.settings, self.database)
        return ObjectScan(self.source, detector, self.limits, self.seconds)
