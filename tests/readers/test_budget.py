"""What reading an object may cost."""

import io

import pytest

from scanner.errors import ReadError
from scanner.model.outcome import Reason
from scanner.readers.budget import Budget, Limits
from tests.readers.reading import Unseekable


def test_bytes_out_are_limited_in_all() -> None:
    budget = Budget(Limits(expanded_bytes=100), 1000)
    budget.expand(60)
    budget.expand(40)
    with pytest.raises(ReadError) as caught:
        budget.expand(1)
    assert caught.value.reason is Reason.BUDGET_BYTES


def test_the_ratio_counts_only_after_some_bytes() -> None:
    budget = Budget(Limits(ratio=10, ratio_after=500), 20)
    budget.expand(500)
    with pytest.raises(ReadError) as caught:
        budget.expand(1)
    assert caught.value.reason is Reason.BUDGET_RATIO


def test_a_large_object_may_give_more_before_the_ratio_counts() -> None:
    budget = Budget(Limits(ratio=10, ratio_after=500), 100)
    budget.expand(1000)
    with pytest.raises(ReadError, match="for each byte"):
        budget.expand(1)


def test_members_are_limited() -> None:
    budget = Budget(Limits(entries=2), 1)
    budget.entry()
    budget.entry()
    with pytest.raises(ReadError) as caught:
        budget.entry()
    assert caught.value.reason is Reason.BUDGET_ENTRIES


def test_depth_counts_what_is_open_at_once() -> None:
    budget = Budget(Limits(depth=1), 1)
    for _ in range(3):
        budget.enter()
        with pytest.raises(ReadError, match="inside each other"):
            budget.enter()
        budget.leave()


def test_a_stream_that_cannot_seek_is_held_up_to_the_limit() -> None:
    budget = Budget(Limits(memory_bytes=10), 1)
    held = budget.seekable(io.BufferedReader(Unseekable(b"0123456789")))
    assert held.seekable()
    assert held.read() == b"0123456789"
    with pytest.raises(ReadError) as caught:
        budget.seekable(io.BufferedReader(Unseekable(b"0123456789a")))
    assert caught.value.reason is Reason.BUDGET_MEMORY


def test_a_stream_that_can_seek_is_taken_as_it_is() -> None:
    stream = io.BytesIO(bytes(100))
    assert Budget(Limits(memory_bytes=10), 1).seekable(stream) is stream
