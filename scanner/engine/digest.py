"""Short names for large things: a set of identifiers, a run."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

import orjson

from identifiers.model import Identifier
from scanner.detection.allowed import AllowList


def ruleset_digest(identifiers: tuple[Identifier, ...], version: str) -> str:
    """64 hex digits that change whenever an identifier does, or the program that reads and judges."""
    return _digest(version, *sorted(map(_declared, identifiers)))


def with_allowed(digest: str, allow: AllowList | None) -> str:
    """The digest of the same ruleset where `allow` is not reported; `digest` itself where nothing is allowed."""
    return _digest(digest, canonical(allow)) if allow else digest


def _declared(identifier: Identifier) -> str:
    """All of an identifier as text, the same for equal ones."""
    return orjson.dumps(identifier, default=_told, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS).decode()


def _told(value: object) -> object:
    """What orjson does not know: sets sorted, read-only mappings as plain ones."""
    return sorted(value, key=str) if isinstance(value, frozenset) else dict(value) if isinstance(value, Mapping) else str(value)


def _digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def run_id(*parts: object) -> str:
    """32 hex digits; equal for equal parts."""
    return _digest(canonical(parts))[:32]


def canonical(value: object) -> str:
    """`value` as JSON, the same for equal values."""
    return json.dumps(plain(value), sort_keys=True, default=str)


def plain(value: object) -> object:
    """`value` out of what JSON knows: data classes and mappings as objects, sets sorted, times as text."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=canonical)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
