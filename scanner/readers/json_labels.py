"""Objects that hold a name and its value as two members, as settings are written: `{"name": "DB_PASSWORD", "value": "..."}`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import regex

from scanner.readers.label_cells import LABEL_HEADINGS, VALUE_HEADINGS, is_label

if TYPE_CHECKING:
    from scanner.readers.json_columns import JsonObject

MOST_LABELS: Final = 200
"""Different names at one path, beyond which they are data."""
# `ParameterKey` and `ParameterValue` of stacks, `OptionName` of environments.
_OF_CODES: Final = ("type", "system")
_PREFIXES: Final = ("parameter", "option", "default", "initial", "string")


def is_value_name(name: str) -> bool:
    """Whether a member called so is the value of a pair.

    >>> is_value_name("Value"), is_value_name("ParameterValue"), is_value_name("amount")
    (True, True, False)
    """
    return _bare(name) in VALUE_HEADINGS


def is_label_name(name: str) -> bool:
    """Whether a member called so may name the value of a pair."""
    return _bare(name) in LABEL_HEADINGS


def may_label(name: str) -> bool:
    """Whether a member called so may tell, by itself or by what is in it, what the value beside it is."""
    return is_label_name(name) or name in _OF_CODES


def labels_of(objects: "Sequence[JsonObject]", rows: Iterable[int]) -> list[str] | None:
    """What names the values of the `objects` at `rows`, empty for those that nothing names; None where nothing names any of them."""
    labels = [_label(objects[row]) for row in rows]
    return labels if 1 <= len(set(filter(None, labels))) <= MOST_LABELS else None


def _label(value: "JsonObject") -> str:
    if not isinstance(value, dict):
        return ""
    said = (text for name, text in value.items() if isinstance(text, str) and is_label_name(name))
    label = next(said, "").strip() or _coded(value)
    return label if is_label(label) else ""


def _coded(value: "dict[str, object]") -> str:
    """What an identifier of FHIR is: by its type, or by the last part of the name of its system, as in `http://hl7.org/fhir/sid/us-ssn`."""
    kind, system = (value.get(name) for name in _OF_CODES)
    text = kind.get("text") if isinstance(kind, dict) else None
    if isinstance(text, str):
        return text.strip()
    return regex.split(r"[/:]", system)[-1].strip() if isinstance(system, str) else ""


def _bare(name: str) -> str:
    folded = name.casefold().replace("_", "")
    return next((folded.removeprefix(one) for one in _PREFIXES if folded.startswith(one) and folded != one), folded)
