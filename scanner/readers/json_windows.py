"""JSON documents window by window: each is made whole with the containers that are open where it begins and where it ends.

What the parser refuses is read token by token.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from scanner.model.segment import ColumnSegment
from scanner.readers.json_columns import Frame, JsonColumns, JsonObject
from scanner.readers.json_cut import JsonCut
from scanner.readers.json_events import JsonEvents
from scanner.readers.json_labels import is_label_name
from scanner.readers.json_parse import most_members, parse_all
from scanner.readers.json_paths import PathTree
from scanner.readers.json_tables import is_heads_name

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SPACE: Final = " \t\r\n"
_VALUE_ENDS: Final = tuple('}]"0123456789elNy')  # the last ones for true, false, null, NaN and Infinity
_DEEPEST_PARSED: Final = 200
"""Containers inside each other at the edge of a window; deeper documents are read token by token."""


class JsonWindows:
    """Reads the windows of documents that stand one after the other.

    :param frames: containers that are open behind the last window, down to the deepest path
    :param stopped: the place in the last window where it stops being JSON, None if it does not
    """

    def __init__(self) -> None:
        self.frames: Sequence[Frame] = ()
        self.stopped: int | None = None
        self._record = 0
        self._tree = PathTree()
        self._events: JsonEvents | None = None

    @property
    def kinds(self) -> str:
        """The kinds of all containers that are open behind the last window."""
        return self._events.kinds if self._events else "".join(frame.kind for frame in self.frames)

    def read(self, text: str, cut: JsonCut | None) -> Iterator[ColumnSegment]:
        """The columns of one window.

        :param cut: where it ends; None for the last one
        """
        values = self._parsed(text, cut) if self._events is None else None
        if values is None:
            return self._read_events(text)
        records = self._records(len(values))
        self._record += len(values)
        segments = self._columns(text, cut, values, records)
        self.frames = self._frames_behind(values, cut) if cut and cut.kinds else ()
        self._record -= bool(self.frames)
        return segments

    def _records(self, count: int) -> "npt.NDArray[np.int64]":
        import numpy as np

        return np.arange(self._record, self._record + count)

    def _whole(self, text: str, cut: JsonCut | None) -> str:
        """The window as JSON that stands for itself."""
        kinds = cut.kinds if cut else ""
        body = text[:-1] if kinds else text
        return "".join((_opening(self.frames), body, "".join("}" if kind == "{" else "]" for kind in reversed(kinds))))

    def _parsed(self, text: str, cut: JsonCut | None) -> list[object] | None:
        """The values of the window; None when only the token reader can read it."""
        if len(self.frames) > _DEEPEST_PARSED or (cut and (len(cut.kinds) > _DEEPEST_PARSED or not cut.clean)):
            return None
        if cut and cut.kinds and not text[:-1].rstrip(_SPACE).endswith(_VALUE_ENDS):
            return None  # a comma behind nothing, which would go unnoticed
        try:
            return parse_all(self._whole(text, cut), repeated_names=False)
        except (ValueError, RecursionError):
            return None

    def _columns(self, text: str, cut: JsonCut | None, values: list[object], records: "npt.NDArray[np.int64]") -> Iterator[ColumnSegment]:
        columns = JsonColumns(self._tree, self.frames)
        segments = list(columns.of(values, records))
        whole = self._whole(text, cut)
        if columns.members < most_members(whole):
            values[:] = parse_all(whole, repeated_names=True)
            segments = list(JsonColumns(self._tree, self.frames).of(values, records))
        return iter(segments)

    def _frames_behind(self, values: list[object], cut: JsonCut) -> list[Frame]:
        """The containers that are open behind a window, of which the last of each container that ends it tells where they are."""
        frames: list[Frame] = []
        inner = len(cut.kinds) - 1
        value = values[-1]
        for depth, kind in enumerate(cut.kinds):
            old = self.frames[depth] if depth < cut.kept else Frame(kind)
            if kind == "[":
                elements = cast("list[object]", value)
                frames.append(old.after(elements, is_open=depth < inner))
                value = elements[-1]
            else:
                members = cast("JsonObject", value)
                names = list(members)
                ended = names[:-1] if depth < inner else names
                frames.append(Frame(kind, name=names[-1], before=(old.before or {}) | _telling(members, ended)))
                value = list(members.values())[-1]
        return frames

    def _read_events(self, text: str) -> Iterator[ColumnSegment]:
        events = self._events or JsonEvents(self._tree, self.frames, self._record)
        read = events.read(text)
        self.stopped = read if read < len(text) else None
        self.frames, self._record = events.frames, events.record
        self._events = None if events.is_clean else events
        return events.segments()


def _telling(members: JsonObject, names: Sequence[str]) -> dict[str, object]:
    """Those members that may tell what others are."""
    return {name: members[name] for name in names if is_label_name(name) or is_heads_name(name)} if isinstance(members, dict) else {}


def _opening(frames: Sequence[Frame]) -> str:
    """What stands before a window that begins inside of `frames`."""
    inner = len(frames) - 1
    return "".join(
        f"{{{json.dumps(frame.name)}:" if frame.kind == "{" and depth < inner else frame.kind for depth, frame in enumerate(frames)
    )
