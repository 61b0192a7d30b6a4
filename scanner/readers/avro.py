"""Avro object container files: block by block, with fastavro to take the records apart."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from scanner.errors import ReadError
from scanner.model.outcome import Problem, Reason
from scanner.model.segment import ColumnSegment, ReaderItem
from scanner.readers.avro_blocks import Block, Blocks
from scanner.readers.base import Content
from scanner.readers.budget import MIB, Budget
from scanner.readers.encoding import UTF_8
from scanner.readers.json_columns import JsonColumns
from scanner.readers.json_paths import PathTree
from scanner.readers.texts import head_text

_HELD_RECORDS: Final = 20_000
_HELD_BYTES: Final = 4 * MIB
_EXACT: Final = 2**53
_BROKEN: Final = (ArithmeticError, AttributeError, EOFError, LookupError, RecursionError, TypeError, ValueError)
"""What fastavro raises for schemas and records that are not as they should be."""


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:
    """The values of all records, path by path.

    A block that is damaged costs its records from there on. Raises ReadError where the container ends too soon or nothing can be
    read, and (UNSUPPORTED_TYPE) for records that can hold others of their own kind, or arrays of nothing: a few bytes of such can
    be any number of them.
    """
    blocks = Blocks(content.stream, budget)
    records = _Records(blocks.schema)
    row = 0
    bad: list[int] = []
    try:
        for number, block in enumerate(blocks, start=1):
            yield from records.of(block, row)
            row += block.records
            if records.is_damaged:
                bad.append(number)
    except ReadError:
        yield from records.rest()
        yield from _problems(bad)
        raise
    yield from records.rest()
    if bad and not records.read:
        raise ReadError(Reason.MALFORMED, "none of its records can be read")
    yield from _problems(bad)


def _problems(bad: list[int]) -> Iterator[Problem]:
    if bad:
        yield Problem(Reason.MALFORMED, f"{len(bad)} blocks cannot be read to the end, the first is number {bad[0]}")


class _Records:
    """Takes records of one schema apart.

    :param schema: as JSON; raises ReadError if it is none
    :ivar read: records so far
    :ivar is_damaged: whether the latest block could not be read to its end
    """

    def __init__(self, schema: bytes) -> None:
        import fastavro

        self.read = 0
        self.is_damaged = False
        self._tree = PathTree()
        self._held: list[object] = []
        self._numbers: list[int] = []
        self._size = 0
        try:
            self._schema: Any = fastavro.parse_schema(json.loads(schema))
            is_endless = _is_endless(self._schema)
        except (*_BROKEN, fastavro.schema.SchemaParseException):
            raise ReadError(Reason.MALFORMED, "its schema cannot be read") from None
        if is_endless:
            raise ReadError(Reason.UNSUPPORTED_TYPE, "its records can hold others of their own kind, or arrays of nothing")

    def of(self, block: Block, first: int) -> Iterator[ColumnSegment]:
        """Takes a block as far as it can be read, and gives columns now and then: blocks are small.

        :param first: number of its first record, from 0
        """
        self.is_damaged = block.data is None
        self._size += len(block.data or b"")
        stream = io.BytesIO(block.data or b"")
        end = first + block.records
        while first < end and not self.is_damaged:
            some = self._some(stream, min(_HELD_RECORDS, end - first))
            self._numbers += range(first, first + len(some))
            self._held += some
            first += len(some)
            if len(self._held) >= _HELD_RECORDS or self._size >= _HELD_BYTES:
                yield from self.rest()
        self.is_damaged |= stream.read(1) != b""

    def rest(self) -> Iterator[ColumnSegment]:
        """The columns of what was not given yet."""
        import numpy as np

        held, numbers = self._held, np.array(self._numbers, np.int64)
        self._held, self._numbers, self._size = [], [], 0
        if held:
            yield from JsonColumns(self._tree).of(held, numbers)

    def _some(self, stream: io.BytesIO, count: int) -> list[object]:
        """Up to `count` records, fewer before damage."""
        import fastavro

        held: list[object] = []
        try:
            # What comes before an error stays in the list.
            held.extend(
                _as_json(fastavro.schemaless_reader(stream, self._schema, None, handle_unicode_errors="surrogateescape"))
                for _ in range(count)
            )
        except _BROKEN:
            self.is_damaged = True
        self.read += len(held)
        return held


def _as_json(value: object) -> object:
    """`value` as parsed JSON has it: objects, arrays and texts; what cannot be looked at is None."""
    if isinstance(value, str):
        return value if value.isascii() else _valid(value)
    if isinstance(value, dict):
        return {_valid(name): _as_json(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return list(map(_as_json, value))
    if isinstance(value, bytes):
        return head_text(value)
    if value is None or isinstance(value, bool):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT else str(value)


def _valid(text: str) -> str:
    """`text`, of which bytes that are no UTF-8 came as halves of surrogate pairs, with the characters for them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return UTF_8.decode(text.encode("utf-8", "surrogateescape"))
    return text


def _is_endless(schema: Any) -> bool:  # noqa: ANN401 - JSON of any form
    """Whether a record can hold one of its own kind, or an array what takes no bytes."""
    try:
        _takes_nothing(schema, (), set())
    except _EndlessError:
        return True
    return False


class _EndlessError(Exception):
    """A schema by which a few bytes can be any number of records."""


def _takes_nothing(kind: Any, inside: tuple[str, ...], nothing: set[str]) -> bool:  # noqa: ANN401 - JSON of any form
    """Whether values of this kind take no bytes.

    :param kind: as fastavro has it, with all names in full
    :param inside: the records around it
    :param nothing: names of kinds that are known to take no bytes; those that are met are added
    """
    if isinstance(kind, list):
        for one in kind:
            _takes_nothing(one, inside, nothing)
        return False
    if isinstance(kind, str):
        if kind in inside:
            raise _EndlessError
        return kind == "null" or kind in nothing
    if kind["type"] == "array" and _takes_nothing(kind["items"], inside, nothing):
        raise _EndlessError
    if kind["type"] in {"array", "map"}:
        _takes_nothing(kind.get("values", "bytes"), inside, nothing)
        return False
    if kind["type"] in {"record", "error"}:
        fields = [_takes_nothing(field["type"], (*inside, kind["name"]), nothing) for field in kind["fields"]]
        found = all(fields)
    elif kind["type"] in {"fixed", "enum"}:
        found = kind.get("size") == 0
    else:
        return _takes_nothing(kind["type"], inside, nothing)
    nothing.update({kind["name"]} if found else ())
    return found
