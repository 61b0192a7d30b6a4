"""A detector that is soon ready: what takes seconds to compile is kept from run to run."""

from identifiers.model import Identifier
from scanner.detection.detector import Detector
from scanner.detection.settings import DetectionSettings
from scanner.engine.compiled import CompiledCache


def ready_detector(identifiers: tuple[Identifier, ...], settings: DetectionSettings, cache: CompiledCache, digest: str) -> Detector:
    """A detector for `identifiers`, compiled only if `cache` has nothing for `digest`, which then gets it."""
    database = cache.get(digest)
    detector = Detector(identifiers, settings, database)
    if database is None:
        cache.put(digest, detector.serialise())
    return detector
