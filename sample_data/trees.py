"""Trees of marked values, as JSON and Parquet hold them, and the paths to their leaves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import regex

from sample_data.marking import Mark, plain, read_marks
from sample_data.places import Place

# Whatever JSON or Parquet can hold, with marked text for leaves.
Tree: TypeAlias = Any

_SIMPLE_NAME: Final = regex.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Typed:
    """A marked value that is stored as something else than text; its text is what `str` gives."""

    marked: str
    convert: Callable[[str], object]


def whole(marked: str) -> Typed:
    """A marked integer."""
    return Typed(marked, int)


def plain_tree(tree: Tree) -> Tree:
    """The tree without marks, leaves converted."""
    match tree:
        case str():
            return plain(tree)
        case Typed():
            return tree.convert(plain(tree.marked))
        case Mapping():
            return {plain(name): plain_tree(value) for name, value in tree.items()}
        case Sequence() if not isinstance(tree, bytes):
            return [plain_tree(value) for value in tree]
        case _:
            return tree


def tree_places(tree: Tree, record: int, path: str = "$") -> Iterator[tuple[Mark, Place]]:
    """Every mark in the tree, with its record and path."""
    match tree:
        case str() | Typed():
            marked = tree if isinstance(tree, str) else tree.marked
            for mark in read_marks(marked)[1]:
                yield mark, Place.of_slice(f"record {record} {path}", mark.start, mark.end)
        case Mapping():
            for name, value in tree.items():
                yield from tree_places(value, record, path + _step(name))
        case Sequence() if not isinstance(tree, bytes):
            for index, value in enumerate(tree):
                yield from tree_places(value, record, f"{path}[{index}]")


def _step(name: str) -> str:
    return f".{name}" if _SIMPLE_NAME.fullmatch(name) else f"['{name}']"
