"""How buckets are set up against what is in them: the matrix of the report, and the list behind it.

It is made of the records of `dowse posture`, as plain JSON values, so that a run of it and a file of it are the same here. What a record
does not say is unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from markupsafe import Markup

from scanner.reports.escape import visible
from scanner.reports.html.blocks import embedded
from scanner.reports.html.spread import Spread

_SEVERITIES: Final = ("info", "low", "medium", "high", "critical")
_BAD, _DOUBTFUL, _GOOD = "bad", "doubtful", "fine"
_UNKNOWN: Final = "unknown"

# Name, title, in a word, and the states with their labels and how they look.
_DIMENSIONS: Final = (
    (
        "public",
        "Public access",
        "public",
        (("yes", "Open to everybody", _BAD), ("no", "Closed", _GOOD), (_UNKNOWN, "Unknown", _DOUBTFUL)),
    ),
    (
        "shared",
        "Shared",
        "shared",
        (
            ("external", "With others outside", _BAD),
            ("internal", "Within", _GOOD),
            ("not_shared", "With nobody", _GOOD),
            (_UNKNOWN, "Unknown", _DOUBTFUL),
        ),
    ),
    (
        "replicated",
        "Replicated",
        "replicated",
        (("outside", "To others outside", _BAD), ("within", "Within", _GOOD), ("no", "No", _GOOD), (_UNKNOWN, "Unknown", _DOUBTFUL)),
    ),
    (
        "encryption",
        "Encryption",
        "encryption",
        (
            ("none", "None", _BAD),
            ("service", "Keys of the service", _DOUBTFUL),
            ("own", "Keys of KMS", _GOOD),
            (_UNKNOWN, "Unknown", _DOUBTFUL),
        ),
    ),
    (
        "tls",
        "TLS only",
        "TLS only",
        (
            ("false", "Not enforced", _DOUBTFUL),
            ("partial", "In part", _DOUBTFUL),
            ("true", "Enforced", _GOOD),
            (_UNKNOWN, "Unknown", _DOUBTFUL),
        ),
    ),
)
_SENSITIVITIES: Final[tuple[tuple[str, str], ...]] = (
    ("high", "High inside"),
    ("medium", "Medium inside"),
    ("low", "Low inside"),
    ("none", "None known"),
    (_UNKNOWN, "Not looked at"),
)


@dataclass(slots=True)
class State:
    """One state of a dimension, with the buckets in it.

    :param tone: `bad`, `doubtful` or `fine`
    :param counts: sensitivity -> buckets
    """

    value: str
    label: str
    tone: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((name for name, _ in _SENSITIVITIES), 0))

    @property
    def total(self) -> int:
        """Buckets in this state."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that a bucket can be like."""

    name: str
    title: str
    short: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Posture:
    """What the page shows of buckets.

    :param sensitivities: value and heading of the columns that the matrix needs
    :param block: the data for the page's script
    """

    dimensions: tuple[Dimension, ...]
    sensitivities: tuple[tuple[str, str], ...]
    block: Markup


@dataclass(frozen=True, slots=True)
class _Bucket:
    states: tuple[str, ...]
    sensitivity: str
    row: list[object]


def posture_of(records: Iterable[Mapping[str, Any]], roots: Mapping[str, Spread] | None = None) -> Posture | None:
    """The matrix of the bucket records among `records`; None if there are none.

    :param roots: what this scan found, by what holds it; counts for buckets whose record does not say what is inside
    """
    buckets = [_bucket(record, roots or {}) for record in records if record.get("record") == "bucket"]
    if not buckets:
        return None
    dimensions = tuple(
        Dimension(name, title, short, tuple(State(*state) for state in states)) for name, title, short, states in _DIMENSIONS
    )
    for bucket in buckets:
        for dimension, value in zip(dimensions, bucket.states, strict=True):
            next(state for state in dimension.states if state.value == value).counts[bucket.sensitivity] += 1
    present = {bucket.sensitivity for bucket in buckets}
    sensitivities = tuple(one for one in _SENSITIVITIES if one[0] != _UNKNOWN or _UNKNOWN in present)
    return Posture(dimensions, sensitivities, _block(buckets))


