"""What detection must know besides the identifiers."""

from dataclasses import dataclass, field

from scanner.detection.allowed import AllowList
from scanner.config import NameScope
from scanner.model.occurrence import Confidence


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """How matches are judged and reported.

    :param key: the key of the fingerprints; never written anywhere by detection
    :param min_confidence: what is less sure is neither counted nor listed
    :param max_occurrences: most occurrences listed for one identifier in one object; counts are exact all the same
    :param reveal: hand on the values themselves
    :param allow: values that are not reported
    :param inline_allow: whether `dowse:allow` in a line of a text does the same
    :param names: where names and addresses are looked for
    :param names_model: what judges them in prose: `own`, or a spaCy pipeline by its name or folder
    :param names_cap: most names, and most addresses, that are looked for in the prose of one object; None for all
    """

    key: bytes
    min_confidence: Confidence = Confidence.MEDIUM
    max_occurrences: int = 1000
    reveal: bool = False
    allow: AllowList = field(default_factory=AllowList)
    inline_allow: bool = True
    names: NameScope = NameScope.FULL
    names_model: str = "own"
    names_cap: int | None = 1000
