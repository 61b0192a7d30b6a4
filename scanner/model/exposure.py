"""Who besides those it is meant for can have an object."""

from dataclasses import dataclass
from enum import StrEnum


class Reachable(StrEnum):
    """By whom an object can be read, the widest first."""

    EVERYBODY = "everybody"
    # Identified parties that are not ours.
    OUTSIDERS = "outsiders"
    # Every user of the machine that a file lies on, or other machines that it is exported to or copied to.
    MACHINE = "machine"
    # The members of the file's group. Usual, and no reason to call a finding worse.
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class ObjectExposure:
    """Who can have an object.

    :param to: the widest circle
    :param because: what lets them, a phrase each
    """

    to: Reachable
    because: tuple[str, ...]

    @property
    def steps(self) -> int:
        """By how many steps it makes a finding in the object worse."""
        return 0 if self.to is Reachable.GROUP else 1
