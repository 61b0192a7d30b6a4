"""What the runs of a job have read since a moment, whether they came to their end or were killed."""

from datetime import datetime
from typing import NamedTuple

from scanner.state.store import Store

_SPENT = """
SELECT count(*), coalesce(sum(bytes_read), 0) FROM object
WHERE gone IS NULL AND bytes_read > 0 AND run IN (SELECT seq FROM run WHERE job = ? AND started >= ?)
"""


class Spent(NamedTuple):
    """Objects that were read, and their bytes."""

    objects: int
    size: int


def spent_since(store: Store, job: str, moment: datetime) -> Spent:
    """What runs of `job` that began at `moment` or later have read. Raises StateError."""
    row = store.one(_SPENT, (job, moment.timestamp()))
    assert row is not None, "sums are always there"
    return Spent(int(row[0] or 0), int(row[1] or 0))
