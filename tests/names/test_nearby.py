"""What the model reads of a text: the words near a place, and all of them once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.features import features_of
from scanner.names.lexicon import load_lexicon
from scanner.names.nearby import near

TEXT = " ".join(f"word{number}" for number in range(100))


def words_of(places: list[int], around: int = 3) -> list[list[str]]:
    told = features_of(TEXT, load_lexicon())
    return [part.tokens.words for part in near(told, places, around)]


def test_words_far_from_every_place_are_left_out() -> None:
    (words,) = words_of([TEXT.index("word50")])
    assert words == ["48", "word", "49", "word", "50", "word"]


def test_places_whose_words_meet_are_one_part() -> None:
    first = TEXT.index("word50")
    assert len(words_of([first, first + 7])) == 1
    assert len(words_of([first, first + 70])) == 2


def test_what_the_rules_found_is_read_too() -> None:
    text = "small words " * 40 + "\nName: Ingrid Solberg\n" + "small words " * 40
    (part,) = near(features_of(text, load_lexicon()), [], 5)
    assert {"Ingrid", "Solberg"} <= set(part.tokens.words)
    assert len(part.tokens.words) < 20


@given(st.sets(st.integers(0, len(TEXT) - 1), max_size=10), st.integers(1, 30))
@settings(max_examples=50, deadline=None)
def test_parts_ascend_and_hold_each_place(places: set[int], around: int) -> None:
    parts = list(near(features_of(TEXT, load_lexicon()), sorted(places), around))
    starts = [start for part in parts for start in part.tokens.starts]
    assert starts == sorted(set(starts))
    told = features_of(TEXT, load_lexicon()).tokens
    assert {told.starts[min(told.at(place), len(told.starts) - 1)] for place in places} <= set(starts)
