"""Every keyword that its regex finds is a candidate, however it is written."""

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from identifiers.keywords import keyword_regex
from scanner.detection.keyword_search import KeywordSearch
from scanner.detection.keywords import KeywordIndex, whole_words
from scanner.detection.prefilter import Hits, in_characters

KEYWORDS = (
    "c.f.",
    "card number",
    "dni",
    "dni#",
    "d.o.b",
    "id no",
    "kimlik numarası",
    "n i n",
    "numéro de sécurité sociale",
    "p. iva",
    "passport",
    "social security number",
    "ssn",
    "οδος",
    "паспорт",
    "卡号",
)
INDEX = KeywordIndex(KEYWORDS, tuple((number,) for number in range(len(KEYWORDS))))
SEARCH = KeywordSearch.of(dict(enumerate(KEYWORDS)), whole=True)
LETTERS = KeywordSearch.of(dict(enumerate(KEYWORDS)), whole=False)
WORDS = [word for keyword in KEYWORDS for word in keyword.split()]
SPELLINGS = [*WORDS, *(word.capitalize() for word in WORDS), *(word.upper() for word in WORDS), "employee", "x", "KİMLİK", "Numarasi"]
GAPS = ["", "", " ", "_", "-", "\n", "  ", "   ", "    ", "\xa0", "\u3000", ".", "«", "é", "号", "7", "\0"]
TEXTS = st.lists(st.one_of(st.sampled_from(SPELLINGS), st.sampled_from(GAPS)), max_size=12).map("".join)


@given(TEXTS)
@example("KIMLIK NUMARASI")
def test_all_whole_words_are_candidates(text: str) -> None:
    hits = in_characters(Hits(keywords=SEARCH.find(memoryview(text.encode()))), text)

    found = {(hit.keyword, hit.start, hit.end) for hit in whole_words(hits.keywords, text, INDEX)}

    assert found == {(number, *match.span()) for number, keyword in enumerate(KEYWORDS) for match in _all(keyword, text)}


@given(TEXTS)
@example("KIMLIKNumarasi")
def test_all_that_occur_are_present(text: str) -> None:
    present = LETTERS.present(memoryview(text.encode()))

    assert {number for number, keyword in enumerate(KEYWORDS) if keyword_regex(keyword).search(text)} <= present


@given(TEXTS)
def test_a_search_that_was_serialised_finds_the_same(text: str) -> None:
    again = KeywordSearch.loaded(SEARCH.serialise())

    assert again.find(memoryview(text.encode())) == SEARCH.find(memoryview(text.encode()))


def test_places_are_those_of_bytes() -> None:
    data = "«é» SSN: 1".encode()

    assert [(start, end) for _, start, end in SEARCH.find(memoryview(data))] == [(data.index(b" SSN"), data.index(b"SN:"))]


def _all(keyword: str, text: str) -> list["regex.Match[str]"]:
    found = (keyword_regex(keyword).match(text, start) for start in range(len(text)))
    return [match for match in found if match]
