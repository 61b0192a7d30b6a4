"""Jupyter notebooks (nbformat 4): sources and outputs of cells as texts, all else as the JSON that it is.

Places are JSON paths, `$.cells[3].source[2]`. Outputs in HTML are members, so that tables in them are read as such; pictures are not
looked at.
"""

import io
import json
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import BinaryIO, Final, cast

from scanner.model.location import RecordLocation
from scanner.model.segment import Member, ReaderItem, TextSegment
from scanner.readers import json_document
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.encoding import detect

_HELD_BYTES: Final = 64 * MIB
"""A larger notebook is read as JSON, piece by piece."""
Json = dict[str, object]


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """Cell by cell, then what else there is; what is no notebook, or a very large one, as any JSON document."""
    most = min(_HELD_BYTES, budget.limits.memory_bytes)
    data = content.stream.read(most + 1)
    whole = _parsed(data, content) if len(data) <= most else None
    if whole is None:
        yield from json_document.read(replace(content, stream=_again(data, content.stream)), budget)
        return
    for number, cell in enumerate(cast("list[object]", whole["cells"])):
        if isinstance(cell, dict):
            yield from _cell(cell, f"$.cells[{number}]")
    rest = json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")
    yield from json_document.read(replace(content, stream=io.BytesIO(rest), head=rest[: len(content.head)], size=len(rest)), budget)


def _parsed(data: bytes, content: Content) -> Json | None:
    try:
        whole = json.loads(detect(content.head).decode(data), object_pairs_hook=_pairs)
    except (ValueError, RecursionError):
        return None
    is_notebook = isinstance(whole, dict) and isinstance(whole.get("cells"), list) and "nbformat" in whole
    return whole if is_notebook else None


def _pairs(pairs: list[tuple[str, object]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice, of which a dictionary keeps one")
    return found


def _cell(cell: Json, path: str) -> Iterator[ReaderItem]:
    """The texts of a cell, which are taken out of it."""
    yield from _taken(cell, "source", f"{path}.source")
    outputs = cell.get("outputs")
    for number, output in enumerate(outputs if isinstance(outputs, list) else ()):
        if isinstance(output, dict):
            yield from _output(output, f"{path}.outputs[{number}]")
    attachments = cell.get("attachments")
    for attachment in attachments.values() if isinstance(attachments, dict) else ():
        _drop_pictures(attachment)


def _output(output: Json, path: str) -> Iterator[ReaderItem]:
    yield from _taken(output, "text", f"{path}.text")
    yield from _taken(output, "traceback", f"{path}.traceback", "\n")
    data = output.get("data")
    if not isinstance(data, dict):
        return
    if html := "".join(_lines(data.get("text/html"))):
        data["text/html"] = None
        raw = html.encode("utf-8", "replace")
        yield Member(f"{path[2:]}.html", io.BytesIO(raw), len(raw))
    for kind in [name for name in data if name.startswith("text/")]:
        yield from _taken(data, kind, f"{path}.data['{kind}']")
    _drop_pictures(data)


def _drop_pictures(data: object) -> None:
    if isinstance(data, dict):
        for kind in [name for name in data if name.startswith(("image/", "audio/", "video/")) and name != "image/svg+xml"]:
            data[kind] = None


def _taken(holder: Json, name: str, path: str, between: str = "") -> Iterator[TextSegment]:
    """The text at `name`, which is taken out."""
    if lines := [line + between for line in _lines(holder.get(name))]:
        is_list = not isinstance(holder[name], str)
        holder[name] = None
        text = "".join(lines).encode("utf-8", "replace").decode("utf-8")
        yield TextSegment(text, NotebookLocator(path, tuple(accumulate(map(len, lines[:-1]), initial=0)), is_list=is_list))


def _lines(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return (
        [line for line in value if isinstance(line, str)] if isinstance(value, list) and all(isinstance(one, str) for one in value) else []
    )


@dataclass(frozen=True, slots=True)
class NotebookLocator:
    """Lines of one text of a cell.

    :param path: of the text
    :param starts: where each of its lines begins
    :param is_list: its lines are elements of a list
    """

    path: str
    starts: tuple[int, ...]
    is_list: bool

    def at(self, text: str, start: int, end: int) -> RecordLocation:
        """The line in which `text[start:end]` begins, and the characters there."""
        index = bisect_right(self.starts, start) - 1
        begin = self.starts[index]
        behind = self.starts[index + 1] if index + 1 < len(self.starts) else len(text)
        path = f"{self.path}[{index}]" if self.is_list else self.path
        return RecordLocation(0, path, start - begin, max(start + 1, min(end, behind)) - begin)


class _Again(io.RawIOBase):
    """Bytes that were read already, then those of the stream."""

    def __init__(self, data: bytes, stream: BinaryIO) -> None:
        self._data = data
        self._stream = stream

    def readable(self) -> bool:
        """Always: it is for reading only."""
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]  # the stub knows only typeshed's own buffer type
        """The next bytes; 0 at the end."""
        data, self._data = self._data[: len(buffer)], self._data[len(buffer) :]
        data = data or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _again(data: bytes, stream: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_Again(data, stream), 256 * 1024)
