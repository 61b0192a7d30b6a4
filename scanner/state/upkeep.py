"""Looks after a store: whether it is sound, and what can be forgotten."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from scanner.state.store import Store

# What must hold beyond what SQLite sees to.
_RULES: Final = (
    ("detections of objects that there are not", "SELECT count(*) FROM detection WHERE object NOT IN (SELECT id FROM object)"),
    ("objects in places that there are not", "SELECT count(*) FROM object WHERE place NOT IN (SELECT id FROM place)"),
    ("objects read by runs that there are not", "SELECT count(*) FROM object WHERE run NOT IN (SELECT seq FROM run)"),
    (
        "objects that miscount their detections",
        "SELECT count(*) FROM object WHERE detections <> (SELECT count(*) FROM detection WHERE detection.object = object.id)",
    ),
    (
        "detections of identifiers that are not declared",
        "SELECT count(*) FROM detection WHERE identifier NOT IN (SELECT id FROM identifier)",
    ),
)


def problems(store: Store) -> Iterator[str]:
    """What is wrong with the store, a line each; nothing if it is sound."""
    complaints = [str(line) for (line,) in store.rows("PRAGMA integrity_check")]
    if complaints != ["ok"]:
        yield from complaints
        return
    for what, query in _RULES:
        row = store.one(query)
        if row and row[0]:
            yield f"{row[0]!r} {what}"


def vacuum(store: Store, before: datetime | None = None) -> None:
    """Give unused space back to the disk.

    :param store: open for writing
    :param before: forget findings that were resolved by runs that began before, and those runs; None forgets nothing
    """
    if before is not None:
        with store.transaction():
            _forget(store, before.timestamp())
    store.write("VACUUM")
    store.one("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget(store: Store, before: float) -> None:
    old = "(SELECT seq FROM run WHERE started < ?)"
    store.write(f"DELETE FROM detection WHERE resolved IN {old}", (before,))  # noqa: S608 - our own words
    store.write("UPDATE object SET detections = (SELECT count(*) FROM detection WHERE object = object.id) WHERE detections > 0")
    store.write(f"DELETE FROM object WHERE gone IN {old} AND detections = 0", (before,))  # noqa: S608 - our own words
    posture = "(SELECT seq FROM posture_run WHERE started < ?)"
    store.write(f"DELETE FROM policy WHERE resolved IN {posture}", (before,))  # noqa: S608 - our own words
    store.write(f"DELETE FROM posture WHERE gone IN {posture}", (before,))  # noqa: S608 - our own words
    store.write("DELETE FROM posture_run WHERE started < ? AND delivered AND seq NOT IN (SELECT run FROM posture)", (before,))
    # The latest finished run is what reports are made of, and runs that read what is still there say with what.
    store.write(
        """DELETE FROM run WHERE started < ? AND seq NOT IN (SELECT run FROM object)
        AND seq <> (SELECT ifnull(max(seq), 0) FROM run WHERE status IN ('finished', 'undelivered'))""",
        (before,),
    )
