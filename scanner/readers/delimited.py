"""Delimited tables: CSV, TSV and the like, column by column.

Rows are records, counted from 1, the header row and what stands above it included; lines without any character are no
records. The header row comes as text, so that a value that was taken for a heading is found all the same.
"""

from collections.abc import Iterator
from typing import Final

from scanner.model.outcome import Problem, Reason
from scanner.model.segment import Extent, ReaderItem, TextSegment
from scanner.readers.base import ByteRange, Content
from scanner.readers.budget import Budget
from scanner.readers.encoding import detect
from scanner.readers.layout import Layout, lay_out
from scanner.readers.lines import line_ends
from scanner.readers.locators import LineLocator
from scanner.readers.table_batch import TableBatches
from scanner.readers.windows import LONGEST_RECORD_BYTES, Held, aligned, whole_span, windows

_HEAD_BYTES: Final = 64 * 1024


def read(content: Content, budget: Budget) -> Iterator[ReaderItem]:  # noqa: ARG001 - every reader has a budget; windows are bounded anyway
    """The columns of `content`, a segment of each for every few MiB, under the number of the column; before them the header row as text."""
    held = Held(content.stream)
    layout = _layout(content, held)
    span = whole_span(content)
    start = data_start = _data_start(content, layout)
    batches = TableBatches(layout)
    if span.start == 0:
        start = 0
        yield from _heading(held, layout)
        batches.rows = layout.heading_rows
    else:
        held = Held(content.stream)
    end = data_start
    # Without a header the first record begins with the byte order mark, if any.
    stop = max(span.end, data_start + 1) if span.start == layout.heading_rows == 0 else span.end
    for window in windows(held, ByteRange(data_start, stop), layout.dialect.cut(layout.encoding)):
        yield from batches.read(window)
        end = window.offset + len(window.data)
    if batches.text_at is not None:
        detail = (
            f"rows with too many fields or longer than {LONGEST_RECORD_BYTES} bytes were read as text, the first at byte {batches.text_at}"
        )
        yield Problem(Reason.BAD_RECORDS, detail)
    if content.part:
        yield Extent(start, end, batches.rows)


def _layout(content: Content, held: Held) -> Layout:
    """The layout as the head of the object shows it; the head is longer when the header row is."""
    encoding = detect(content.head)
    ends = line_ends(encoding)
    sample = content.head
    whole = content.size == len(sample) or len(sample) < _HEAD_BYTES
    if not whole and not ends.after(sample, len(sample), encoding.unit, last=False):
        while not held.last and held.size < LONGEST_RECORD_BYTES and not ends.after(held.data, held.size, len(sample), last=False):
            held.read(LONGEST_RECORD_BYTES)
        sample, whole = bytes(held.data[: held.size]), held.last
    return lay_out(sample, encoding, whole=whole)


def _data_start(content: Content, layout: Layout) -> int:
    """Where the first data row begins that is to be read; the stream is left there unless it is the very first."""
    span = whole_span(content)
    if span.start == 0:
        return layout.data_start
    behind_heading = max(span.start, layout.data_start)
    if behind_heading >= span.end:
        return span.end
    return aligned(content.stream, ByteRange(behind_heading, span.end), layout.encoding, line_ends(layout.encoding))


def _heading(held: Held, layout: Layout) -> Iterator[TextSegment]:
    """What stands above the data, as text; it is taken out of `held`."""
    while held.size < layout.data_start and not held.last:
        held.read(layout.data_start - held.size)
    text = layout.encoding.decode(bytes(held.data[layout.encoding.bom : layout.data_start]))
    held.drop(layout.data_start)
    if text:
        yield TextSegment(text, LineLocator(1, 1))
