"""The report of a scan: what goes where on the page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from identifiers.model import Category
from identifiers.regulations import load_regulations
from scanner.model.outcome import Reason, Status
from scanner.model.records import Run, Summary
from scanner.reports.escape import visible
from scanner.reports.html.aggregates import NO_COUNTRY, Aggregates
from scanner.reports.html.blocks import evidence_blocks, findings_block
from scanner.reports.html.columns import ColumnEntry, column_entries
from scanner.reports.html.life import Ended, News, lives_of
from scanner.reports.html.listing import Listing
from scanner.reports.html.posture import Posture, posture_of
from scanner.reports.html.render import render
from scanner.reports.html.spread import Spread
from scanner.reports.html.takeaways import takeaways
from scanner.reports.inventory import Inventory
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview

_FOLDERS: Final = 12
_MEANINGS: Final = {
    Status.SCANNED: "Read to the end.",
    Status.PARTIAL: "Something of it could not be read.",
    Status.SKIPPED: "Not read, on purpose.",
    Status.FAILED: "Could not be read.",
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made of.

    :param samples: occurrences shown of each identifier in an object
    :param reported_only: the buckets are those of which something was reported, not all
    """

    run: Run
    summary: Summary
    overview: Overview
    aggregates: Aggregates
    inventory: Inventory
    listing: Listing
    ended: Ended
    news: News
    samples: int
    reported_only: bool = False


def write_page(out: BinaryIO, gathered: Gathered, options: SinkOptions) -> None:
    """Writes the whole report."""
    roots = gathered.aggregates.by_root
    entries = column_entries(gathered.inventory, options.catalogues.levels, next(iter(roots)) if len(roots) == 1 else "")
    posture = posture_of(options.posture, roots) if options.posture else None
    content = {
        "contents": list(_contents(gathered, entries, posture)),
        "has_data": bool(gathered.listing.findings or posture),
        "findings_block": findings_block(gathered.listing, entries, options.identifiers),
        "evidence_blocks": evidence_blocks(gathered.listing),
        "entries": entries,
        "posture": posture,
        "reported_only": gathered.reported_only,
        "levels": options.catalogues.levels.order,
        "takeaways": takeaways(gathered.aggregates, gathered.overview, gathered.summary, options.identifiers, posture),
    }
    render(out, "report.html.j2", content | _about_run(gathered) | _about_findings(gathered, options))


def _contents(gathered: Gathered, entries: list[ColumnEntry], posture: Posture | None) -> Iterator[tuple[str, str]]:
    """Ids and names of the sections."""
    yield "summary", "Summary"
    if lives_of(gathered.summary):
        yield "since", "Since earlier runs"
    if gathered.listing.findings:
        yield "found", "What was found"
        yield "law", "Regulations and countries"
        yield "where", "Where it is"
    if posture:
        yield "posture", "Who can reach it"
        yield "buckets", "Buckets"
    yield "coverage", "Coverage"
    if entries:
        yield "columns", "Columns"
    if gathered.listing.findings:
        yield "findings", "Findings"
    yield "method", "How it was scanned"


def _about_run(gathered: Gathered) -> dict[str, object]:
    run, overview = gathered.run, gathered.overview
    return {
        "run": run,
        "summary": gathered.summary,
        "overview": overview,
        "started": f"{run.started:%Y-%m-%d %H:%M} UTC",
        "targets": [visible(target) for target in run.targets],
        "several_roots": len(run.targets) > 1 or len(gathered.aggregates.by_root) > 1,
        "settings": list(_settings(run.settings)),
        "types": sorted(overview.by_type.items(), key=lambda item: (-item[1].objects, item[0])),
        "volumes": overview.by_status,
        "meanings": _MEANINGS,
        "lives": lives_of(gathered.summary),
        "ended": gathered.ended,
        "news": gathered.news.listed(),
        "present": gathered.summary.objects - _gone(overview),
    }


def _gone(overview: Overview) -> int:
    """Objects that are not there any more: a run with a state store counts them, too."""
    gone = overview.by_reason.get((Status.SKIPPED, Reason.GONE.value))
    return gone.objects if gone else 0


def _about_findings(gathered: Gathered, options: SinkOptions) -> dict[str, object]:
    found = gathered.aggregates
    return {
        "listing": gathered.listing,
        "inventory": gathered.inventory,
        "samples": gathered.samples,
        "categories": [(category, found.by_category[category]) for category in Category if category in found.by_category],
        "kinds": [(options.identifiers[name], spread) for name, spread in _worst_first(found.by_identifier)],
        "folders": found.folders.top(_FOLDERS),
        "folder_count": len(found.folders),
        "folders_exact": found.folders.exact,
        "roots": _worst_first(found.by_root)[:_FOLDERS],
        "countries": [item for item in _worst_first(found.by_country) if item[0] != NO_COUNTRY],
        "elsewhere": found.by_country.get(NO_COUNTRY),
        "regulations": [(one, found.by_regulation.get(one.id)) for one in load_regulations().regulations],
    }


def _worst_first(spreads: Mapping[str, Spread]) -> list[tuple[str, Spread]]:
    return sorted(spreads.items(), key=lambda item: ([-part for part in item[1].rank], item[0]))


def _settings(settings: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Each setting that says something, with its name in words; those inside another carry its name before theirs."""
    for name, value in sorted(settings.items()):
        words = f"{above}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            yield from _settings(value, f"{words}, ")
        elif value not in (None, "", (), []):
            shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            yield visible(words[0].upper() + words[1:]), visible(shown)
