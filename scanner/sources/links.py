"""Which symbolic links are followed, so that nothing is read twice and no circle is walked.

A link that leads into a target is never followed: what it leads to is listed there under its own name. A link that leads
out of all targets is followed, on the user's word, the first time that its end is met.
"""

import os


class Links:
    """Remembers what was reached outside the targets, by real path; memory grows with that alone.

    :param targets: real paths of all targets of the run
    """

    def __init__(self, targets: frozenset[str]) -> None:
        self._targets = targets
        self._reached: set[str] = set()

    def refusal(self, real: str) -> str | None:
        """Why what lies at the real path `real` is not listed once more, as a short phrase; None if it is new."""
        if real in self._reached:
            return "already listed through another link"
        if self._inside(real):
            return "leads to what is listed under its own name"
        self._reached.add(real)
        return None

    def _inside(self, real: str) -> bool:
        while real not in self._targets:
            parent = os.path.dirname(real)
            if parent == real:
                return False
            real = parent
        return True
