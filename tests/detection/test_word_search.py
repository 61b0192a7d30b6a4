"""Keywords that could speak for something are found wherever the text is searched."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import index_keywords, whole_words
from scanner.detection.prefilter import Hits, in_characters
from scanner.detection.rules import make_rules
from scanner.detection.word_search import WordSearch
from tests.detection.rulesets import ALL

RULES = make_rules(ALL)
INDEX = index_keywords(RULES)
PREFILTER = make_prefilter(RULES, INDEX.keywords)
SEARCH = WordSearch(RULES, PREFILTER)
PIECES = st.sampled_from(
    ["ssn 219-22-9999 ", "employee F-12345678 ", "card ", "mySsn ", "é", "漢字 ssn:219229999", "words and words " * 60, "\n"]
)


@given(st.lists(PIECES, max_size=12))
def test_all_keywords_near_digits_are_found(pieces: list[str]) -> None:
    text = "".join(pieces)
    data = text.encode()
    near = {at for at in range(len(text)) if text[at].isdigit()}

    found = set(
        whole_words(in_characters(Hits(keywords=SEARCH.find(data, ascii_only=text.isascii(), matches=[])), text).keywords, text, INDEX)
    )

    everything = whole_words(in_characters(PREFILTER.scan(memoryview(data)), text).keywords, text, INDEX)
    assert {hit for hit in everything if any(abs(at - hit.start) < 60 for at in near)} <= found <= set(everything)


def test_what_may_match_without_a_keyword_hears_its_keywords() -> None:
    data = b"words " * 500 + b"card of a.b@example.org " + b"words " * 500
    start = data.index(b"a.b@")

    assert [keyword for keyword, _, _ in SEARCH.find(data, ascii_only=True, matches=[(start, start + 15)])] == [
        INDEX.keywords.index("card")
    ]
    assert SEARCH.find(data, ascii_only=True, matches=[]) == []
