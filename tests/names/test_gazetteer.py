"""The word lists: what is in them, and that asking for one word and for many gives the same."""

import os

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.names.fold import fold, fold_all
from scanner.names.gazetteer import load
from scanner.names.lists import DATA_FOLDER, LISTS, words_of
from scanner.names.postcodes import SHAPES, shape_of, which_postcodes

GAZETTEER = load()
# Letters whose capitals Arrow and Python agree on.
TEXTS = st.text(
    st.characters(whitelist_categories=("Lu", "Ll", "Lo", "Nd", "Zs"), max_codepoint=0x2FF, blacklist_characters="İ"), max_size=12
)


@pytest.mark.parametrize("word", ["Zoë", "MARÍA", "Łukasz", "Mohammed", "Сергей", "Sergei", "秀英", "Minjun", "Ιωάννης", "Aarav"])
def test_given_names_of_many_cultures_are_known(word: str) -> None:
    assert GAZETTEER.given(word)


@pytest.mark.parametrize("word", ["Müller", "Nguyen", "O’Brien", "García", "Kowalski", "Шевченко", "Shevchenko", "김", "Wang"])
def test_surnames_of_many_cultures_are_known(word: str) -> None:
    assert GAZETTEER.surname(word)


@pytest.mark.parametrize("word", ["and", "the", "company", "street", "table", "invoice", "12", "", "-"])
def test_plain_words_are_no_names(word: str) -> None:
    assert not GAZETTEER.given(word)
    assert not GAZETTEER.surname(word)


def test_places_are_known_in_several_languages() -> None:
    assert all(map(GAZETTEER.city, ["München", "Munich", "monaco di baviera", "東京", "Springfield", "São Paulo"]))
    assert all(map(GAZETTEER.region, ["California", "CA", "Bayern", "Île-de-France"]))
    assert all(map(GAZETTEER.country, ["Germany", "Deutschland", "Allemagne"]))
    assert all(map(GAZETTEER.street, ["Ave.", "rue", "Hauptstraße", "ул.", "Kerkstraat"]))
    assert not GAZETTEER.street("Table")


@given(st.lists(st.one_of(TEXTS, st.sampled_from(words_of("given")), st.none()), max_size=20))
def test_many_words_are_judged_as_one_is(texts: list[str | None]) -> None:
    array = pa.array(["", *texts, "x"], pa.string())[1:-1]
    expected = [text is not None and GAZETTEER.given(text) for text in texts]

    assert GAZETTEER.which_given(array).tolist() == expected


@given(st.lists(st.one_of(TEXTS, st.none()), max_size=20))
def test_arrays_are_folded_as_texts_are(texts: list[str | None]) -> None:
    assert fold_all(pa.array(texts, pa.string())).to_pylist() == [None if text is None else fold(text) for text in texts]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_folded_sorted_and_small(name: str) -> None:
    words = words_of(name)

    assert list(words) == sorted({fold(word) for word in words})
    assert os.path.getsize(os.path.join(DATA_FOLDER, f"{name}.txt.gz")) < 1_000_000


def test_postal_codes_have_the_shapes_of_their_countries() -> None:
    codes = ["12345", "SW1A 1AA", "1234 AB", "01310-100", "110 00", "K1A 0B1", None, "hello", "1", "123456789012"]

    assert which_postcodes(pa.array(codes, pa.string())).tolist() == [True] * 6 + [False] * 4
    assert len(SHAPES) >= 60
    assert shape_of("k1a 0b1") in SHAPES["CA"]
