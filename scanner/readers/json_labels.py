"""Objects that hold a name and its value as two members, as settings are written: `{"name": "DB_PASSWORD", "value": "..."}`."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scanner.readers.label_cells import LABEL_HEADINGS, VALUE_HEADINGS, is_label

if TYPE_CHECKING:
    from scanner.readers.json_columns import JsonObject

MOST_LABELS: Final = 200
"""Different names at one path, beyond which they are data."""
_LABELS: Final = LABEL_HEADINGS | {"system", "header"}
# `ParameterKey` and `ParameterValue` of stacks, `OptionName` of environments.
_PREFIXES: Final = ("parameter", "option", "default", "initial", "string")


@lru_cache(maxsize=4096)
def is_value_name(name: str) -> bool:
    """Whether a member called so is the value of a pair.

    >>> is_value_name("Value"), is_value_name("ParameterValue"), is_value_name("amount")
    (True, True, False)
    """
    return _bare(name) in VALUE_HEADINGS


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
    said = (text for name, text in value.items() if isinstance(text, str) and _is_label_name(name))
    return _readable(next(said, ""))


@lru_cache(maxsize=4096)
def _readable(text: str) -> str:
    # In health records the name is an address: `{"system": "http://hl7.org/fhir/sid/us-ssn", "value": "..."}`.
    label = text.strip().rpartition("/")[2]
    return label if is_label(label) else ""


@lru_cache(maxsize=4096)
def _is_label_name(name: str) -> bool:
    return _bare(name) in _LABELS


def _bare(name: str) -> str:
    folded = name.casefold().replace("_", "")
    return next((folded.removeprefix(one) for one in _PREFIXES if folded.startswith(one) and folded != one), folded)
