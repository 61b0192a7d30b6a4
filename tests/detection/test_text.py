"""Prose: whatever the cuts, and whichever the prefilter, the findings are those of a brute-force search."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from identifiers.keywords import keyword_regex
from scanner.detection.detector import make_prefilter
from scanner.detection.keywords import KeywordHit, index_keywords
from scanner.detection.match import without_beaten
from scanner.detection.matcher import Context, Matcher, Search
from scanner.detection.names import NameReader
from scanner.detection.plain_prefilter import PlainPrefilter
from scanner.detection.prefilter import Prefilter
from scanner.detection.rules import make_rules
from scanner.detection.text import TextScan, TextSearch
from scanner.model.location import LineLocation
from scanner.model.segment import TextSegment
from tests.detection.rulesets import ALL

RULES = make_rules(ALL)
INDEX = index_keywords(RULES)
PREFILTERS: dict[str, Prefilter] = {"fast": make_prefilter(RULES, INDEX.keywords), "plain": PlainPrefilter(RULES, INDEX.keywords)}

Span = tuple[str, int, int, tuple[str, ...]]


@dataclass(frozen=True)
class Offsets:
    """A locator that gives offsets in the whole text back as columns."""

    base: int

    def at(self, text: str, start: int, end: int) -> LineLocation:
        assert 0 <= start < end <= len(text)
        return LineLocation(1, self.base + start, 1, self.base + end)


def brute_force(text: str) -> list[Span]:
    hits = sorted(
        KeywordHit(*match.span(), number)
        for number, keyword in enumerate(INDEX.keywords)
        for match in keyword_regex(keyword).finditer(text)
    )
    matcher = Matcher(RULES, INDEX)
    found = matcher.confirm(Context(text, matcher.by_rule(hits)), [Search(rule, [(0, len(text))]) for rule in RULES])
    return sorted((m.rule.identifier.id, m.start, m.end, m.evidence) for m in without_beaten(found.matches))


def scanned(text: str, cuts: list[int], prefilter: Prefilter, window: int) -> list[Span]:
    search = TextSearch(Matcher(RULES, INDEX), prefilter, INDEX, NameReader(RULES, INDEX, prefilter), window=window)
    scan = TextScan(search, ())
    placed = []
    for start, end in pairwise(sorted({0, *cuts, len(text)})):
        placed += scan.feed(TextSegment(text[start:end], Offsets(start), continues=start > 0))
    placed += scan.finish()
    for found in placed:
        location = found.locate()
        assert isinstance(location, LineLocation)
        assert text[location.start_column : location.end_column] == found.value
    return sorted(
        (f.match.rule.identifier.id, loc.start_column, loc.end_column, f.match.evidence)
        for f in placed
        if isinstance(loc := f.locate(), LineLocation)
    )


PIECES = st.sampled_from(
    [
        "219-22-9999", "219229999", "666-22-9999", "ssn", "SSN: ", "Social Security ", "social_security", "employee ", "Employee: ",
        "F-12345678", "P-87654321", "4539578763621486", "4539 5787 6362 1486", "4539578763621487", "card ", "Credit card: ", "order id: ",
        "a.b@example.com", "ab", "aba", "x12", "\n", " ", ", ", "é", "漢字", "\U0001f600", "0", "-", "lorem ipsum dolor sit ", "x" * 60,
    ]
)  # fmt: skip


@pytest.mark.parametrize("prefilter", PREFILTERS.values(), ids=PREFILTERS.keys())
@given(
    pieces=st.lists(PIECES, min_size=30, max_size=200),
    cuts=st.lists(st.integers(400, 2000), max_size=12),
    window=st.sampled_from([1, 1 << 20]),
)
@settings(max_examples=100, deadline=None)
def test_any_cutting_gives_what_brute_force_gives(prefilter: Prefilter, pieces: list[str], cuts: list[int], window: int) -> None:
    text = "".join(pieces)
    inside = [cut for cut in cuts if cut < len(text)]

    assert scanned(text, inside, prefilter, window) == brute_force(text)


def test_a_match_on_the_edge_of_a_window_is_found_once() -> None:
    text = "." * 3000 + " my SSN is 219-22-9999 " + "." * 3000
    start = text.index("219")

    for cut in range(start - 60, start + 60):
        found = scanned(text, [cut], PREFILTERS["fast"], 1)

        assert found == [("SSN", start, start + 11, ("pattern", "check:us_ssn", "keyword:ssn"))]


def test_a_better_match_behind_the_edge_beats_one_before_it() -> None:
    front = "." * 2000
    text = front + " x@ab.baba.de " + "." * 2000

    # 430 characters ahead of a match decide it, so these cuts fall inside and around the address.
    for cut in range(2425, 2450):
        assert scanned(text, [cut], PREFILTERS["fast"], 1) == brute_force(text)


def test_a_match_that_reaches_over_two_edges_hides_what_stands_inside_it() -> None:
    text = "219-22-9999" * 3 + "219229999a.b@example.comcard " + "219-22-9999" * 37

    assert scanned(text, [460], PREFILTERS["fast"], 1) == brute_force(text)
