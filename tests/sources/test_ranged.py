"""The stream over ranges: any way of reading it gives the bytes, and it fetches little that nobody reads."""

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.sources.ranged import BLOCK, MOST, RangedRaw

CONTENT = os.urandom(3 * MOST + 12_345)
STEPS = st.one_of(
    st.tuples(st.just("read"), st.integers(0, 3 * BLOCK)),
    st.tuples(st.just("seek"), st.integers(0, len(CONTENT) + 10)),
    st.tuples(st.just("end"), st.integers(-3 * BLOCK, 0)),
    st.tuples(st.just("on"), st.integers(0, MOST)),
)


class Recorder:
    def __init__(self, content: bytes = CONTENT) -> None:
        self.content = content
        self.spans: list[tuple[int, int]] = []

    def __call__(self, start: int, end: int) -> bytes:
        assert 0 <= start < end <= len(self.content)
        self.spans.append((start, end))
        return self.content[start:end]

    @property
    def fetched(self) -> int:
        return sum(end - start for start, end in self.spans)


def opened(fetch: Recorder, until: int | None = None) -> io.BufferedReader:
    head = fetch.content[:BLOCK]
    return io.BufferedReader(RangedRaw(len(fetch.content), fetch, head, until))


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_it_gives_what_a_file_gives(steps: list[tuple[str, int]]) -> None:
    with opened(Recorder()) as stream, io.BytesIO(CONTENT) as file:
        for step, number in steps:
            for one in (stream, file):
                if step == "seek":
                    one.seek(number)
                elif step == "end":
                    one.seek(number, io.SEEK_END)
                elif step == "on":
                    one.seek(number, io.SEEK_CUR)
            if step == "read":
                assert stream.read(number) == file.read(number)
            assert stream.tell() == file.tell()


def test_read_to_its_end_it_is_fetched_once_in_large_pieces() -> None:
    fetch = Recorder()
    with opened(fetch) as stream:
        assert stream.read() == CONTENT
    spans = sorted(fetch.spans)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert (spans[0][0], spans[-1][1]) == (BLOCK, len(CONTENT))
    assert max(end - start for start, end in spans) <= MOST
    assert len(spans) < 12


def test_small_steps_cost_no_more_requests() -> None:
    fetch = Recorder()
    with opened(fetch) as stream:
        while stream.read(10_000):
            pass
    assert len(fetch.spans) < 12
    assert fetch.fetched == len(CONTENT) - BLOCK


def test_nothing_is_fetched_ahead_beyond_where_reading_is_to_end() -> None:
    fetch = Recorder()
    start, end = MOST, MOST + 10 * BLOCK
    with opened(fetch, until=end) as stream:
        stream.seek(start)
        while stream.tell() < end:
            stream.read(min(10_000, end - stream.tell()))
    assert fetch.fetched <= end - start + BLOCK


def test_of_what_is_read_from_its_end_little_is_fetched_that_nobody_asked_for() -> None:
    fetch = Recorder()
    with opened(fetch) as stream:
        stream.seek(-50_000, io.SEEK_END)
        stream.read()
        for start in (5 * BLOCK, 60 * BLOCK, 130 * BLOCK):
            stream.seek(start)
            for _ in range(8):
                stream.read(BLOCK)
    assert fetch.fetched <= 1.6 * (24 * BLOCK + 50_000)


def test_what_was_read_lately_is_not_fetched_again() -> None:
    fetch = Recorder()
    with opened(fetch) as stream:
        for start in (100 * BLOCK, 0, 100 * BLOCK, 50 * BLOCK, 100 * BLOCK):
            stream.seek(start)
            assert stream.read(100) == CONTENT[start : start + 100]
    assert fetch.spans == [(100 * BLOCK, 101 * BLOCK), (50 * BLOCK, 51 * BLOCK)]


def test_a_failure_is_raised_and_kept() -> None:
    def fail(start: int, end: int) -> bytes:  # noqa: ARG001 - as any fetch
        raise ReadError(Reason.IO_ERROR, "it broke")

    raw = RangedRaw(10 * BLOCK, fail, bytes(BLOCK))
    with io.BufferedReader(raw) as stream:
        assert stream.read(BLOCK) == bytes(BLOCK)
        with pytest.raises(ReadError, match="it broke"):
            stream.read(1)
    assert raw.failure is not None
    assert raw.failure.reason is Reason.IO_ERROR


def test_before_the_first_byte_there_is_nothing() -> None:
    with opened(Recorder()) as stream, pytest.raises(ValueError, match="negative seek position"):
        stream.seek(-len(CONTENT) - 1, io.SEEK_END)
