"""Writes compound files ([MS-CFB]): what old Office documents and Outlook messages are in."""

import itertools
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_SECTOR: Final = 512
_MINI: Final = 64
_CUTOFF: Final = 4096
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ROOT, _STORAGE, _STREAM = 5, 1, 2


@dataclass(slots=True)
class _Node:
    """A storage or a stream on its way into the directory."""

    name: str
    kind: int
    data: bytes = b""
    inner: "dict[str, _Node]" = field(default_factory=dict)
    number: int = 0
    start: int = _END
    after: int = _FREE


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams by their paths, with `/` between the names."""
    root = _Node("Root Entry", _ROOT)
    for path, data in streams.items():
        *storages, name = path.split("/")
        node = root
        for storage in storages:
            node = node.inner.setdefault(storage, _Node(storage, _STORAGE))
        node.inner[name] = _Node(name, _STREAM, data)
    nodes = _numbered(root)
    sectors: list[bytes] = []
    links: list[int] = []
    mini, mini_links = _mini_stream(nodes)
    for node in nodes:
        if len(node.data) >= _CUTOFF and node.kind == _STREAM:
            node.start = _put(node.data, sectors, links)
    root.start, root.data = _put(mini, sectors, links), mini
    mini_table = _put(_table(mini_links), sectors, links)
    directory = _put(b"".join(map(_entry, nodes)), sectors, links)
    return _packed(sectors, links, directory, mini_table, len(_table(mini_links)) // _SECTOR)


def _numbered(root: _Node) -> list[_Node]:
    nodes = [root]
    for node in nodes:
        siblings = sorted(node.inner.values(), key=lambda inner: (len(inner.name), inner.name.upper()))
        for sibling in siblings:
            sibling.number = len(nodes)
            nodes.append(sibling)
        for sibling, following in itertools.pairwise(siblings):
            sibling.after = following.number
    return nodes


def _mini_stream(nodes: list[_Node]) -> tuple[bytes, list[int]]:
    sectors: list[bytes] = []
    links: list[int] = []
    for node in nodes:
        if node.kind == _STREAM and 0 < len(node.data) < _CUTOFF:
            node.start = _put(node.data, sectors, links, _MINI)
    return b"".join(sectors), links


def _put(data: bytes, sectors: list[bytes], links: list[int], size: int = _SECTOR) -> int:
    """Appends `data` as a chain of sectors; where it starts."""
    start, count = len(sectors), -(-len(data) // size)
    sectors += [data[at : at + size].ljust(size, b"\0") for at in range(0, len(data), size)]
    links += [*range(start + 1, start + count), _END][:count]
    return start if count else _END


def _table(links: list[int]) -> bytes:
    raw = struct.pack(f"<{len(links)}I", *links)
    return raw + b"\xff" * (-len(raw) % _SECTOR)


def _entry(node: _Node) -> bytes:
    name = f"{node.name}\0".encode("utf-16-le")
    child = min((inner.number for inner in node.inner.values()), default=_FREE)
    head = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), node.kind, 1, _FREE, node.after, child)
    return head + bytes(36) + struct.pack("<IQ", node.start if node.data else (_END if node.kind != _STORAGE else 0), len(node.data))


def _packed(sectors: list[bytes], links: list[int], directory: int, mini_table: int, mini_count: int) -> bytes:
    tables = 1
    while tables * (_SECTOR // 4) < len(links) + tables:
        tables += 1
    places = list(range(len(sectors), len(sectors) + tables))
    table = _table([*links, *[_TABLE] * tables])
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        directory,
        0,
        _CUTOFF,
        mini_table,
        mini_count,
        _END,
        0,
    )
    return header + struct.pack("<109I", *places, *[_FREE] * (109 - tables)) + b"".join(sectors) + table
