"""Plain text comes in segments without gap or overlap, whole or in parts."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.location import LineLocation
from scanner.model.segment import CONTEXT_CHARACTERS, Extent, TextSegment
from scanner.readers.base import ByteRange
from scanner.readers.encoding import detect
from scanner.readers.text import read, segments
from scanner.readers.windows import TEXT_WINDOW_BYTES, Held
from tests.readers.reading import content_of, items, joined, text_of

MIB = 1024 * 1024


def located(found: list[TextSegment], needle: str) -> LineLocation:
    segment = next(segment for segment in found if needle in segment.text)
    start = segment.text.index(needle)
    location = segment.locator.at(segment.text, start, start + len(needle))
    assert isinstance(location, LineLocation)
    return location


def in_windows(data: bytes, size: int) -> list[TextSegment]:
    return list(segments(Held(io.BytesIO(data)), ByteRange(0, 1 << 40), detect(data), window_bytes=size))


def test_a_small_text_is_one_segment() -> None:
    assert [(item.text, item.continues) for item in items(read, b"one\ntwo\n") if isinstance(item, TextSegment)] == [("one\ntwo\n", False)]


def test_an_empty_text_has_no_segment() -> None:
    assert items(read, b"") == []
    assert items(read, b"\xef\xbb\xbf") == []


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_large_texts_are_cut_at_line_ends(ending: str) -> None:
    line = "x" * 99 + ending
    found = [item for item in items(read, line.encode() * 50_000) if isinstance(item, TextSegment)]

    assert [segment.continues for segment in found] == [False, True, True]
    assert all(len(segment.text) <= TEXT_WINDOW_BYTES and segment.text.endswith(ending) for segment in found)
    assert located(found[2:], "x" * 99).start == found[0].text.count(ending) + found[1].text.count(ending) + 1


def test_a_line_longer_than_a_window_goes_on_in_the_next() -> None:
    found = [item for item in items(read, b"ab" * (3 * MIB // 2) + b"needle\nend") if isinstance(item, TextSegment)]

    assert [len(segment.text) for segment in found] == [TEXT_WINDOW_BYTES, MIB + 10]
    assert located(found, "needle") == LineLocation(1, 3 * MIB + 1, 1, 3 * MIB + 6)
    assert located(found, "end") == LineLocation(2, 1, 2, 3)


def test_one_latin_1_byte_behind_a_megabyte_of_ascii_loses_nothing() -> None:
    data = b"a line of ascii\n" * 70_000 + b"Z\xfcrich 219-09-9999 \xc3\xa9\n"

    assert text_of(items(read, data)).endswith("a line of ascii\nZürich 219-09-9999 é\n")


def test_utf_16_is_recognised_and_its_mark_is_no_character() -> None:
    assert text_of(items(read, "größe\nñ\n".encode("utf-16"))) == "größe\nñ\n"


def test_a_stream_that_gives_little_at_a_time_and_cannot_seek_is_read_whole() -> None:
    data = b"0123456789\n" * 10_000

    assert text_of(items(read, data, seekable=False)) == data.decode()


ENCODED = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])


@settings(deadline=None)
@given(st.text(alphabet="ab\n\ré😀", max_size=40), ENCODED, st.integers(4, 24))
def test_no_window_size_changes_the_text_or_its_lines(text: str, name: str, size: int) -> None:
    data = text.encode(name)
    whole = "".join(segment.text for segment in in_windows(data, MIB))
    found = in_windows(data, size)

    assert "".join(segment.text for segment in found) == whole
    place = 0
    for segment in found:
        assert segment.locator.at(segment.text, 0, 0) == in_windows(data, MIB)[0].locator.at(whole, place, place)
        place += len(segment.text)


@settings(deadline=None)
@given(st.text(alphabet="ab\n\ré", max_size=40), ENCODED, st.lists(st.integers(1, 100), max_size=4))
def test_parts_give_together_what_one_read_gives(text: str, name: str, borders: list[int]) -> None:
    data = text.encode(name)
    whole = text_of(items(read, data))
    together = joined(read, data, [border for border in borders if border < len(data)])

    assert text_of(together.items) == whole
    place = 0
    for location, piece in together.lines:
        assert location == in_windows(data, MIB)[0].locator.at(whole, place, place + 1)
        place += len(piece)


def test_a_part_is_the_lines_that_start_in_it() -> None:
    data = b"one\ntwo\nthree\nfour\n"

    found = items(read, data, ByteRange(2, 9))

    assert text_of(found) == "two\nthree\n"
    assert found[-1] == Extent(4, 14, 2)


def test_a_part_in_which_no_line_starts_is_empty() -> None:
    assert items(read, b"one long line\n", ByteRange(3, 9)) == [Extent(9, 9, 0)]


def test_a_part_in_the_middle_reads_little_of_the_rest() -> None:
    data = b"line\n" * MIB
    content = content_of(data, ByteRange(MIB, MIB + 1000))
    tells = [content.stream.tell() for _ in read(content, None)]  # type: ignore[arg-type]  # text needs no budget

    assert min(tells) > MIB - 10
    assert max(tells) < MIB + 500_000


def test_a_part_comes_with_what_stands_before_and_behind_it_as_context() -> None:
    found = items(read, b"\xef\xbb\xbfone\ntwo\nthree\n", ByteRange(4, 8))

    assert [(item.text, item.counted, item.continues) for item in found if isinstance(item, TextSegment)] == [
        ("one\n", False, False),
        ("two\n", True, True),
        ("three\n", False, True),
    ]


def test_context_of_a_part_is_bounded_and_begins_with_a_line() -> None:
    data = "größe\n".encode() * MIB
    before, part, behind = (item for item in items(read, data, ByteRange(3 * MIB, 3 * MIB + 5)) if isinstance(item, TextSegment))

    assert part.text == "größe\n"
    assert before.text.startswith("größe\n")
    assert before.text.endswith("größe\n")
    for context in (before, behind):
        assert CONTEXT_CHARACTERS <= len(context.text) <= 5 * CONTEXT_CHARACTERS


@pytest.mark.parametrize("line", [9 * MIB, 30 * MIB])
def test_a_line_longer_than_a_window_belongs_to_the_part_in_which_it_starts(line: int) -> None:
    data = b"first\n" + b"x" * line + b"needle\nlast\n"
    together = joined(read, data, [4 * MIB, 8 * MIB, len(data) - 5])

    assert text_of(together.items) == data.decode()
    assert [location for location, text in together.lines if text == "last\n"] == [LineLocation(3, 1, 3, 1)]
