"""Which objects of a bucket can be read from outside: a policy often speaks of a part of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import regex

from scanner.model.exposure import ObjectExposure, Reachable
from scanner.posture.actions import Access
from scanner.posture.exposure import Way
from scanner.posture.sharing import Outsider
from scanner.posture.verdict import PolicyVerdict, Reach, Reason
from scanner.posture.verdicts import BucketVerdicts
from scanner.posture.wildcards import matches

# Whoever may change permissions may give himself the right to read.
_READING: Final = frozenset((Access.READ, Access.PERMISSIONS))
_VARIABLE: Final = regex.compile(r"\$\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Readable:
    """One thing that lets somebody outside read objects.

    :param keys: patterns of their keys with `*` and `?`; of all others when `all_but`
    :param because: for people
    """

    to: str
    keys: tuple[str, ...]
    all_but: bool
    because: str

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return asdict(self) | {"keys": list(self.keys)}


def readable_of(record: Mapping[str, Any]) -> Readable:
    """The inverse of `Readable.record`."""
    return Readable(str(record["to"]), tuple(record["keys"]), bool(record["all_but"]), str(record["because"]))


def readable(verdicts: BucketVerdicts) -> tuple[Readable, ...]:
    """All that is proven to be open now; what is dormant or unknown is left out."""
    bucket = verdicts.settings.name
    return (
        *(one for way in verdicts.exposure.ways if way.open for one in _to_everybody(way, verdicts)),
        *(_to_outsiders(one, verdicts, bucket) for one in verdicts.sharing.outsiders if one.effective and one.access & _READING),
    )


def exposure_in(ways: Iterable[Readable], key: str) -> ObjectExposure | None:
    """Who outside can read the object of this key; None if nobody is proven to."""
    open_to = [one for one in ways if any(matches(pattern, key) for pattern in one.keys) != one.all_but]
    if not open_to:
        return None
    widest = min((Reachable(one.to) for one in open_to), key=list(Reachable).index)
    return ObjectExposure(widest, tuple(dict.fromkeys(one.because for one in open_to)))


def _to_everybody(way: Way, verdicts: BucketVerdicts) -> Iterator[Readable]:
    policy = _policy_of(way.name, verdicts)
    if policy is not None:
        for reason in policy.reasons:
            if reason.reach is Reach.PUBLIC and reason.access & _READING:
                yield _from_reason(Reachable.EVERYBODY, way.name, reason, verdicts.settings.name)
    elif verdicts.settings.store != "s3" and Access.READ in way.access:
        yield Readable(Reachable.EVERYBODY, ("*",), all_but=False, because=f"{way.name}: {', '.join(way.evidence)}")
    elif Access.PERMISSIONS in way.access:
        yield Readable(Reachable.EVERYBODY, ("*",), all_but=False, because=f"{way.name}: everybody may change who may read")


def _to_outsiders(one: Outsider, verdicts: BucketVerdicts, bucket: str) -> Readable:
    policy = _policy_of(one.via, verdicts)
    who = f"{one.party.kind} {one.party.id}"
    if policy is None or one.statement is None:
        return Readable(Reachable.OUTSIDERS, ("*",), all_but=False, because=f"{one.via}: {who}")
    reason = next(reason for reason in policy.reasons if reason.number == one.statement)
    made = _from_reason(Reachable.OUTSIDERS, one.via, reason, bucket)
    return Readable(made.to, made.keys, made.all_but, f"{made.because} ({who})")


def _policy_of(way: str, verdicts: BucketVerdicts) -> PolicyVerdict | None:
    if way == "policy":
        return verdicts.exposure.policy
    return next((one.verdict for one in verdicts.exposure.points if way == f"access point {one.point.name}"), None)


def _from_reason(to: Reachable, way: str, reason: Reason, bucket: str) -> Readable:
    keys, all_but = tuple(_key(pattern, bucket) for pattern in reason.resources), reason.all_but_resources
    names_bucket = any(matches(pattern.rpartition(":::")[2], bucket) for pattern in reason.resources)
    if Access.PERMISSIONS in reason.access and names_bucket != all_but:
        # Whoever may change the bucket's own permissions may open all of it.
        keys, all_but = ("*",), False
    sid = f" ({reason.sid})" if reason.sid else ""
    return Readable(to, keys, all_but, f"{way} statement {reason.number}{sid}: {reason.because}")


def _key(resource: str, bucket: str) -> str:
    """The part of a resource's name that is the key: behind the bucket, or behind `/object/` of an access point.

    >>> _key("arn:aws:s3:::photos/2020/*", "photos"), _key("arn:aws:s3:::photos*", "photos"), _key("arn:aws:s3:::photos", "photos")
    ('2020/*', '*', '')
    """
    name = _VARIABLE.sub("*", resource)
    if ":accesspoint/" in name:
        return name.partition("/object/")[2]
    place = name.rpartition(":::")[2]
    held, slash, key = place.partition("/")
    if slash:
        return key if matches(held, bucket) or held.endswith("*") else ""
    return "*" if held.endswith("*") and matches(held, f"{bucket}/x") else ""
