"""Which source serves a target. A row is imported only when a target needs it."""

import importlib
from collections.abc import Callable, Mapping
from typing import Final, cast

import regex

from scanner.errors import ConfigError
from scanner.sources.base import Source
from scanner.sources.filters import Filters
from scanner.sources.options import SourceOptions

SOURCES: Final[Mapping[str, str]] = {
    "-": "scanner.sources.stdin:open_stdin",
    "az": "scanner.sources.az:open_az",
    "file": "scanner.sources.local:open_local",
    "gs": "scanner.sources.gs:open_gs",
    "http": "scanner.sources.http:open_http",
    "https": "scanner.sources.http:open_http",
    "s3": "scanner.sources.s3:open_s3",
}
"""Scheme of the target -> `module:function` that takes the target and the options and gives a Source."""

_SCHEME: Final = regex.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://.*", regex.DOTALL | regex.IGNORECASE)


def open_source(target: str, options: SourceOptions) -> Source:
    """The source of `target`: a path, `-` for standard input, or `scheme://...`.

    Raises TargetError if it does not exist, and ConfigError for a store that is not known or a pattern that is wrong.
    """
    Filters(options)
    scheme = _scheme(target)
    if scheme not in SOURCES:
        known = ", ".join(f"{name}://" for name in SOURCES if name != "-")
        raise ConfigError(f"{target}: {scheme}:// is not there yet; known are paths, {known} and - (for a local path write ./{target})")
    module, _, name = SOURCES[scheme].partition(":")
    opener = cast("Callable[[str, SourceOptions], Source]", getattr(importlib.import_module(module), name))
    return opener(target, options)


def _scheme(target: str) -> str:
    if target == "-":
        return "-"
    found = _SCHEME.fullmatch(target)
    return found["scheme"].lower() if found else "file"
