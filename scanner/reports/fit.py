"""Texts cut to the lengths that other systems take."""

import hashlib

from scanner.reports.escape import visible


def fit(text: str, most: int) -> str:
    """`text` safe to show and at most `most` characters long; what is cut ends with `…`."""
    shown = visible(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def fit_name(name: str, most: int) -> str:
    """As `fit`, but names that differ stay different: what is cut ends with a part of the name's hash."""
    shown = visible(name)
    if len(shown) <= most:
        return shown
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{shown[: most - 17]}~{digest}"
