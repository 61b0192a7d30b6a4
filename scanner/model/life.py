"""What became of a finding since the run before: only a state store can tell."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Life(StrEnum):
    """What a run says of what was found in an object, now or earlier."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    RESOLVED = "resolved"
    # Found earlier, and this time the object could not be looked at, or not wholly: it stays open.
    UNSEEN = "unseen"


class Resolution(StrEnum):
    """Why something is not found any more."""

    # The object has another content, and it is not in it.
    REMOVED = "removed"
    # The object is the same; what is looked for, or how, is not.
    RULES = "rules"
    # There is no such object any more.
    DELETED = "deleted"
    # So few are left that they make no finding.
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True)
class DetectionLife:
    """The life of one identifier in one object.

    :param first_seen: when the run began that found it first
    :param last_seen: when the run began that last found it, or knew it to be there still because the object had not changed
    :param resolution: None unless it is resolved
    """

    identifier: str
    life: Life
    first_seen: datetime
    last_seen: datetime
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True)
class ObjectLife:
    """What a state store knows of one object.

    :param unchanged: it was not read: it is as it was when it was read before
    :param detections: of all identifiers found now, or open before this run; sorted by identifier
    """

    unchanged: bool = False
    detections: tuple[DetectionLife, ...] = ()

    @property
    def finding(self) -> Life | None:
        """The life of the object's finding as a whole; None if there was none and is none."""
        lives = {one.life for one in self.detections}
        if len(lives) == 1:
            return lives.pop()
        return Life.CHANGED if lives else None
