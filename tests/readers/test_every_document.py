"""What every kind of document owes: it is read from any stream, damage ends in text or problems, and nothing that it can hold ends in
any other error than those that readers may raise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.model.outcome import Reason
from scanner.readers.budget import Limits
from tests.readers.opening import Found, is_sound, opened
from tests.readers.specimens import SPECIMENS, SSN
from tests.readers.zips import archive, deflated


def everything(found: Found) -> str:
    """All texts and values."""
    cells = [value for _, _, values in found.columns for value in values if value is not None]
    return "\n".join((*found.texts.values(), *cells))


@pytest.mark.parametrize("name", SPECIMENS)
def test_it_is_read_without_a_problem(name: str) -> None:
    found = opened(SPECIMENS[name], name)
    assert SSN in everything(found)
    assert (found.problems, found.failure) == ([], None)
    assert is_sound(found)


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_stream_that_cannot_seek_gives_the_same(name: str) -> None:
    assert everything(opened(SPECIMENS[name], name, seekable=False)) == everything(opened(SPECIMENS[name], name))


@pytest.mark.parametrize("name", SPECIMENS)
def test_inside_an_archive_it_is_the_same(name: str) -> None:
    assert everything(opened(archive(deflated(name.encode(), SPECIMENS[name])), "x.zip")) == everything(opened(SPECIMENS[name], name))


@pytest.mark.parametrize("name", SPECIMENS)
@settings(max_examples=20)
@given(data=st.data())
def test_however_it_is_cut_it_ends_in_text_or_problems(name: str, data: st.DataObject) -> None:
    whole = SPECIMENS[name]
    assert is_sound(opened(whole[: data.draw(st.integers(1, len(whole) - 1))], name))


@pytest.mark.parametrize("name", SPECIMENS)
@settings(max_examples=20)
@given(data=st.data())
def test_however_bytes_are_damaged_it_ends_in_text_or_problems(name: str, data: st.DataObject) -> None:
    whole = bytearray(SPECIMENS[name])
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=8)):
        whole[at] = byte
    assert is_sound(opened(bytes(whole), name))


@pytest.mark.parametrize("name", SPECIMENS)
@pytest.mark.parametrize("limits", [Limits(memory_bytes=64), Limits(entries=1), Limits(expanded_bytes=100), Limits(depth=1)])
def test_any_limit_is_kept_and_told(name: str, limits: Limits) -> None:
    found = opened(SPECIMENS[name], name, limits)
    told = {reason for reason, _ in found.reasons} | ({found.failure.reason} if found.failure else set())
    assert SSN in everything(found) or told & {
        Reason.BUDGET_MEMORY,
        Reason.BUDGET_ENTRIES,
        Reason.BUDGET_BYTES,
        Reason.BUDGET_DEPTH,
    }
