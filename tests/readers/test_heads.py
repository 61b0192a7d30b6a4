"""The first bytes of a stream, looked at and read again."""

import io

import pytest

from scanner.errors import ReadError
from scanner.readers.budget import Budget, Limits
from scanner.readers.heads import HEAD_BYTES, REPLAY_BYTES, Peeked
from tests.readers.reading import Unseekable

DATA = bytes(range(256)) * 1024


def source(data: bytes, *, seekable: bool) -> "io.BytesIO | io.BufferedReader":
    return io.BytesIO(data) if seekable else io.BufferedReader(Unseekable(data))


@pytest.mark.parametrize("seekable", [True, False])
def test_the_head_is_read_again_from_the_stream(seekable: bool) -> None:
    peeked = Peeked(source(DATA, seekable=seekable))
    assert peeked.head == DATA[:HEAD_BYTES]
    assert peeked.stream.read() == DATA


@pytest.mark.parametrize("seekable", [True, False])
def test_a_stream_can_be_read_again_after_some_of_it(seekable: bool) -> None:
    peeked = Peeked(source(DATA, seekable=seekable))
    assert peeked.stream.read(200_000) == DATA[:200_000]
    assert peeked.rewind()
    assert peeked.stream.read() == DATA


def test_a_stream_that_cannot_seek_is_not_kept_for_ever() -> None:
    peeked = Peeked(source(bytes(REPLAY_BYTES + 100_000), seekable=False))
    assert len(peeked.stream.read()) == REPLAY_BYTES + 100_000
    assert not peeked.rewind()


def test_a_stream_that_does_not_begin_at_its_first_byte_is_read_from_where_it_stands() -> None:
    stream = io.BytesIO(b"before" + DATA)
    stream.seek(6)
    assert Peeked(stream).stream.read() == DATA


def test_bytes_are_counted_once_however_often_they_are_read() -> None:
    budget = Budget(Limits(ratio=1, ratio_after=0), None)
    peeked = Peeked(source(DATA, seekable=False), budget)
    peeked.stream.read()
    peeked.rewind()
    peeked.stream.read()
    budget.expand(len(DATA))
    with pytest.raises(ReadError, match="budget_ratio"):
        budget.expand(1)
