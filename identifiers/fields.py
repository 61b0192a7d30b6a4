"""Strict reading of one TOML table: every error names file, identifier and key, and a key nobody asked for is an error."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from difflib import get_close_matches
from enum import StrEnum
from typing import NoReturn, TypeVar

from identifiers.errors import IdentifierError

Choice = TypeVar("Choice", bound=StrEnum)

# How the same thing is called elsewhere, Macie's API first.
_OTHER_NAMES = {
    "regex": "pattern",
    "maximum_match_distance": "max_distance",
    "maximummatchdistance": "max_distance",
    "ignorewords": "ignore_words",
    "severitylevels": "severity_levels",
    "allow_list": "ignore_values",
    "keyword": "keywords",
    "examples": "matches",
}


class Fields:
    """The keys of one table, taken one by one.

    :param table: the table as TOML gave it
    :param where: file and identifier, the beginning of every error message
    :param defaults: used for a key that the table does not have; its own unknown keys are somebody else's business
    """

    def __init__(self, table: Mapping[str, object], where: str, defaults: Mapping[str, object] | None = None) -> None:
        self._table = table
        self._defaults = defaults or {}
        self._known: set[str] = set()
        self.where = where

    def fail(self, key: str, message: str) -> NoReturn:
        """Raise an `IdentifierError` about `key`."""
        raise IdentifierError(message, where=f"{self.where}: {key}")

    def has(self, key: str) -> bool:
        """Whether the table, or its defaults, has `key`."""
        self._known.add(key)
        return key in self._table or key in self._defaults

    def value(self, key: str) -> object:
        """Whatever stands at `key`; None if nothing does."""
        self._known.add(key)
        return self._table.get(key, self._defaults.get(key))

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; without `default` the key is required."""
        value = self.value(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.fail(key, "is missing; add it")
        if not isinstance(value, str) or not value.strip():
            self.fail(key, "must be a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, none of them empty; without the key an empty one."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fail(key, "must be a list of texts, none of them empty")
        twice = next((item for index, item in enumerate(value) if item in value[:index]), None)
        if twice is not None:
            self.fail(key, f"{twice!r} stands twice; remove one")
        return tuple(value)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(key, f"must be a whole number from {low} to {high}")
        return value

    def share(self, key: str, default: float) -> float:
        """A number above 0 and at most 1."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
            self.fail(key, "must be a number above 0 and at most 1")
        return float(value)

    def flag(self, key: str) -> bool | None:
        """True, false, or None without the key."""
        value = self.value(key)
        if value is not None and not isinstance(value, bool):
            self.fail(key, "must be true or false")
        return value

    def choice(self, key: str, default: Choice) -> Choice:
        """One of the words of `default`'s enumeration."""
        value = self.value(key)
        if value is None:
            return default
        words = [str(word) for word in type(default)]
        if value not in words:
            self.fail(key, f"must be one of {', '.join(words)}")
        return type(default)(value)

    def table(self, key: str) -> "Fields":
        """The table at `key`, to be read by itself; without the key an empty one."""
        value = self.value(key)
        if value is not None and not isinstance(value, Mapping):
            self.fail(key, f"must be a table, [{key}]")
        return Fields(value or {}, f"{self.where}: {key}")

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """A list of tables, at least one; the key is required."""
        value = self.value(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.fail(key, "must be one or more tables")
        return value

    def finish(self) -> None:
        """Refuse the keys that nobody asked for."""
        for key in self._table:
            if key not in self._known:
                self.fail(key, f"is no key that is known here; {suggestion(key, self._known)}")


def suggestion(word: str, known: AbstractSet[str]) -> str:
    """The remedy for an unknown `word`: the known word most like it, or all of them."""
    other = _OTHER_NAMES.get(word.lower())
    close = [other] if other in known else get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(sorted(known))}"
