"""The detectors that the checks search with, each built once and shared by all checks."""

from dataclasses import replace
from typing import Final

from identifiers.model import Category, Certainty, Identifier
from scanner.detection.detector import Detector
from scanner.detection.plain_prefilter import PlainPrefilter
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import Rule
from scanner.detection.settings import DetectionSettings
from scanner.model.occurrence import Confidence

# Fingerprints play no part in any check, so their key may be known.
_SETTINGS: Final = DetectionSettings(key=b"acceptance checks")


class Bench:
    """Detectors with the default confidence; a built-in identifier that is never surer is tried with low.

    :param identifiers: all that may meet in one scan: those under test and their neighbours. Names and addresses are left out: they
        take nothing from what they overlap, and lose nothing to it
    """

    def __init__(self, identifiers: tuple[Identifier, ...]) -> None:
        self.identifiers = tuple(identifier for identifier in identifiers if not identifier.judged)
        self._together: Detector | None = None
        self._alone: dict[str, Detector] = {}

    @property
    def together(self) -> Detector:
        """Finds all identifiers at once."""
        if self._together is None:
            self._together = Detector(self.identifiers, _SETTINGS)
        return self._together

    def alone(self, identifier: Identifier) -> Detector:
        """Finds nothing but `identifier`, so that no other can take a match away."""
        if identifier.id not in self._alone:
            self._alone[identifier.id] = Detector((identifier,), _settings_for(identifier))
        return self._alone[identifier.id]

    def plain(self, identifier: Identifier) -> Detector:
        """As `alone`, with the prefilter that needs no Vectorscan."""
        return Detector((identifier,), _settings_for(identifier), prefilter=_plain_prefilter)


def _settings_for(identifier: Identifier) -> DetectionSettings:
    """The default; low confidence for a built-in one that is never surer. Users mean to see what they declare."""
    reached = [pattern.alone for pattern in identifier.patterns]
    if identifier.keywords:
        reached += [pattern.supported for pattern in identifier.patterns]
    sure = not {Certainty.MEDIUM, Certainty.HIGH}.isdisjoint(reached)
    return _SETTINGS if sure or is_custom(identifier) else replace(_SETTINGS, min_confidence=Confidence.LOW)


def is_custom(identifier: Identifier) -> bool:
    """Whether a user wrote it; some findings are then warnings, since nobody promised what the catalogue promises."""
    return identifier.category is Category.CUSTOM


def _plain_prefilter(rules: tuple[Rule, ...], keywords: tuple[str, ...], _database: bytes | None = None) -> Prefilter:
    return PlainPrefilter(rules, keywords)
