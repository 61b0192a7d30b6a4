"""The report of `dowse posture`: who can reach each bucket, against what is inside."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Final

from scanner.reports.escape import visible
from scanner.reports.html.posture import Posture, posture_of
from scanner.reports.html.render import render

Record = Mapping[str, Any]

_TILES: Final = ("critical", "high", "medium", "low")
_CHANGES: Final = (("New", "opened"), ("Changed", "changed"), ("Resolved", "resolved"), ("Not known any more", "undecided"))
_FIRST: Final = 20
_OPTIONAL: Final = (
    ("first", "What to change first"),
    ("changes", "Since earlier runs"),
    ("dangling", "Origins without a bucket"),
)


def write_posture_page(out: BinaryIO, buckets: Sequence[Record], roles: Sequence[Record] | None, summary: Record, made: datetime) -> None:
    """Writes the whole report, from the records of `dowse posture`.

    :param roles: None if they were not asked for
    :param made: when, with time zone
    """
    posture = posture_of(buckets)
    content = {
        "made": f"{made:%Y-%m-%d %H:%M} UTC",
        "buckets": len(buckets),
        "posture": posture,
        "reported_only": False,
        "public": _count(posture, "public", "yes"),
        "outside": _outside(buckets),
        "complete": summary.get("complete") is True,
        "severities_found": [(name, (summary.get("findings") or {}).get(name, 0)) for name in _TILES],
        "changes": list(_changes(summary.get("changes"))),
        "still_open": (summary.get("changes") or {}).get("stillOpen") or 0,
        "first": [_change(one) for one in (summary.get("changeFirst") or ())[:_FIRST]],
        "first_more": max(0, len(summary.get("changeFirst") or ()) - _FIRST),
        "dangling": [
            tuple(visible(str(one.get(key) or "")) for key in ("bucketName", "detail", "remedy"))
            for one in summary.get("danglingOrigins") or ()
        ],
        "roles": None if roles is None else [_role(one) for one in roles],
        "unknowns": _unknowns(buckets, summary),
        "has_data": posture is not None,
    }
    render(out, "posture.html.j2", content | {"contents": list(_contents(content))})


def _contents(content: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    yield "summary", "Summary"
    if content["posture"]:
        yield "posture", "Posture and sensitivity"
        yield "buckets", "Buckets"
    for id_, words in _OPTIONAL:
        if content[id_]:
            yield id_, words
    if content["roles"] is not None:
        yield "roles", "Roles of outsiders"
    if content["unknowns"]:
        yield "unknown", "What is not known"


def _count(posture: Posture | None, name: str, value: str) -> int:
    dimensions = posture.dimensions if posture else ()
    return sum(state.total for one in dimensions if one.name == name for state in one.states if state.value == value)


def _outside(buckets: Sequence[Record]) -> int:
    """Buckets that are shared with or copied to others outside."""
    return sum(
        record.get("sharedAccess") == "EXTERNAL" or (record.get("replicationDetails") or {}).get("replicatedExternally") is True
        for record in buckets
    )


def _changes(changes: Record | None) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for title, key in _CHANGES if changes else ():
        yield title, [(visible(str(one["bucketName"])), visible(str(one["type"]))) for one in (changes or {}).get(key, ())]


def _change(one: Record) -> tuple[str, str, str, str]:
    bucket, what, before, after = (visible(str(one.get(key))) for key in ("bucketName", "change", "riskBefore", "riskAfter"))
    return bucket, what, before, after


def _role(record: Record) -> tuple[str, str, str, str, str]:
    listed = (", ".join(map(str, record.get(key) or ())) for key in ("outsiders", "access", "buckets"))
    outsiders, access, buckets = map(visible, listed)
    used = str(record.get("lastUsed") or "")[:10] or "never, as far as IAM remembers"
    return visible(str(record.get("roleArn"))), outsiders, access, buckets, visible(used)


def _unknowns(buckets: Sequence[Record], summary: Record) -> list[tuple[str, str, str, int]]:
    """Call, reason, permission, and of how many buckets; 0 for the input as a whole."""
    whole = [(one, 0) for one in summary.get("unknowns") or ()]
    counts = Counter((_words(one)) for record in buckets for one in record.get("unknowns") or ())
    return [*((*_words(one), count) for one, count in whole), *((*words, count) for words, count in counts.most_common())]


def _words(unknown: Record) -> tuple[str, str, str]:
    call, reason, action = (visible(str(unknown.get(key) or "")) for key in ("call", "reason", "action"))
    return call, reason, action
