"""Nothing that is shown acts on a terminal."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from scanner.reports.escape import visible


@pytest.mark.parametrize(
    "text", ["", "plain.csv", "a b", "Größe", "данные", "顧客", "👩\u200d💻", "\u0645\u200c\u062e", "back\\slash", "<b>"]
)
def test_what_only_shows_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b", "\\x9b"),
        ("\x00\x7f", "\\x00\\x7f"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u2028b\u0085c", "a\\u2028b\\x85c"),
        ("\udcff\udc80", "\\xff\\x80"),
        ("\ud83d", "\\ud83d"),
        ("\ufeff\u200b\u00ad", "\\ufeff\\u200b\\xad"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_acts_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters()))
def test_nothing_that_acts_is_left_and_the_result_is_stable(text: str) -> None:
    shown = visible(text)
    assert not regex.search(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]", shown)
    assert visible(shown) == shown
