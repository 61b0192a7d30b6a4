"""Gathers short columns, so that a small table, or a document with thousands of paths, does not cost a pass for each of them."""

from collections.abc import Iterator
from typing import Final

from scanner.errors import ReadError
from scanner.model.segment import SHORT_VALUES, ColumnSegment, ReaderItem, ShortColumns

_SHORT_BYTES: Final = 64 * 1024
_MOST_BYTES: Final = 512 * 1024
_MOST_COLUMNS: Final = 4096


def gathered(items: Iterator[ReaderItem]) -> Iterator[ReaderItem]:
    """`items` in their order, with short columns that stand side by side as groups.

    :raises ReadError: as `items`; what came before is given first
    """
    held: list[ColumnSegment] = []
    size = 0
    try:
        for item in items:
            if isinstance(item, ColumnSegment) and len(item.values) < SHORT_VALUES and (more := int(item.values.nbytes)) <= _SHORT_BYTES:
                held.append(item)
                size += more
                if size < _MOST_BYTES and len(held) < _MOST_COLUMNS:
                    continue
                yield _group(held)
            else:
                if held:
                    yield _group(held)
                yield item
            held, size = [], 0
    except ReadError:
        if held:
            yield _group(held)
        raise
    if held:
        yield _group(held)


def _group(columns: list[ColumnSegment]) -> ColumnSegment | ShortColumns:
    return columns[0] if len(columns) == 1 else ShortColumns(tuple(columns))
