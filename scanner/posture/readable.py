"""Which objects of a bucket can be read from outside: a policy often speaks of a part of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import regex

from scanner.model.exposure import ObjectExposure, Reachable
from scanner.posture.actions import Access
from scanner.posture.answers import Unknown
from scanner.posture.exposure import Way
from scanner.posture.protection import denies_of_everybody
from scanner.posture.settings import BucketSettings
from scanner.posture.sharing import Outsider
from scanner.posture.verdict import PolicyVerdict, Reach, Reason
from scanner.posture.verdicts import BucketVerdicts
from scanner.posture.wildcards import matches

# Whoever may change permissions may give himself the right to read.
_READING: Final = frozenset((Access.READ, Access.PERMISSIONS))
_VARIABLE: Final = regex.compile(r"\$\{[^}]*\}")


class Keys(NamedTuple):
    """Keys of objects.

    :param patterns: with `*` and `?`
    :param all_but: all others than those are meant
    """

    patterns: tuple[str, ...]
    all_but: bool = False

    def hold(self, key: str) -> bool:
        """Whether the key is one of them."""
        return any(matches(pattern, key) for pattern in self.patterns) != self.all_but

    @property
    def record(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"keys": list(self.patterns), "allBut": self.all_but}


_EVERY_KEY: Final = Keys(("*",))
_GET: Final = "s3:getobject"


@dataclass(frozen=True, slots=True)
class Readable:
    """One thing that lets somebody outside read objects.

    :param because: for people
    :param denied: what a Deny of everybody without conditions takes away again
    """

    to: str
    keys: Keys
    because: str
    denied: tuple[Keys, ...] = ()

    def opens(self, key: str) -> bool:
        """Whether it lets them read the object of this key."""
        return self.keys.hold(key) and not any(keys.hold(key) for keys in self.denied)

    @property
    def record(self) -> dict[str, Any]:
        """All of it as plain JSON values."""
        return {"to": self.to, **self.keys.record, "because": self.because, "denied": [keys.record for keys in self.denied]}


def readable_of(record: Mapping[str, Any]) -> Readable:
    """The inverse of `Readable.record`."""
    denied = tuple(map(_keys_of, record["denied"]))
    return Readable(str(record["to"]), _keys_of(record), str(record["because"]), denied)


def _keys_of(record: Mapping[str, Any]) -> Keys:
    return Keys(tuple(map(str, record["keys"])), bool(record["allBut"]))


def readable(verdicts: BucketVerdicts) -> tuple[Readable, ...]:
    """All that is proven to be open now; what is dormant or unknown is left out."""
    denied = tuple(_denied(verdicts.settings))
    return (
        *(one for way in verdicts.exposure.ways if way.open for one in _to_everybody(way, verdicts, denied)),
        *(_to_outsiders(one, verdicts, denied) for one in verdicts.sharing.outsiders if one.effective and one.access & _READING),
    )


def _denied(settings: BucketSettings) -> Iterator[Keys]:
    """What the bucket's own policy keeps from everybody, whoever lets them in."""
    for one in [] if isinstance(settings.policy, Unknown) else denies_of_everybody(settings.policy):
        if not one.conditions and any(matches(action, _GET) for action in one.actions) != one.all_but_actions:
            yield Keys(tuple(_key(pattern, settings.name) for pattern in one.resources), one.all_but_resources)


def exposure_in(ways: Iterable[Readable], key: str) -> ObjectExposure | None:
    """Who outside can read the object of this key; None if nobody is proven to."""
    open_to = [one for one in ways if one.opens(key)]
    if not open_to:
        return None
    widest = min((Reachable(one.to) for one in open_to), key=list(Reachable).index)
    return ObjectExposure(widest, tuple(dict.fromkeys(one.because for one in open_to)))


def _to_everybody(way: Way, verdicts: BucketVerdicts, denied: tuple[Keys, ...]) -> Iterator[Readable]:
    policy = _policy_of(way.name, verdicts)
    if policy is not None:
        for reason in policy.reasons:
            if reason.reach is Reach.PUBLIC and reason.access & _READING:
                yield _from_reason(Reachable.EVERYBODY, way.name, reason, verdicts.settings.name, denied)
    elif verdicts.settings.store != "s3" and Access.READ in way.access:
        yield Readable(Reachable.EVERYBODY, _EVERY_KEY, f"{way.name}: {', '.join(way.evidence)}")
    elif Access.PERMISSIONS in way.access:
        yield Readable(Reachable.EVERYBODY, _EVERY_KEY, f"{way.name}: everybody may change who may read", denied)


def _to_outsiders(one: Outsider, verdicts: BucketVerdicts, denied: tuple[Keys, ...]) -> Readable:
    policy = _policy_of(one.via, verdicts)
    who = f"{one.party.kind} {one.party.id}"
    if policy is None or one.statement is None:
        return Readable(Reachable.OUTSIDERS, _EVERY_KEY, f"{one.via}: {who}", denied)
    reason = next(reason for reason in policy.reasons if reason.number == one.statement)
    made = _from_reason(Reachable.OUTSIDERS, one.via, reason, verdicts.settings.name, denied)
    return replace(made, because=f"{made.because} ({who})")


def _policy_of(way: str, verdicts: BucketVerdicts) -> PolicyVerdict | None:
    if way == "policy":
        return verdicts.exposure.policy
    return next((one.verdict for one in verdicts.exposure.points if way == f"access point {one.point.name}"), None)


def _from_reason(to: Reachable, way: str, reason: Reason, bucket: str, denied: tuple[Keys, ...]) -> Readable:
    keys = Keys(tuple(_key(pattern, bucket) for pattern in reason.resources), reason.all_but_resources)
    names_bucket = any(matches(pattern.rpartition(":::")[2], bucket) for pattern in reason.resources)
    if Access.PERMISSIONS in reason.access and names_bucket != reason.all_but_resources:
        # Whoever may change the bucket's own permissions may open all of it, and take out what denies it.
        keys, denied = _EVERY_KEY, ()
    sid = f" ({reason.sid})" if reason.sid else ""
    return Readable(to, keys, f"{way} statement {reason.number}{sid}: {reason.because}", denied)


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