def _block(buckets: list[_Bucket]) -> Markup:
    """`{"dimensions": [{"name", "short", "states"}], "buckets": [[name, account, region, states, risk, held, ...], ...]}`."""
    dimensions = [{"name": name, "short": short, "states": states} for name, _, short, states in _DIMENSIONS]
    return embedded(orjson.dumps({"dimensions": dimensions, "buckets": [bucket.row for bucket in buckets]}))


def _bucket(record: Mapping[str, Any], roots: Mapping[str, Spread]) -> _Bucket:
    name = _text(record.get("bucketName"))
    held = _held(record.get("sensitiveFindings"), roots.get(f"{record.get('store') or 's3'}://{name}"))
    states = (_public(record), _shared(record), _replicated(record), _encryption(record), _tls(record))
    sensitivity = _sensitivity(held)
    risk = record.get("risk")
    row: list[object] = [
        name,
        _text(record.get("accountId")),
        _text(record.get("region")),
        states,
        risk if isinstance(risk, int) else None,
        held,
        sensitivity,
        [_fault(one) for one in _list(record.get("findings"))],
        [_unknown(one) for one in _list(record.get("unknowns"))],
        [
            f"{_text(one.get('way'))}: {', '.join(map(_text, one.get('because') or ()))}"
            for one in _list(record.get("evidence"))
            if one.get("open")
        ],
    ]
    return _Bucket(states, sensitivity, row)


def _held(said: object, found: Spread | None) -> list[int] | None:
    """Findings of high, medium and low severity; None if nobody knows."""
    if isinstance(said, Mapping):
        counts = [said.get(name) for name in ("high", "medium", "low")]
        return [count if isinstance(count, int) else 0 for count in counts]
    return list(found.by_severity.values()) if found else None


def _sensitivity(held: list[int] | None) -> str:
    if held is None:
        return _UNKNOWN
    return next((name for name, count in zip(("high", "medium", "low"), held, strict=True) if count), "none")


def _public(record: Mapping[str, Any]) -> str:
    permission = (record.get("publicAccess") or {}).get("effectivePermission")
    return {"PUBLIC": "yes", "NOT_PUBLIC": "no"}.get(str(permission), _UNKNOWN)


def _shared(record: Mapping[str, Any]) -> str:
    shared = str(record.get("sharedAccess")).lower()
    return shared if shared in {"external", "internal", "not_shared"} else _UNKNOWN


def _replicated(record: Mapping[str, Any]) -> str:
    details = record.get("replicationDetails") or {}
    if details.get("replicated") is False:
        return "no"
    if details.get("replicated") is not True:
        return _UNKNOWN
    return {"True": "outside", "False": "within"}.get(str(details.get("replicatedExternally")), _UNKNOWN)


def _encryption(record: Mapping[str, Any]) -> str:
    kind = str((record.get("serverSideEncryption") or {}).get("type"))
    return "own" if kind.startswith("aws:kms") or kind == "CMEK" else {"NONE": "none", "AES256": "service"}.get(kind, _UNKNOWN)


def _tls(record: Mapping[str, Any]) -> str:
    tls = str(record.get("tlsOnly")).lower()
    return tls if tls in {"true", "partial", "false"} else _UNKNOWN


def _fault(one: Mapping[str, Any]) -> list[object]:
    severity = str(one.get("severity"))
    words = [_text(one.get(key)) for key in ("title", "type", "detail", "remedy")]
    return [_SEVERITIES.index(severity) if severity in _SEVERITIES else 0, *words]


def _unknown(one: Mapping[str, Any]) -> str:
    action = f" (needs {_text(one['action'])})" if one.get("action") else ""
    return f"{_text(one.get('call'))}: {_text(one.get('reason'))}{action}"


def _list(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is None else visible(str(value))
