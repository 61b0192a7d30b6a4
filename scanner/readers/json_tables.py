"""Tables written as arrays of arrays, what heads their columns beside them: `{"columns": ["name", "ssn"], "rows": [["Ann", "..."]]}`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scanner.readers.header import is_heading
from scanner.readers.label_cells import is_label

if TYPE_CHECKING:
    from scanner.readers.json_columns import JsonObject

Heads = tuple[str, ...]
"""The names of the columns of a table, from the first on; empty where nothing heads them."""

_HEADS: Final = frozenset("columns header headers fields columnnames colnames cols schema".split())  # noqa: SIM905
_ROWS: Final = frozenset("rows data values records body items dataarray".split())  # noqa: SIM905
_NAMES: Final = ("name", "label", "title", "key", "id", "displayname")
_MOST_COLUMNS: Final = 500


def is_rows_name(name: str) -> bool:
    """Whether a member called so may hold the rows of a table.

    >>> is_rows_name("rows"), is_rows_name("data_array"), is_rows_name("orders")
    (True, True, False)
    """
    return _bare(name) in _ROWS


def is_heads_name(name: str) -> bool:
    """Whether a member called so may head the columns of a table."""
    return _bare(name) in _HEADS


def heads_beside(value: "JsonObject") -> Heads:
    """What the other members of an object say of the columns of its rows: strings, or objects that each have a name."""
    if not isinstance(value, dict):
        return ()
    said = (held for name, held in value.items() if is_heads_name(name))
    return next(filter(None, (_heads(held) if isinstance(held, list) else _described(held) for held in said)), ())


def _described(held: object) -> Heads:
    """The heads in a description: `"schema": {"fields": [...]}`."""
    lists = (own for name, own in held.items() if isinstance(own, list) and is_heads_name(name)) if isinstance(held, dict) else ()
    return next(filter(None, map(_heads, lists)), ())


def heads_within(first: Sequence[object]) -> Heads:
    """The cells of a first row, if they head the columns below: words, and half of them such as head columns.

    The rows below are not asked, so that it is the same wherever a large document is cut.
    """
    cells = [cell for cell in first if isinstance(cell, str)]
    if len(cells) < len(first) or not all(map(is_label, cells)) or sum(is_heading(cell) > 0 for cell in cells) * 2 < len(cells):
        return ()
    return _heads(cells)


def _heads(held: Sequence[object]) -> Heads:
    names = tuple(one if isinstance(one, str) else _name_of(one) for one in held[: _MOST_COLUMNS + 1])
    return names if 2 <= len(names) <= _MOST_COLUMNS and all(names) else ()


def _name_of(one: object) -> str:
    """The name of a column that an object describes."""
    if not isinstance(one, dict):
        return ""
    own = {_bare(name): held for name, held in one.items() if isinstance(held, str)}
    return next((own[name] for name in _NAMES if name in own), "")


def _bare(name: str) -> str:
    return name.casefold().replace("_", "")
