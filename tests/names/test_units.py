"""Pieces of text for the model: where they begin and end depends on what stands there, not on where reading began."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.units import AROUND, REACH, excerpts, unit_around

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


def test_places_near_each_other_are_read_together() -> None:
    text = "word " * (REACH // 2 // 5)
    assert excerpts(text, [500, 900, 1300]) == [(205, 1605)]


def test_places_far_from_each_other_are_read_by_themselves() -> None:
    text = "word " * (REACH // 2 // 5)
    assert excerpts(text, [400, 1800]) == [(105, 705), (1505, 2000)]


def test_in_a_long_piece_every_place_is_read_by_itself() -> None:
    text = "word " * (REACH * 3 // 2 // 5)
    places = [REACH // 2, REACH // 2 + 200]
    assert excerpts(text, places) == [(place - AROUND + 5, place + AROUND + 5) for place in places]


@given(st.lists(st.text(alphabet="abcdefgh ABC.,;\n", max_size=400), min_size=1, max_size=60), st.data())
@settings(max_examples=60, deadline=None)
def test_every_place_is_read_with_what_is_near(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines) + "x"
    places = sorted(data.draw(st.sets(st.integers(0, len(text) - 1), min_size=1, max_size=8)))
    found = excerpts(text, places)
    for place in places:
        low, high = unit_around(text, place)
        low, high = max(low, place - AROUND + 100), min(high, place + AROUND)
        assert any(start <= low and high <= end for start, end in found)


def test_blank_lines_and_statements_end_a_piece() -> None:
    text = "Dear Ann,\n\nsee you.\nBob\n\n    int a = 1;\n    int b = 2;\n"
    pieces = {text[start:end] for start, end in (unit_around(text, place) for place in range(len(text)))}
    assert pieces == {"Dear Ann,\n\n", "see you.\nBob\n\n", "    int a = 1;\n", "    int b = 2;\n"}
