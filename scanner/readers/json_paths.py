"""The paths at which the values of JSON-like records lie, as a tree.

A parent under which there are more names than anyone would choose is a map: its names are data themselves, and all its
values share one path with `*` for the name.
"""

from collections.abc import Collection
from typing import Final

import regex

from scanner.readers.budget import MIB
from scanner.readers.locators import path_element

MOST_NAMES: Final = 200
"""Distinct names under one parent, beyond which it is a map."""
MOST_PATHS: Final = 20_000
"""Distinct paths of one object, beyond which every parent counts as a map."""
MOST_CHARACTERS: Final = 16 * MIB
"""Of all paths of one object together; likewise."""
LONGEST_NAME: Final = 1000
"""Characters; a longer name is data, and its parent a map."""
DEEPEST: Final = 256
"""Elements of a path; values that lie deeper count as lying there."""
_NAME_OF_MAP: Final = regex.compile(r".*[^\p{L}\p{M}_$.-].*", regex.DOTALL)
_NAME_LIKE_DATA: Final = regex.compile(r".*(?:@|(?:\d\D*){6}).*|(?=\D*\d)\S{16,}", regex.DOTALL)


class PathTree:
    """The paths of one object."""

    def __init__(self) -> None:
        self._paths = self._characters = 0
        self.root = PathNode(self, "$", (), ())

    def add(self, key: str) -> None:
        """Count one more path."""
        self._paths += 1
        self._characters += len(key)

    @property
    def is_full(self) -> bool:
        """Whether there are as many paths as memory should be spent on."""
        return self._paths > MOST_PATHS or self._characters > MOST_CHARACTERS


class PathNode:
    """One path.

    :param key: of the column of its values: `$.orders[*].card`, `*` for the names of a map
    :param names: its elements that are names, from the outermost in; none for array indices and names of maps
    :param template: its elements, None for array indices and names of maps; see `RecordLocator`
    """

    __slots__ = ("_children", "_known", "_tree", "is_map", "key", "names", "template")

    def __init__(self, tree: PathTree, key: str, names: tuple[str, ...], template: tuple[str | None, ...]) -> None:
        self._tree = tree
        self.key = key
        self.names = names
        self.template = template
        self.is_map = False
        self._known: set[str] = set()
        self._children: dict[str, PathNode] = {}

    def note(self, names: Collection[str]) -> None:
        """Take note of the names of objects at this path, before any of them is asked for; too many make it a map for good."""
        if not self.is_map:
            self._known.update(names)
            too_long = any(len(name) > LONGEST_NAME for name in names)
            self.is_map = too_long or len(self._known) > MOST_NAMES or self._tree.is_full

    def data_names(self, names: Collection[str]) -> set[str]:
        """Those of `names` that might be data: in a map all but plain words, elsewhere what looks like an address, a number or a key."""
        form = _NAME_OF_MAP if self.is_map else _NAME_LIKE_DATA
        return {name for name in names if form.fullmatch(name)}

    def member(self, name: str) -> "PathNode":
        """The path of the members called `name`; of all members where it is a map."""
        if self.is_map:
            return self._child("*", f"{self.key}.*", self.names, None)
        readable = name.encode("utf-8", "replace").decode()  # JSON can escape half a surrogate pair, which no text can hold
        return self._child(f".{name}", self.key + path_element(name), (*self.names, readable), name)

    def element(self) -> "PathNode":
        """The path of the elements of arrays at this path."""
        return self._child("[]", f"{self.key}[*]", self.names, None)

    def _child(self, step: str, key: str, names: tuple[str, ...], element: str | None) -> "PathNode":
        if len(self.template) >= DEEPEST:
            return self
        child = self._children.get(step)
        if child is None:
            child = self._children[step] = PathNode(self._tree, key, names, (*self.template, element))
            self._tree.add(key)
        return child
