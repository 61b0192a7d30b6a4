"""What detection must know besides the identifiers."""

from dataclasses import dataclass, field

from scanner.detection.allowed import AllowList
from scanner.model.names_mode import NAMES_CAP, OWN_MODEL, NamesMode
from scanner.model.occurrence import Confidence


@dataclass(frozen=True, slots=True)
class DetectionSettings:
    """How matches are judged and reported.

    :param key: the key of the fingerprints; never written anywhere by detection
    :param min_confidence: what is less sure is neither counted nor listed
    :param max_occurrences: most occurrences listed for one identifier in one object; counts are exact all the same
    :param reveal: hand on the values themselves
    :param allow: values that are not reported
    :param names: where names and addresses are looked for
    :param names_cap: most names, and most addresses, listed of one object; None for as many as of anything else. What columns hold is
        counted exactly all the same; in texts no more are looked for.
    :param names_model: what judges names in texts: `own`, a spaCy pipeline by its name or folder, or nothing for rules alone
    :param inline_allow: whether `dowse:allow` in a line of a text does the same
    """

    key: bytes
    min_confidence: Confidence = Confidence.MEDIUM
    max_occurrences: int = 1000
    reveal: bool = False
    allow: AllowList = field(default_factory=AllowList)
    inline_allow: bool = True
    names: NamesMode = NamesMode.FULL
    names_cap: int | None = NAMES_CAP
    names_model: str = OWN_MODEL

    @property
    def most_names(self) -> int:
        """Most occurrences listed of names, and of addresses, in one object."""
        return self.max_occurrences if self.names_cap is None else min(self.max_occurrences, self.names_cap)
