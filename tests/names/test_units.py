"""Pieces of text for the model: where they begin and end depends on what stands there, not on where reading began."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.prose import _units
from scanner.names.units import REACH, unit_around

LINES = st.lists(st.text(alphabet="abcdefgh ABC.,", max_size=120), min_size=1, max_size=60)


@given(LINES, st.data())
@settings(max_examples=60, deadline=None)
def test_the_piece_holds_the_place_and_is_bounded(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines) + "x"
    place = data.draw(st.integers(0, len(text) - 1))
    start, end = unit_around(text, place)
    assert 0 <= start <= place < end <= len(text)
    assert place - start <= REACH
    assert end - place <= REACH


def test_what_is_far_away_changes_nothing() -> None:
    rng = random.Random(7)
    words = [f"Word{rng.randrange(999)} and more of it." for _ in range(4000)]
    text = "".join(word + rng.choice([" ", " ", "\n", "\n\n"]) for word in words)
    for place in range(3 * REACH, len(text) - 3 * REACH, 997):
        start, end = unit_around(text, place)
        low, high = place - 2 * REACH, place + 2 * REACH
        assert unit_around(text[low:high], place - low) == (start - low, end - low)


def test_one_line_without_end_has_pieces_of_its_own() -> None:
    text = "word " * 10_000
    start, end = unit_around(text, 20_000)
    assert 0 < end - start < REACH


def test_a_long_piece_with_several_places_is_searched_once() -> None:
    # Real source code has few lines that begin a piece; each was searched again for every place in it.
    text = "word " * (REACH * 3 // 2 // 5)
    assert _units(text, [REACH // 2 + 500, REACH // 2 + 900, REACH - 500], (0, len(text))) == [(0, len(text))]


def test_blank_lines_and_statements_end_a_piece() -> None:
    text = "Dear Ann,\n\nsee you.\nBob\n\n    int a = 1;\n    int b = 2;\n"
    pieces = {text[start:end] for start, end in (unit_around(text, place) for place in range(len(text)))}
    assert pieces == {"Dear Ann,\n\n", "see you.\nBob\n\n", "    int a = 1;\n", "    int b = 2;\n"}
