"""What a reader who reads nothing else should know: a few lines below the first sentence of the report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from identifiers.model import Identifier
from scanner.model.outcome import Status
from scanner.model.records import Summary
from scanner.reports.amounts import grouped, of
from scanner.reports.escape import visible
from scanner.reports.html.aggregates import Aggregates
from scanner.reports.html.life import LIVES
from scanner.reports.html.posture import Posture
from scanner.reports.html.spread import Spread
from scanner.reports.overview import Overview

_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One line.

    :param about: what it is about, in a word or two
    :param said: what it says
    :param section: id of the section that has more
    :param grave: it asks for something to be done at once
    """

    about: str
    said: str
    section: str
    grave: bool = False


def takeaways(
    found: Aggregates, overview: Overview, summary: Summary, identifiers: Mapping[str, Identifier], posture: Posture | None
) -> list[Takeaway]:
    """The lines, the most pressing first."""
    lines: list[Takeaway] = []
    if posture:
        lines += _open(posture)
    if summary.life:
        told = [
            f"{grouped(summary.life[life])} {name.lower()}" for life, name, _ in LIVES if summary.life.get(life) and life != "unchanged"
        ]
        lines.append(Takeaway("Since earlier runs", ", ".join(told) or "nothing new, nothing resolved", "since"))
    if found.by_identifier:
        kinds = _worst(found.by_identifier, lambda name: visible(identifiers[name].name))
        lines += [Takeaway("Above all", kinds, "found"), Takeaway("Mostly in", _places(found), "where")]
    return lines + list(_unread(overview))


def _open(posture: Posture) -> Iterator[Takeaway]:
    """Buckets that everybody can reach, and what is known to be in them."""
    public = next(one for one in posture.dimensions if one.name == "public")
    state = next(one for one in public.states if one.value == "yes")
    held = [(state.counts[name], name) for name in ("high", "medium", "low") if state.counts.get(name)]
    if held:
        said = ", ".join(f"{of(count, 'bucket')} with findings of {name} severity" for count, name in held)
        yield Takeaway("Open to everybody", said, "posture", grave=True)
    elif state.total:
        yield Takeaway("Open to everybody", f"{of(state.total, 'bucket')}, in none of which anything is known to be", "posture")


def _places(found: Aggregates) -> str:
    several = len(found.by_root) > 1
    top = found.folders.top(_NAMED)
    named = [
        f"{f'{root}/' if several else ''}{folder or '(at the top)'} ({of(spread.objects, 'object')})" for (root, folder), spread in top
    ]
    return ", ".join(named)


def _worst(spreads: Mapping[str, Spread], named: Callable[[str], str]) -> str:
    first = sorted(spreads.items(), key=lambda item: ([-part for part in item[1].rank], item[0]))[:_NAMED]
    return "; ".join(f"{named(name)} in {of(spread.objects, 'object')}" for name, spread in first)


def _unread(overview: Overview) -> Iterator[Takeaway]:
    unread = [(status, reason, volume) for status, reason, volume in overview.unread() if reason != "gone"]
    count = sum(volume.objects for _, _, volume in unread)
    if not count:
        return
    failed = overview.by_status[Status.FAILED].objects
    first = sorted(unread, key=lambda one: -one[2].objects)[:_NAMED]
    why = ", ".join(f"{grouped(volume.objects)} {reason}" for _, reason, volume in first)
    more = " and others" if len(unread) > _NAMED else ""
    yield Takeaway("Not, or not wholly, read", f"{of(count, 'object')}: {why}{more}", "coverage", grave=bool(failed))
