"""JSON token by token, at any depth and up to the very place where it stops being JSON.

Slower than a parser, but nothing needs to be complete: it begins in any open containers and ends anywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from json import JSONDecodeError
from typing import Final

import regex

from scanner.model.segment import ColumnSegment
from scanner.readers.json_columns import Frame, text_array
from scanner.readers.json_parse import string_at
from scanner.readers.json_paths import DEEPEST, PathNode, PathTree
from scanner.readers.locators import RecordLocator

_TOKEN: Final = regex.compile(
    r"""(?x) [\ \t\r\n]*+
    (?: (?P<mark> [{}\[\],:] )
      | (?P<string> " )
      | (?P<number> -? \d+ (?:\.\d+)? (?:[eE][+-]?\d+)? ) (?! [^\s\[\]{},"] )
      | (?P<word> true | false | null | NaN | -?Infinity ) (?! [^\s\[\]{},"] )
    )?"""
)

Step = int | str


class _Expect(Enum):
    VALUE = auto()
    VALUE_OR_END = auto()
    NAME_OR_END = auto()
    COLON = auto()
    COMMA_OR_END = auto()


@dataclass(slots=True)
class _Open:
    """An open container.

    :param steps: array indices and names of maps on the way to it
    :param index: of the next element
    :param name: of the member that is being read
    """

    kind: str
    node: PathNode
    steps: tuple[Step, ...]
    index: int = 0
    name: str = ""

    def below(self) -> tuple[PathNode, tuple[Step, ...]]:
        """The path of the value that is being read, and the steps to it."""
        node = self.node.element() if self.kind == "[" else self.node.member(self.name)
        step: Step = self.index if self.kind == "[" else self.name
        self.index += 1
        return node, (*self.steps, step) if node is not self.node and node.template[-1] is None else self.steps


@dataclass(slots=True)
class _Column:
    """The values of one path."""

    key: str
    node: PathNode
    template: tuple[str | None, ...]
    texts: list[str] = field(default_factory=list)
    records: list[int] = field(default_factory=list)
    steps: list[tuple[Step, ...]] = field(default_factory=list)

    def segment(self) -> ColumnSegment:
        import numpy as np

        steps = tuple(np.array(column, dtype=object) for column in zip(*self.steps, strict=True))
        locator = RecordLocator(self.template, steps, np.array(self.records, np.int64))
        return ColumnSegment(text_array(self.texts), self.key, self.node.names, locator)


class JsonEvents:
    """Reads JSON values that stand one after the other.

    :param tree: the paths of the object
    :param frames: containers that are open at the beginning, from the outermost in; a member or an element begins there
    :param record: number of the first value
    """

    def __init__(self, tree: PathTree, frames: Sequence[Frame], record: int) -> None:
        self.record = record
        self._tree = tree
        self._open: list[_Open] = []
        self._deeper = bytearray()  # kinds of the open containers below the deepest path
        self._expect = _Expect.VALUE
        self._columns: dict[str, _Column] = {}
        for frame in frames:
            self._enter(frame.kind)
            self._open[-1].index, self._open[-1].name = frame.index, frame.name

    @property
    def frames(self) -> list[Frame]:
        """The containers that are open now, down to the deepest path."""
        inner = len(self._open) - 1
        return [Frame(one.kind, one.name, one.index - (one.kind == "[" and depth < inner)) for depth, one in enumerate(self._open)]

    @property
    def kinds(self) -> str:
        """The kinds of all containers that are open now."""
        return "".join(container.kind for container in self._open) + self._deeper.decode()

    @property
    def is_clean(self) -> bool:
        """Whether a member, an element or a new value may begin now, and `frames` are all that is open."""
        return (self._expect in (_Expect.NAME_OR_END, _Expect.VALUE_OR_END) or not self._open) and not self._deeper

    def read(self, text: str) -> int:
        """Read on; the length of `text`, or the place at which it stops being JSON."""
        place = 0
        while match := _TOKEN.match(text, place):
            start, place = match.start(match.lastindex) if match.lastindex else match.end(), match.end()
            if match.lastgroup is None:
                return start
            token = match[match.lastgroup]
            if match.lastgroup == "string":
                try:
                    token, place = string_at(text, place)
                except JSONDecodeError:
                    return start
            if not self._take(match.lastgroup, token):
                return start
        return place

    def segments(self) -> Iterator[ColumnSegment]:
        """The values read since this was asked last."""
        columns, self._columns = self._columns, {}
        return (column.segment() for column in columns.values())

    def _take(self, kind: str, text: str) -> bool:
        """Whether the token may stand here."""
        if self._expect is _Expect.COLON:
            self._expect = _Expect.VALUE
            return text == ":" and kind == "mark"
        if self._expect is _Expect.COMMA_OR_END:
            return kind == "mark" and (self._comma() if text == "," else self._leave(text))
        if self._expect is not _Expect.VALUE and kind == "mark" and text in "}]":
            return self._leave(text)
        return self._name(kind, text) if self._expect is _Expect.NAME_OR_END else self._value(kind, text)

    def _value(self, kind: str, text: str) -> bool:
        if kind == "mark":
            return text in "{[" and self._enter(text)
        node, steps = self._place()
        if kind != "word":
            self._add(_Column(node.key, node, node.template), text, steps)
        self._behind_value()
        return True

    def _place(self) -> tuple[PathNode, tuple[Step, ...]]:
        return self._open[-1].below() if self._open else (self._tree.root, ())

    def _add(self, empty: _Column, text: str, steps: tuple[Step, ...]) -> None:
        column = self._columns.setdefault(empty.key, empty)
        column.texts.append(text)
        column.records.append(self.record)
        column.steps.append(steps)

    def _name(self, kind: str, name: str) -> bool:
        if kind != "string":
            return False
        container = self._open[-1]
        container.name = name
        container.node.note((name,))
        if container.node.data_names((name,)):
            template = (*container.node.template, None)
            self._add(_Column(container.node.key + ".{keys}", container.node, template), name, (*container.steps, name))
        self._expect = _Expect.COLON
        return True

    def _enter(self, kind: str) -> bool:
        if len(self._open) > DEEPEST:
            self._deeper += kind.encode()
        else:
            node, steps = self._place()
            self._open.append(_Open(kind, node, steps))
        self._expect = _Expect.NAME_OR_END if kind == "{" else _Expect.VALUE_OR_END
        return True

    def _leave(self, mark: str) -> bool:
        if not self._open or mark != ("}" if self._inner_kind() == "{" else "]"):
            return False
        (self._deeper or self._open).pop()
        self._behind_value()
        return True

    def _comma(self) -> bool:
        self._expect = _Expect.NAME_OR_END if self._inner_kind() == "{" else _Expect.VALUE_OR_END
        return True

    def _inner_kind(self) -> str:
        return chr(self._deeper[-1]) if self._deeper else self._open[-1].kind

    def _behind_value(self) -> None:
        self._expect = _Expect.COMMA_OR_END if self._open else _Expect.VALUE
        self.record += not self._open
