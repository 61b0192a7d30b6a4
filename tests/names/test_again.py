"""Single words of names that were found near by."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.names.again import find_again
from scanner.names.lexicon import load_lexicon
from scanner.names.prose import ProseSearch
from scanner.names.units import REACH


def again(text: str, name: str, span: tuple[int, int] | None = None) -> list[int]:
    start = text.index(name)
    whole = (start, start + len(name))
    return [place for place, _ in find_again(text, [whole], [whole], span or (0, len(text)), load_lexicon())]


def test_a_surname_below_is_found() -> None:
    text = "Ezra Quillfeather came.\n\nthen Quillfeather left."
    assert again(text, "Ezra Quillfeather") == [text.rindex("Quillfeather")]


def test_a_part_of_something_else_is_none() -> None:
    text = "Ezra Quillfeather of the Quillfeather Trust, Old Quillfeather Road, quillfeather.org, Quillfeather-Smith, x@Quillfeather"
    assert again(text, "Ezra Quillfeather") == []


def test_what_is_far_away_is_none() -> None:
    text = "Ezra Quillfeather came.\n" + "and so on " * (REACH // 10 + 1) + "Quillfeather left."
    assert again(text, "Ezra Quillfeather") == []


def test_ordinary_words_of_a_name_are_none() -> None:
    assert again("Ezra Street came. The Street is long.", "Ezra Street") == []


@given(st.integers(0, 80))
@settings(max_examples=20, deadline=None)
def test_a_cut_changes_nothing(cut: int) -> None:
    text = "Ezra Quillfeather came. Quillfeather-Smith and Quillfeather left, and Quillfeather wept."
    parts = again(text, "Ezra Quillfeather", (0, cut)) + again(text, "Ezra Quillfeather", (cut, len(text)))
    assert parts == again(text, "Ezra Quillfeather")


def test_the_search_finds_them_across_pieces() -> None:
    text = "From: Mr Ezra Quillfeather\n\n" + "These are plain words only.\n\n" * 100 + "It was, said Quillfeather, a good plan.\n"
    assert "Quillfeather" in [text[one.start : one.end] for one in ProseSearch("").find_in(text)]
