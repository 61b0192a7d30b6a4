"""Objects that hold a name and its value as two members, as settings are written: `{"name": "DB_PASSWORD", "value": "..."}`."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.label_cells import LABEL_HEADINGS, VALUE_HEADINGS, is_label

if TYPE_CHECKING:
    from scanner.readers.json_columns import JsonObject

MOST_LABELS: Final = 200
"""Different names at one path, beyond which they are data."""
_LABELS: Final = LABEL_HEADINGS | {"header"}
_OF_CODES: Final = ("type", "system")
# `ParameterKey` and `ParameterValue` of stacks, `OptionName` of environments.
_PREFIXES: Final = ("parameter", "option", "default", "initial", "string")


@lru_cache(maxsize=4096)
def is_value_name(name: str) -> bool:
    """Whether a member called so is the value of a pair.

    >>> is_value_name("Value"), is_value_name("ParameterValue"), is_value_name("amount")
    (True, True, False)
    """
    return _bare(name) in VALUE_HEADINGS


@lru_cache(maxsize=4096)
def is_label_name(name: str) -> bool:
    """Whether a member called so may name the value of a pair."""
    return _bare(name) in _LABELS


def may_label(name: str) -> bool:
    """Whether a member called so may tell, by itself or by what is in it, what the value beside it is."""
    return is_label_name(name) or name in _OF_CODES


def labels_of(objects: "Sequence[JsonObject]", rows: Iterable[int]) -> list[str] | None:
    """What names the values of the `objects` at `rows`, empty for those that nothing names; None where nothing names any of them."""
    labels: list[str] = []
    known: set[str] = set()
    for row in rows:
        labels.append(_label(objects[row]))
        known.add(labels[-1])
        if len(known) > MOST_LABELS + 1:
            return None
    return labels if known - {""} and len(known - {""}) <= MOST_LABELS else None


def _label(value: "JsonObject") -> str:
    if not isinstance(value, dict):
        return ""
    said = (text for name, text in value.items() if isinstance(text, str) and is_label_name(name))
    return _readable(next(said, "") or _coded(value))


@lru_cache(maxsize=4096)
def _readable(text: str) -> str:
    label = text.strip()
    return label if is_label(label) else ""


def _coded(value: "dict[str, object]") -> str:
    """What an identifier of FHIR is: by its type, or by the last part of the name of its system, as in `http://hl7.org/fhir/sid/us-ssn`."""
    kind, system = (value.get(name) for name in _OF_CODES)
    text = kind.get("text") if isinstance(kind, dict) else None
    if isinstance(text, str):
        return text
    return regex.split(r"[/:]", system)[-1] if isinstance(system, str) else ""


def _bare(name: str) -> str:
    folded = name.casefold().replace("_", "")
    return next((folded.removeprefix(one) for one in _PREFIXES if folded.startswith(one) and folded != one), folded)
