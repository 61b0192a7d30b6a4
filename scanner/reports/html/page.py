"""Writes the page: fills the template, and names in its policy the one style sheet and the one script that may be used."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from identifiers.model import Category
from identifiers.regulations import load_regulations
from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.reports.amounts import duration, grouped, in_bytes, of
from scanner.reports.escape import visible
from scanner.reports.html.aggregates import NO_COUNTRY, Aggregates
from scanner.reports.html.blocks import EVIDENCE_BLOCK, evidence_blocks, findings_block
from scanner.reports.html.charts import percent, pieces
from scanner.reports.html.columns import column_entries
from scanner.reports.html.listing import Listing
from scanner.reports.html.spread import WORST_FIRST, Spread
from scanner.reports.inventory import Inventory
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview

# Pieces of the template that are written together.
_PIECES: Final = 500
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
    """

    run: Run
    summary: Summary
    overview: Overview
    aggregates: Aggregates
    inventory: Inventory
    listing: Listing
    samples: int


def write_page(out: BinaryIO, gathered: Gathered, options: SinkOptions) -> None:
    """Writes the whole report."""
    environment = _environment()
    roots = gathered.aggregates.by_root
    entries = column_entries(gathered.inventory, options.catalogues.levels, next(iter(roots)) if len(roots) == 1 else "")
    style, script = _source(environment, "report.css"), _source(environment, "report.js")
    page = environment.get_template("report.html.j2").stream(
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=Markup(_hash(style)),  # noqa: S704 - base64
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=Markup(_hash(script)),  # noqa: S704 - base64
        findings_block=findings_block(gathered.listing, entries, options.identifiers),
        evidence_blocks=evidence_blocks(gathered.listing),
        evidence_block_size=EVIDENCE_BLOCK,
        entries=entries,
        **_content(gathered, options),
    )
    page.enable_buffering(_PIECES)
    for piece in page:  # noqa: FURB122 - a stream's writelines may go past its own write
        out.write(piece.encode())
    out.flush()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scanner.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"visible": visible, "grouped": grouped, "in_bytes": in_bytes, "of": of, "duration": duration}
    environment.globals |= {"pieces": pieces, "percent": percent, "severities": WORST_FIRST, "meanings": _MEANINGS}
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _hash(source: str) -> str:
    """What a Content-Security-Policy allows this very style sheet or script by (W3C CSP Level 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _content(gathered: Gathered, options: SinkOptions) -> dict[str, object]:
    run, overview, found = gathered.run, gathered.overview, gathered.aggregates
    countries = _worst_first(found.by_country)
    return {
        "run": run,
        "summary": gathered.summary,
        "overview": overview,
        "listing": gathered.listing,
        "inventory": gathered.inventory,
        "levels": options.catalogues.levels.order,
        "samples": gathered.samples,
        "started": f"{run.started:%Y-%m-%d %H:%M} UTC",
        "targets": [visible(target) for target in run.targets],
        "several_roots": len(run.targets) > 1,
        "settings": list(_settings(run.settings)),
        "categories": [(category, found.by_category[category]) for category in Category if category in found.by_category],
        "kinds": [(options.identifiers[name], spread) for name, spread in _worst_first(found.by_identifier)],
        "folders": found.folders.top(_FOLDERS),
        "folder_count": len(found.folders),
        "folders_exact": found.folders.exact,
        "roots": _worst_first(found.by_root)[:_FOLDERS],
        "countries": [item for item in countries if item[0] != NO_COUNTRY],
        "elsewhere": found.by_country.get(NO_COUNTRY),
        "regulations": [(one, found.by_regulation.get(one.id)) for one in load_regulations().regulations],
        "types": sorted(overview.by_type.items(), key=lambda item: (-item[1].objects, item[0])),
        "volumes": overview.by_status,
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
