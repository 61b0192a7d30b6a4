"""Rows of SQLite, in which any value can be of any type, as columns."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from scanner.model.segment import ColumnSegment
from scanner.readers.budget import MIB, Budget
from scanner.readers.locators import CellLocator
from scanner.readers.texts import head_text

if TYPE_CHECKING:
    import pyarrow as pa

Value = int | float | str | bytes | None

_HELD_BYTES: Final = 4 * MIB
_HELD_ROWS: Final = 16_384


class Batches:
    """The rows of one table.

    :ivar rows: given so far
    :ivar binary: values among them that are no text, and so are not read
    """

    def __init__(self, table: str, budget: Budget) -> None:
        self.rows = self.binary = 0
        self._table = table
        self._budget = budget
        self._names: Sequence[str] = ()
        self._held: list[tuple[Value, ...]] = []

    def of(self, names: Sequence[str], rows: Iterable[tuple[Value, ...]]) -> Iterator[ColumnSegment]:
        """The columns of `rows`, some MiB at a time, but for the last of them.

        Raises what `rows` raise, and ReadError where more comes out than can be: rows of a damaged file may share their bytes.
        """
        self._names, size = names, 0
        for row in rows:
            self._held.append(row)
            size += sum(len(value) for value in row if isinstance(value, str | bytes))
            if size > _HELD_BYTES or len(self._held) >= _HELD_ROWS:
                self._budget.expand(size + len(self._held))
                yield from self.rest()
                size = 0
        self._budget.expand(size + len(self._held))

    def rest(self) -> Iterator[ColumnSegment]:
        """What was not given yet."""
        held, self._held = self._held, []
        for number, values in enumerate(zip(*held, strict=True)):
            name = self._names[number]
            place = f"{self._table}.{name}"
            yield ColumnSegment(self._array(values), place, (self._table, name), CellLocator(self.rows + 1, number + 1, place))
        self.rows += len(held)

    def _array(self, values: "tuple[Value, ...]") -> "pa.Array":
        import pyarrow as pa

        kinds = set(map(type, values)) - {type(None)}
        plain = {int: pa.int64(), float: pa.float64(), str: pa.string()}
        if len(kinds) == 1 and (kind := plain.get(kinds.pop())):
            return pa.array(values, kind)
        return pa.array(list(map(self._text, values)), pa.string())

    def _text(self, value: Value) -> str | None:
        if value is None or value == b"":
            return None
        if not isinstance(value, bytes):
            return str(value)
        text = head_text(value)
        self.binary += text is None
        return text
