"""Fills a template, and names in the page's policy the one style sheet and the one script that may be used."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from typing import BinaryIO, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scanner.reports.amounts import duration, grouped, in_bytes, of
from scanner.reports.escape import visible
from scanner.reports.html.charts import percent, pieces
from scanner.reports.html.spread import WORST_FIRST
from scanner.version import VERSION

# Pieces of the template that are written together.
_PIECES: Final = 500
_SCRIPTS: Final = ("core", "findings", "columns", "buckets", "links")


def render(out: BinaryIO, template: str, content: Mapping[str, object]) -> None:
    """Writes the page that `template` makes of `content`."""
    environment = _environment()
    style = _source(environment, "report.css")
    script = "\n".join(_source(environment, f"script/{name}.js") for name in _SCRIPTS)
    page = environment.get_template(template).stream(
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=Markup(_hash(style)),  # noqa: S704 - base64
        script=Markup(script),  # noqa: S704 - our own files
        script_hash=Markup(_hash(script)),  # noqa: S704 - base64
        version=VERSION,
        **content,
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
    environment.globals |= {"pieces": pieces, "percent": percent, "severities": WORST_FIRST}
    return environment


def _source(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


def _hash(source: str) -> str:
    """What a Content-Security-Policy allows this very style sheet or script by (W3C CSP Level 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
