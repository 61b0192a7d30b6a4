"""Records as lines of JSON: UTF-8, one record a line, and harmless when a terminal shows them."""

import os
from collections.abc import Mapping
from typing import Final

import orjson
import regex

# JSON leaves these bare, but terminals act on them (C1 controls, bidirectional overrides) or readers split lines at them.
_ACTING: Final = regex.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SURROGATE: Final = regex.compile("[\ud800-\udfff]")


def encode_line(record: Mapping[str, object]) -> bytes:
    """`record` as one line, its newline included; members keep their order, lone surrogates become U+FFFD."""
    try:
        line = orjson.dumps(record)
    except orjson.JSONEncodeError:
        line = orjson.dumps(_without_surrogates(record))
    if not line.isascii() or b"\x7f" in line:
        line = _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", line.decode()).encode()
    return line + b"\n"


def plain(name: str) -> str:
    """A name that may carry undecodable bytes as `os.fsdecode` does, as plain text; such bytes become U+FFFD."""
    return os.fsencode(name).decode("utf-8", "replace")


def _without_surrogates(value: object) -> object:
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case Mapping():
            return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_surrogates(item) for item in value]
        case _:
            return value
