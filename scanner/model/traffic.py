"""What was asked of object stores."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests to object stores.

    :param attempts: requests that were sent
    :param repeated: of them, those that were sent because the one before had failed
    """

    attempts: int = 0
    repeated: int = 0

    def __add__(self, other: "Traffic") -> "Traffic":
        """Both together."""
        return Traffic(self.attempts + other.attempts, self.repeated + other.repeated)

    def __bool__(self) -> bool:
        """Whether there were any."""
        return self.attempts > 0
