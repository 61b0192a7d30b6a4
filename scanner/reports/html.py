"""One self-contained HTML file for people: no script, nothing loaded from elsewhere, values masked."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from identifiers.model import Category
from scanner.model.outcome import Status
from scanner.model.records import Run, Summary
from scanner.model.result import ObjectResult
from scanner.reports.amounts import duration, grouped, in_bytes, of
from scanner.reports.escape import visible
from scanner.reports.options import SinkOptions
from scanner.reports.overview import Overview

_SAMPLES: Final = 5
# Pieces of the template that are written together.
_PIECES: Final = 500
_MEANINGS: Final = {
    Status.SCANNED: "Read to the end.",
    Status.PARTIAL: "Something of it could not be read.",
    Status.SKIPPED: "Not read, on purpose.",
    Status.FAILED: "Could not be read.",
}


@dataclass(frozen=True, slots=True)
class _Segment:
    """A status in the bar of coverage, in percent of its width."""

    status: Status
    start: float
    width: float


class HtmlSink:
    """Gathers while the run goes on and writes the file when it is over."""

    def __init__(self, out: BinaryIO, options: SinkOptions) -> None:
        self._out = out
        self._overview = Overview(options.identifiers, max_rows=options.max_rows, samples=_SAMPLES)
        self._run: Run | None = None

    def begin(self, run: Run) -> None:
        """Notes the run."""
        self._run = run

    def write(self, result: ObjectResult) -> None:
        """Counts the object in."""
        self._overview.add(result)

    def finish(self, summary: Summary) -> None:
        """Writes the file."""
        assert self._run is not None, "finish comes after begin"
        environment = _environment()
        style, _, _ = environment.loader.get_source(environment, "report.css") if environment.loader else ("", None, None)
        pieces = environment.get_template("report.html.j2").stream(
            style=Markup(style),  # noqa: S704 - our own file
            style_hash=Markup(_source_hash(style)),  # noqa: S704 - base64
            samples=_SAMPLES,
            **_content(self._run, self._overview, summary),
        )
        pieces.enable_buffering(_PIECES)
        for piece in pieces:
            self._out.write(piece.encode())
        self._out.flush()


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
    return environment


def _source_hash(style: str) -> str:
    """What a Content-Security-Policy allows this very style sheet by (W3C CSP Level 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _content(run: Run, overview: Overview, summary: Summary) -> dict[str, object]:
    rows = overview.rows()
    return {
        "run": run,
        "summary": summary,
        "overview": overview,
        "rows": rows,
        "started": f"{run.started:%Y-%m-%d %H:%M} UTC",
        "targets": [visible(target) for target in run.targets],
        "several_roots": len(run.targets) > 1,
        "settings": list(_settings(run.settings)),
        "categories": [(category, overview.by_category[category]) for category in Category if category in overview.by_category],
        "types": sorted(overview.by_type.items(), key=lambda item: (-item[1].objects, item[0])),
        "segments": list(_segments(overview)),
        "meanings": _MEANINGS,
    }


def _segments(overview: Overview) -> Iterator[_Segment]:
    whole = sum(volume.objects for volume in overview.by_status.values())
    start = 0.0
    for status, volume in overview.by_status.items():
        width = 100 * volume.objects / whole if whole else 0.0
        yield _Segment(status, start, width)
        start += width


def _settings(settings: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Each setting that says something, with its name in words; those inside another carry its name before theirs."""
    for name, value in sorted(settings.items()):
        words = f"{above}{name.replace('_', ' ')}"
        if isinstance(value, Mapping):
            yield from _settings(value, f"{words}, ")
        elif value not in (None, "", (), []):
            shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
            yield visible(words[0].upper() + words[1:]), visible(shown)
